"""One module per page: questions to the snapshot in, pages out."""
