"""Every cell of a file accounted for."""
