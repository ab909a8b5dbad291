"""Courses, terms, attendance, internships, and the product's own course: hours that count towards levels."""
