"""REST endpoints of exams: the same queries and operations as the pages.

A candidate's answers carry ``device``, a token of at least 16 characters that the client makes once; another device
takes over with a password. What keepers and graders do is in ``api_desk``.
"""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from yinxian.kernel.http import or_404

from .api_desk import router as desk
from .confirming import confirm
from .models import PaperItem, Sitting
from .operations import grading, sittings
from .operations.voiding import void_item
from .queries.desk import visible_appeal, window_at
from .queries.sittings import content_of, options_of, outcome_of, own_sitting, paper_of, sittings_of
from .schemas import (
    AnswersIn,
    AppealDecisionIn,
    AppealIn,
    AppealOut,
    DeviceIn,
    ItemResultOut,
    OptionOut,
    PaperItemOut,
    ResultOut,
    SavedOut,
    SittingOut,
    TakeOverIn,
    VoidIn,
    actor,
    window_out,
)

router = Router()
router.add_router("", desk)
MOST = 100


def _sitting_out(sitting: Sitting) -> SittingOut:
    names = ("slug", "state", "started_at", "ends_at", "submitted_at")
    return SittingOut(window=window_out(sitting.window), **{name: getattr(sitting, name) for name in names})


@router.get("/sittings", response=list[SittingOut], url_name="my_sittings")
def my_sittings(request: HttpRequest) -> list[SittingOut]:
    """The caller's own, newest first."""
    return [_sitting_out(one) for one in sittings_of(request.user)[:MOST]]


@router.post("/windows/{window}/register", response=SittingOut, url_name="register_for_exam")
def register_for_exam(request: HttpRequest, window: str) -> SittingOut:
    made = sittings.register(window_id=or_404(window_at(window)).pk, actor=actor(request))
    return _sitting_out(or_404(own_sitting(request.user, made.slug)))


@router.post("/sittings/{sitting}/start", response=SittingOut, url_name="start_sitting")
def start_sitting(request: HttpRequest, sitting: str, body: DeviceIn) -> SittingOut:
    """Draw the paper and start the clock on this device; again on it gives the same."""
    found = or_404(own_sitting(request.user, sitting))
    sittings.start(sitting_id=found.pk, actor=actor(request), device=body.device)
    return _sitting_out(or_404(own_sitting(request.user, sitting)))


@router.post("/sittings/{sitting}/paper", response=list[PaperItemOut], url_name="sitting_paper")
def sitting_paper(request: HttpRequest, sitting: str, body: DeviceIn) -> list[PaperItemOut]:
    """The paper with the answers so far, for the device that has the sitting."""
    found = or_404(own_sitting(request.user, sitting))
    sittings.save_answers(sitting_id=found.pk, actor=actor(request), device=body.device, answers={})
    return [_paper_item(item) for item in paper_of(found)]


def _paper_item(item: PaperItem) -> PaperItemOut:
    return PaperItemOut(
        number=item.number,
        kind=item.version.question.kind,
        points=item.points,
        text=item.version.shown_text,
        options=[OptionOut(id=name, text=text) for _letter, name, text in options_of(item)],
        answer=content_of(item),
    )


@router.post("/sittings/{sitting}/answers", response=SavedOut, url_name="save_answers")
def save_answers(request: HttpRequest, sitting: str, body: AnswersIn) -> SavedOut:
    """Keep answers, all or none; the same again changes nothing."""
    found = or_404(own_sitting(request.user, sitting))
    saved = sittings.save_answers(sitting_id=found.pk, actor=actor(request), device=body.device, answers=body.answers)
    return SavedOut(saved=saved)


@router.post("/sittings/{sitting}/take-over", response=SittingOut, url_name="take_over_sitting")
def take_over_sitting(request: HttpRequest, sitting: str, body: TakeOverIn) -> SittingOut:
    """Go on answering on this device; the other can no more. 403 unless the person shows anew who they are."""
    found = or_404(own_sitting(request.user, sitting))
    confirm(request, body.password[:500])
    sittings.take_over(sitting_id=found.pk, actor=actor(request), device=body.device)
    return _sitting_out(or_404(own_sitting(request.user, sitting)))


@router.post("/sittings/{sitting}/withdraw", response=SittingOut, url_name="withdraw_from_exam")
def withdraw_from_exam(request: HttpRequest, sitting: str) -> SittingOut:
    """Give the place back before starting."""
    found = or_404(own_sitting(request.user, sitting))
    sittings.withdraw(sitting_id=found.pk, actor=actor(request))
    return _sitting_out(or_404(own_sitting(request.user, sitting)))


@router.post("/sittings/{sitting}/submit", response=SittingOut, url_name="submit_sitting")
def submit_sitting(request: HttpRequest, sitting: str, body: DeviceIn) -> SittingOut:
    found = or_404(own_sitting(request.user, sitting))
    sittings.submit(sitting_id=found.pk, actor=actor(request), device=body.device)
    return _sitting_out(or_404(own_sitting(request.user, sitting)))


@router.get("/sittings/{sitting}/result", response=ResultOut, url_name="sitting_result")
def sitting_result(request: HttpRequest, sitting: str) -> ResultOut:
    """404 until it is released."""
    outcome = or_404(outcome_of(or_404(own_sitting(request.user, sitting))))
    shows = outcome.shows_keys
    items = [
        ItemResultOut(
            number=one.item.number,
            hundredths=one.hundredths,
            points=one.item.points,
            answer=dict(one.answer),
            key=one.item.version.key if shows else {},
            explanation=one.item.version.shown_explanation if shows else "",
            article=one.item.version.shown_article if shows else "",
        )
        for one in outcome.items
    ]
    result = outcome.result
    return ResultOut(
        score_bp=result.score_bp, passed=result.passed, by_module=result.by_module, version=result.number, items=items
    )


@router.post("/sittings/{sitting}/items/{number}/appeal", response={201: AppealOut}, url_name="appeal_item")
def appeal_item(request: HttpRequest, sitting: str, number: int, body: AppealIn) -> Status[AppealOut]:
    found = or_404(own_sitting(request.user, sitting))
    item = or_404(found.items.filter(number=number).first() if 0 < number < 10**4 else None)
    made = grading.ask_appeal(item_id=item.pk, actor=actor(request), reason=body.reason)
    return Status(201, AppealOut(slug=made.slug, state=made.state, answer=made.answer))


@router.post("/appeals/{appeal}/decide", response=AppealOut, url_name="decide_exam_appeal")
def decide_exam_appeal(request: HttpRequest, appeal: str, body: AppealDecisionIn) -> AppealOut:
    found = or_404(visible_appeal(request.user, appeal))
    made = grading.decide_appeal(
        appeal_id=found.pk, actor=actor(request), answer=body.answer, hundredths=body.hundredths
    )
    return AppealOut(slug=made.slug, state=made.state, answer=made.answer)


@router.post("/appeals/{appeal}/void", response=AppealOut, url_name="void_exam_item")
def void_exam_item(request: HttpRequest, appeal: str, body: VoidIn) -> AppealOut:
    """The question is faulty: all its points to everybody who had it in that window; results are worked out anew."""
    found = or_404(visible_appeal(request.user, appeal))
    made = void_item(appeal_id=found.pk, actor=actor(request), answer=body.answer)
    return AppealOut(slug=made.slug, state=made.state, answer=made.answer)
