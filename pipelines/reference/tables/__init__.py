"""Reference data as tables of the warehouse."""
