"""What changed between two nights."""
