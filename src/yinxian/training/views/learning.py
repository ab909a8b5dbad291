"""What I learn and teach, on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yinxian.kernel.http import signed_in

from .. import calendars
from ..asked import actor
from ..lessons import all_lessons
from ..queries import learning as queries
from ..queries.courses import runs, terms_taught
from ..queries.internships import internships_of


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My courses, my hours as a picture against the next level, my calendar; what I teach; internships; the lessons."""
    user = actor(request)
    read = queries.lessons_read(user)
    lessons = all_lessons()
    context = {
        "enrolments": queries.enrolments_of(user)[:30],
        "coming": queries.coming_sessions(user),
        "hours": queries.hours_of(user),
        "teaching": terms_taught(user)[:20],
        "internships": internships_of(user)[:6],
        "calendar": calendars.address_for(user),
        "runs": runs(user).exists(),
        "lessons": len(lessons),
        "read": len(read),
        "next_lesson": next((one for one in lessons if one.name not in read), None),
    }
    return render(request, "training/home.html", context)
