"""Trees of conditions: what they mean, as clauses for the warehouse, as Vietnamese sentences, as a book."""
