"""REST endpoints for who keeps an association's bank and exams, and for graders."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from yinxian.kernel.errors import Forbidden
from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from . import permissions
from .models import Exam, Grader, QuestionVersion, Sitting, Window
from .operations import bank, exams, grading
from .operations.importing import take_starter
from .operations.sittings import register_person
from .queries.bank import search_bank
from .queries.desk import exam_at, graders_of, item_to_grade, sittings_in, to_grade, visible_question, window_at
from .queries.sittings import content_of
from .queries.statistics import of_papers
from .schemas import (
    BlueprintIn,
    CountOut,
    ExamCandidateOut,
    ExamGraderOut,
    ExamIn,
    ExamOut,
    ExamPersonIn,
    GradeIn,
    GradingOut,
    ItemStatisticsOut,
    QuestionIn,
    QuestionOut,
    QuestionsOut,
    QuestionVersionIn,
    WindowIn,
    WindowOut,
    actor,
    window_out,
)

router = Router()
MOST = 100


def _question_out(version: QuestionVersion) -> QuestionOut:
    question = version.question
    names = ("state", "difficulty", "tags", "text", "text_en", "options", "key", "explanation", "article")
    return QuestionOut(
        slug=question.slug,
        version=version.number,
        module=question.module,
        kind=question.kind,
        code=question.code,
        **{name: getattr(version, name) for name in names},
    )


def _kept(request: HttpRequest, slug: str) -> Organisation:
    found = get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)
    if not permissions.keeps(request.user, found):
        raise Forbidden("exams.not_keeper")
    return found


@router.get("/associations/{association}/questions", response=QuestionsOut, url_name="bank_questions")
def bank_questions(
    request: HttpRequest,
    association: str,
    q: str = "",
    module: str = "",
    kind: str = "",
    state: str = "",
    page: int = 1,
) -> QuestionsOut:
    """The newest version of each question, keys and all: for who keeps the bank."""
    asked = {"q": q[:100], "module": module, "kind": kind, "state": state}
    found = Paginator(search_bank(_kept(request, association), asked), MOST).get_page(page)
    return QuestionsOut(
        count=found.paginator.count,
        page=found.number,
        pages=found.paginator.num_pages,
        items=[_question_out(one) for one in found],
    )


@router.post("/associations/{association}/questions", response={201: QuestionOut}, url_name="write_question")
def write_question(request: HttpRequest, association: str, body: QuestionIn) -> Status[QuestionOut]:
    home = _kept(request, association)
    made = bank.write_question(association_id=home.pk, actor=actor(request), values=body.dict())
    return Status(201, _question_out(made))


@router.post("/associations/{association}/questions/starter", response=CountOut, url_name="take_starter")
def take_starter_questions(request: HttpRequest, association: str) -> CountOut:
    """The product's own questions into the bank; how many were new."""
    return CountOut(count=take_starter(association_id=_kept(request, association).pk, actor=actor(request)))


@router.post("/questions/{question}", response=QuestionOut, url_name="edit_question")
def edit_question(request: HttpRequest, question: str, body: QuestionIn) -> QuestionOut:
    """A new version, a draft."""
    found = or_404(visible_question(request.user, question).first())
    made = bank.edit_question(
        question_id=found.question_id, actor=actor(request), values=body.dict(), based_on=body.based_on
    )
    return _question_out(made)


@router.post("/questions/{question}/review", response=QuestionOut, url_name="review_question")
def review_question(request: HttpRequest, question: str, body: QuestionVersionIn) -> QuestionOut:
    found = or_404(visible_question(request.user, question).first())
    return _question_out(
        bank.review_question(question_id=found.question_id, actor=actor(request), version=body.version)
    )


@router.post("/questions/{question}/retire", response=QuestionOut, url_name="retire_question")
def retire_question(request: HttpRequest, question: str) -> QuestionOut:
    found = or_404(visible_question(request.user, question).first())
    bank.retire_question(question_id=found.question_id, actor=actor(request))
    return _question_out(or_404(visible_question(request.user, question).first()))


def _exam_out(exam: Exam) -> ExamOut:
    blueprint = exam.blueprints.order_by("-number")[0]
    return ExamOut(
        slug=exam.slug,
        title=str(exam),
        level=exam.level.slug if exam.level else "",
        blueprint=blueprint.number,
        minutes=blueprint.minutes,
        pass_bp=blueprint.pass_bp,
        rows=blueprint.rows,
    )


@router.get("/associations/{association}/exams", response=list[ExamOut], url_name="association_exams")
def association_exams(request: HttpRequest, association: str) -> list[ExamOut]:
    found = Exam.objects.filter(association=_kept(request, association)).select_related("level")
    return [_exam_out(one) for one in found[:MOST]]


@router.post("/associations/{association}/exams", response={201: ExamOut}, url_name="create_exam")
def create_exam(request: HttpRequest, association: str, body: ExamIn) -> Status[ExamOut]:
    home = _kept(request, association)
    return Status(201, _exam_out(exams.create_exam(association_id=home.pk, actor=actor(request), values=body.dict())))


def _kept_exam(request: HttpRequest, slug: str) -> Exam:
    found = or_404(exam_at(slug))
    if not permissions.keeps(request.user, found.association):
        raise Forbidden("exams.not_keeper")
    return found


def _kept_window(request: HttpRequest, slug: str) -> Window:
    found = or_404(window_at(slug))
    if not permissions.keeps(request.user, found.exam.association):
        raise Forbidden("exams.not_keeper")
    return found


