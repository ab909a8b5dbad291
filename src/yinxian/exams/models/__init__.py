from .bank import Difficulty, Kind, Question, QuestionVersion
from .exams import Blueprint, Exam, Grader, Window
from .results import Appeal, Result, Score
from .sittings import Answer, PaperItem, Sitting

__all__ = [
    "Answer",
    "Appeal",
    "Blueprint",
    "Difficulty",
    "Exam",
    "Grader",
    "Kind",
    "PaperItem",
    "Question",
    "QuestionVersion",
    "Result",
    "Score",
    "Sitting",
    "Window",
]
