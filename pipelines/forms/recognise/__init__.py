"""Which form a part of a file is."""
