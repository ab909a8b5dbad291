"""Exams: a bank of questions, papers drawn by blueprint, sittings timed by the server, grading, results, appeals."""
