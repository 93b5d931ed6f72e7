"""The unit's own file given back: the same name and content, with the cells to mend marked."""
