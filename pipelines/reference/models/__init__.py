"""Typed models of the reference data."""
