"""One module per family of forms: their content in the official layout."""
