"""Small tools every room may use: places, settings, digests, bars."""
