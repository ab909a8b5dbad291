"""Statements of the bank that holds escrow: upload, look, book what fits, settle the rest by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel import uploads
from yinxian.kernel.errors import Forbidden, Invalid, Refusal
from yinxian.kernel.export import export, yuan
from yinxian.kernel.http import attempt, json_safe, or_404, signed_in
from yinxian.kernel.money import show_yuan
from yinxian.settlement.models import BankAccount, BankFile, BankLine
from yinxian.settlement.operations import banking as settlement
from yinxian.settlement.permissions import keeper_for

from ..forms.banking import ColumnsForm, IgnoreForm, KeeperForm, RateForm, StatementForm
from ..http import SignedIn
from ..models import Milestone
from ..operations import banking as operations
from ..queries import banking as queries

PAGE = 50


def account_of(request: SignedIn) -> BankAccount | None:
    """The keeper's bank account; Forbidden to those who keep no escrow."""
    if keeper_for(request.user) is None:
        raise Forbidden("settlement.not_the_keeper")
    return queries.accounts_of(request.user).first()


@require_http_methods(["GET", "POST"])
@signed_in
def banks(request: SignedIn) -> HttpResponse:
    """The keeper's statements, and the form to hand one in."""
    account = account_of(request)
    if account is None:
        return redirect("deals:bank_account")
    posted = request.method == "POST"
    form = StatementForm(request.POST, request.FILES) if posted else StatementForm()
    columns = ColumnsForm(request.POST if posted else None, prefix="col")
    faults: list[dict[str, Any]] = []
    if posted and form.is_valid() and columns.is_valid():
        try:
            checked = uploads.check(form.cleaned_data["file"])
            data = form.cleaned_data["file"].read()
            taken = settlement.take_statement(
                bank_account_id=account.pk,
                actor=request.user,
                data=data,
                name=checked.name,
                columns=settlement.columns_of(columns.cleaned_data),
            )
            messages.success(request, _("已读入，还没有入账。请核对后再入账。"))
            return redirect("deals:bank_file", bankfile=taken.slug)
        except settlement.FaultyFile as refusal:
            form.add_error("file", refusal.sentence)
            faults = [
                {"row": fault.row, "why": Refusal(fault.code).sentence, "value": fault.value}
                for fault in refusal.faults[:200]
            ]
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
    files = Paginator(BankFile.objects.filter(bank_account=account), 25).get_page(request.GET.get("page"))
    context = {
        "account": account,
        "form": form,
        "columns": columns,
        "faults": faults,
        "page": files,
        "open": BankLine.objects.filter(bank_account=account, state=BankLine.State.OPEN).count(),
    }
    return render(request, "deals/banks.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def bank_account(request: SignedIn) -> HttpResponse:
    home = keeper_for(request.user)
    if home is None:
        raise Forbidden("settlement.not_the_keeper")
    account = queries.accounts_of(request.user).first()
    posted = request.method == "POST"
    names = ("holder", "number", "bank_name", "bank_code", "foreign_number")
    first = {name: getattr(account, name) for name in names} if account else {"holder": home.name}
    form = KeeperForm(request.POST if posted else None, initial=first)
    if posted and form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        if attempt(form, settlement.set_bank_account, organisation_id=home.pk, actor=request.user, **given):
            messages.success(request, _("托管银行账户已登记。"))
            return redirect("deals:banks")
    context = {"form": form, "home": home}
    return render(request, "deals/bank_account.html", context, status=422 if posted else 200)


@require_safe
@signed_in
def bank_file(request: SignedIn, bankfile: str) -> HttpResponse:
    account_of(request)
    found = or_404(queries.file_for(request.user, bankfile))
    return _lines(request, found.bank_account, found)


@require_safe
@signed_in
def bank_lines(request: SignedIn) -> HttpResponse:
    """Lines of all statements that wait, or those in another state."""
    account = account_of(request)
    return redirect("deals:bank_account") if account is None else _lines(request, account, None)


def _lines(request: SignedIn, account: BankAccount, file: BankFile | None) -> HttpResponse:
    state = request.GET.get("state", "" if file else "open")
    found = queries.lines_of(request.user, state=state, file=file)
    if fmt := request.GET.get("export"):
        columns = [
            _("日期"),
            _("币种"),
            _("收支"),
            _("对方户名"),
            _("对方账号"),
            _("摘要"),
            pgettext("bank", "流水号"),
            _("状态"),
            _("原因"),
        ]
        return export(map(_cells, found[:50_000]), columns, _("银行流水"), fmt)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = queries.views_of(page.object_list, account)
    context = {
        "account": account,
        "file": file,
        "page": page,
        "rows": rows,
        "foreign": any(row.line.foreign and row.line.state == BankLine.State.OPEN for row in rows),
        "sure": sum(1 for row in rows if row.best or row.item),
        "states": BankLine.State.choices,
        "state": state,
    }
    return render(request, "deals/bank_lines.html", context)


def _cells(line: BankLine) -> list[Any]:
    return [
        line.booked_on,
        line.currency,
        yuan(line.amount_fen),
        line.name,
        line.account,
        line.text,
        line.reference,
        line.get_state_display(),
        line.reason,
    ]


@require_POST
@signed_in
def book_lines(request: SignedIn) -> HttpResponse:
    """Book the ticked lines as what they were found to be; each that is refused is told."""
    account = account_of(request)
    slugs = [slug for slug in request.POST.getlist("line")[:PAGE] if slug.isalnum()]
    found = {line.slug: line for line in queries.lines_of(request.user, state="open").filter(slug__in=slugs)}
    rows = {row.line.slug: row for row in queries.views_of(found.values(), account)} if account else {}
    wanted = {}
    for slug, row in rows.items():
        if row.best:
            wanted[found[slug].pk] = row.best.expected.milestone.slug
        elif row.item:
            wanted[found[slug].pk] = row.item.slug
    told = operations.book_many(wanted=wanted, actor=request.user)
    by_pk = {line.pk: line for line in found.values()}
    done = sum(1 for refusal in told.values() if refusal is None)
    for pk, refusal in told.items():
        if refusal is not None:
            messages.warning(request, f"{by_pk[pk].number}：{refusal.sentence}")
    said = _("%(count)s 笔已入账。") % {"count": done}
    if done:
        messages.success(request, said)
    elif not told:
        messages.warning(request, _("没有入账：没有选中能对上的流水。"))
    return redirect("deals:bank_lines")


@require_http_methods(["GET", "POST"])
@signed_in
def bank_line(request: SignedIn, bankline: str) -> HttpResponse:
    """One line by hand: assign it to a payment, ignore it with a reason, or take it up again."""
    account_of(request)
    line = or_404(queries.line_for(request.user, bankline))
    waiting = queries.expected(line.bank_account.organisation_id) if line.amount_fen > 0 else []
    form = IgnoreForm(request.POST if request.method == "POST" and "reason" in request.POST else None)
    choices = _choices(queries.views_of([line], line.bank_account)[0], waiting)
    rate = RateForm(request.POST if "rate" in request.POST else None, choices=choices) if line.foreign else None
    refused = ""
    if request.method == "POST":
        try:
            _settle(request, line, form, rate)
            if not form.errors and not (rate and rate.errors):
                return redirect("deals:bank_lines")
        except Refusal as refusal:
            refused = refusal.sentence
        line = or_404(queries.line_for(request.user, bankline))
    view = queries.views_of([line], line.bank_account)[0]
    context = {"line": line, "row": view, "waiting": waiting, "form": form, "rate": rate, "refused": refused}
    wrong = refused or form.errors or (rate and rate.errors)
    return render(request, "deals/bank_line.html", context, status=422 if wrong else 200)


def _choices(row: queries.LineView, waiting: Sequence[queries.Expected]) -> list[tuple[str, str]]:
    """The payments that are expected, those that the line fits first."""
    fitting = {fit.expected.milestone.pk: fit.expected for fit in row.fits}
    ordered = [*fitting.values(), *(one for one in waiting if one.milestone.pk not in fitting)]
    words = [
        _("%(label)s（还差 %(left)s 元）") % {"label": one.label, "left": show_yuan(one.left_fen)} for one in ordered
    ]
    return [(one.milestone.slug, word) for one, word in zip(ordered, words, strict=True)]


def _book_foreign(request: SignedIn, line: BankLine, form: RateForm) -> None:
    """A refusal goes onto the form, which keeps what was typed."""
    if not form.is_valid():
        return
    given = {name: form.cleaned_data[name] for name in ("exchanged", "rate", "source")}
    milestone = Milestone.objects.get(slug=form.cleaned_data["milestone"])
    act = operations.book_foreign_line
    if attempt(form, act, line_id=line.pk, milestone_id=milestone.pk, actor=request.user, **given):
        messages.success(request, _("外币到账已登记，结汇所得记入项目托管户。"))


def _settle(request: SignedIn, line: BankLine, form: IgnoreForm, rate: RateForm | None) -> None:
    if "reason" in request.POST:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        ignored = reason and attempt(form, settlement.ignore_line, line_id=line.pk, actor=request.user, reason=reason)
        if ignored:
            messages.success(request, _("已忽略，原因已记下。"))
    elif rate is not None and rate.is_bound:
        _book_foreign(request, line, rate)
    elif "reopen" in request.POST:
        settlement.reopen_line(line_id=line.pk, actor=request.user)
        messages.success(request, _("已重新列为待处理。"))
    elif item := request.POST.get("item", ""):
        operations.book_item(line_id=line.pk, item_slug=item, actor=request.user)
        messages.success(request, _("已入账。"))
    else:
        chosen = Milestone.objects.filter(slug=json_safe(request.POST.get("milestone", ""))).first()
        if chosen is None:
            raise Invalid("deals.bank_not_expected")
        operations.book_line(line_id=line.pk, milestone_id=chosen.pk, actor=request.user)
        messages.success(request, _("已入账。"))
