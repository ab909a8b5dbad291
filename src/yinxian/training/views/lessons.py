"""The product's own course: twelve lessons that are its manual. Public to read; to have them counted one signs in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinxian.credentials.models import Module
from yinxian.kernel.errors import Refusal
from yinxian.kernel.http import or_404

from ..asked import actor
from ..lessons import all_lessons, lesson_called
from ..operations.lessons import answer_lesson
from ..queries.learning import lessons_read


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    read, found = lessons_read(request.user), all_lessons()
    context = {
        "lessons": [{"lesson": one, "read": one.name in read, "kind": Module(one.kind).label} for one in found],
        "read": len(read),
        "minutes": sum(one.minutes for one in found),
    }
    return render(request, "training/lessons.html", context)


@require_http_methods(["GET", "POST"])
def lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """One lesson; the answer to its question is sent to the same address."""
    found = or_404(lesson_called(lesson))
    every = all_lessons()
    said, chosen = "", -1
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect("account_login")
        given = request.POST.get("choice", "")
        chosen = int(given) if given.isdecimal() and len(given) < 4 else -1
        try:
            answer_lesson(lesson=found.name, actor=actor(request), choice=chosen)
        except Refusal as refusal:
            said = refusal.sentence
        else:
            messages.success(request, _("答对了，这一课的课时已经记上。"))
            return redirect("training:lesson", lesson)
    context = {
        "lesson": found,
        "kind": Module(found.kind).label,
        "choices": list(enumerate(found.choices)),
        "chosen": chosen,
        "said": said,
        "read": found.name in lessons_read(request.user),
        "before": every[found.number - 2] if found.number > 1 else None,
        "after": every[found.number] if found.number < len(every) else None,
        "every": every,
    }
    return render(request, "training/lesson.html", context, status=422 if said else 200)