@router.put("/of/{exam}/blueprint", response=ExamOut, url_name="edit_exam_blueprint")
def edit_exam_blueprint(request: HttpRequest, exam: str, body: BlueprintIn) -> ExamOut:
    """A new version of the blueprint, for windows opened from now on."""
    found, values = _kept_exam(request, exam), body.dict()
    exams.edit_blueprint(exam_id=found.pk, actor=actor(request), based_on=values.pop("based_on"), values=values)
    return _exam_out(found)


@router.post("/of/{exam}/windows", response={201: WindowOut}, url_name="open_exam_window")
def open_exam_window(request: HttpRequest, exam: str, body: WindowIn) -> Status[WindowOut]:
    found = _kept_exam(request, exam)
    return Status(201, window_out(exams.open_window(exam_id=found.pk, actor=actor(request), values=body.dict())))


@router.get("/of/{exam}/statistics", response=list[ItemStatisticsOut], url_name="exam_statistics")
def exam_statistics(request: HttpRequest, exam: str) -> list[ItemStatisticsOut]:
    """Item statistics of all papers that were handed in."""
    rows = of_papers(Sitting.objects.filter(window__exam=_kept_exam(request, exam)))
    return [
        ItemStatisticsOut(
            question=row.version.question.slug,
            version=row.version.number,
            n=row.found.n,
            few=row.found.few,
            difficulty=row.found.difficulty,
            discrimination=row.found.discrimination,
            upper_lower=row.found.upper_lower,
            used=dict(row.found.used),
        )
        for row in rows
    ]


@router.get("/windows/{window}/candidates", response=list[ExamCandidateOut], url_name="window_candidates")
def window_candidates(request: HttpRequest, window: str) -> list[ExamCandidateOut]:
    rows: Any = sittings_in(_kept_window(request, window), {})
    return [
        ExamCandidateOut(
            sitting=one.slug, name=one.user.shown_name, state=one.state, score_bp=one.score_bp, passed=one.passed
        )
        for one in rows[:1000]
    ]


@router.post("/windows/{window}/release", response=WindowOut, url_name="release_window")
def release_window(request: HttpRequest, window: str) -> WindowOut:
    found = _kept_window(request, window)
    return window_out(grading.release(window_id=found.pk, actor=actor(request)))


@router.post("/windows/{window}/cancel", response=WindowOut, url_name="cancel_exam_window")
def cancel_exam_window(request: HttpRequest, window: str) -> WindowOut:
    """Called off while nobody has started; who registered is told."""
    found = _kept_window(request, window)
    return window_out(exams.cancel_window(window_id=found.pk, actor=actor(request)))


@router.post("/windows/{window}/candidates", response={201: ExamCandidateOut}, url_name="add_exam_candidate")
def add_exam_candidate(request: HttpRequest, window: str, body: ExamPersonIn) -> Status[ExamCandidateOut]:
    """Register somebody else."""
    found = _kept_window(request, window)
    user = get_object_or_404(User, slug=body.person, is_active=True)
    made = register_person(window_id=found.pk, actor=actor(request), user_id=user.pk)
    return Status(
        201,
        ExamCandidateOut(sitting=made.slug, name=user.shown_name, state=made.state, score_bp=None, passed=None),
    )


def _grader_out(one: Grader) -> ExamGraderOut:
    return ExamGraderOut(id=one.pk, person=one.user.slug, name=one.user.shown_name)


@router.get("/associations/{association}/graders", response=list[ExamGraderOut], url_name="exam_graders")
def exam_graders(request: HttpRequest, association: str) -> list[ExamGraderOut]:
    """Who grades for the association now."""
    return [_grader_out(one) for one in graders_of(_kept(request, association))]


@router.post("/associations/{association}/graders", response={201: ExamGraderOut}, url_name="appoint_grader")
def appoint_exam_grader(request: HttpRequest, association: str, body: ExamPersonIn) -> Status[ExamGraderOut]:
    """Ask somebody to grade; twice is once."""
    home = _kept(request, association)
    user = get_object_or_404(User, slug=body.person, is_active=True)
    return Status(201, _grader_out(exams.appoint_grader(association_id=home.pk, actor=actor(request), user_id=user.pk)))


@router.delete("/associations/{association}/graders/{grader}", response={204: None}, url_name="end_grader")
def end_exam_grader(request: HttpRequest, association: str, grader: int) -> Status[None]:
    """No more to grade from now on; what was graded stays."""
    home = _kept(request, association)
    found = or_404(graders_of(home).filter(pk=grader).first() if 0 < grader < 2**62 else None)
    exams.end_grader(grader_id=found.pk, actor=actor(request))
    return Status(204, None)


@router.get("/grading", response=list[GradingOut], url_name="grading_queue")
def grading_queue(request: HttpRequest) -> list[GradingOut]:
    """What waits for the caller as an appointed grader; no candidate is named."""
    return [
        GradingOut(
            item=item.pk,
            points=item.points,
            text=item.version.shown_text,
            guide=str(item.version.key.get("guide") or item.version.key.get("guide_en") or ""),
            answer=str(content_of(item).get("text", "")),
        )
        for item in to_grade(request.user)[:MOST]
    ]


@router.post("/grading/{paperitem}", response=CountOut, url_name="grade_item")
def grade_item(request: HttpRequest, paperitem: int, body: GradeIn) -> CountOut:
    """Grade one item; how many wait now."""
    item = or_404(item_to_grade(request.user, paperitem) if 0 < paperitem < 2**62 else None)
    grading.grade(item_id=item.pk, actor=actor(request), hundredths=body.hundredths, note=body.note)
    return CountOut(count=to_grade(request.user).count())
