"""Recognised records and documents to facts."""
