from .attendance import Attendance
from .courses import Course
from .enrolments import Enrolment
from .internships import Internship, InternshipNote
from .lessons import LessonRead
from .sessions import CalendarKey, Session
from .terms import Teaching, Term, TermFile

__all__ = [
    "Attendance",
    "CalendarKey",
    "Course",
    "Enrolment",
    "Internship",
    "InternshipNote",
    "LessonRead",
    "Session",
    "Teaching",
    "Term",
    "TermFile",
]
