"""Dagster assets of the night, one file per stage; pipelines/definitions.py wires them."""
