"""Shapes that both sides of a border import."""
