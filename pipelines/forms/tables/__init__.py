"""Recognised tables to typed rows."""
