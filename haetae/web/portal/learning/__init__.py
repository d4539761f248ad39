"""Lessons and their quizzes for everybody. Nothing is asked about whoever reads, and nothing of an answer is kept."""
