"""The rules of exams, without a database, a clock or a network: keys, answers, scores, papers, statistics."""
