"""Reading lists of needs and results from files: rows, columns by name, values; no database."""
