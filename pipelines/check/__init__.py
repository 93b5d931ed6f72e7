"""A clerk's check of files before sending them."""
