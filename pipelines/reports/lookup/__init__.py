"""What a recipient has had, over lists, records, years and programmes."""
