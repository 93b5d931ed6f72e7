"""A new programme: its folder written from answers, and tried with files made up for every rule."""
