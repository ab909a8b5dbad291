"""The signatures of a contract: whose turn it is, what the signed file says, sign."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinxian.kernel.http import attempt, or_404, signed_in

from .. import operations, permissions
from ..forms.signatures import SignForm
from ..models import Contract
from ..operations.signatures import OPEN
from ..queries.contracts import find, labels_of
from ..queries.signatures import check_copy, latest_copy, signatures_of, turn
from ..signing.identities import LARGEST
from ..signing.services import service


def _page(request: HttpRequest, found: Contract, form: SignForm | None = None) -> HttpResponse:
    user: Any = request.user
    signed = {signature.side: signature for signature in signatures_of(found)}
    copy = latest_copy(found)
    next_side = turn(found) if found.state in OPEN and not found.on_paper else None
    labels = labels_of(found)
    context = {
        "contract": found,
        "sides": [
            {
                "label": labels[side],
                "name": found.name_of(side),
                "signature": signed.get(side),
                "next": side == next_side,
            }
            for side in found.sides
        ],
        "copy": copy,
        "checked": check_copy(copy) if copy else None,
        "mine": next_side is not None and next_side in permissions.sides_to_answer(user, found),
        "open": next_side is not None,
        "service": service() is not None,
        "form": form or SignForm(initial={"revision": found.revision}),
    }
    return render(request, "contracts/signatures.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def signatures(request: HttpRequest, contract: str) -> HttpResponse:
    """What is signed; with POST, sign with a certificate file."""
    found = or_404(find(request.user, contract))
    if request.method != "POST":
        return _page(request, found)
    actor: Any = request.user
    form = SignForm(request.POST, request.FILES)
    if form.is_valid():
        done = attempt(
            form,
            operations.sign_with_certificate,
            contract_id=found.pk,
            actor=actor,
            revision=form.cleaned_data["revision"],
            certificate=form.cleaned_data["certificate"].read(LARGEST + 1),
            password=form.cleaned_data["password"],
        )
        if done:
            return _done(request, found)
    return _page(request, found, form)


@require_POST
@signed_in
def sign_by_service(request: HttpRequest, contract: str) -> HttpResponse:
    found = or_404(find(request.user, contract))
    actor: Any = request.user
    revision = request.POST.get("revision", "")
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0
    operations.sign_with_service(contract_id=found.pk, actor=actor, revision=number)
    return _done(request, found)


def _done(request: HttpRequest, found: Contract) -> HttpResponse:
    left = turn(found)
    messages.success(request, _("已签署。接下来请对方签署。") if left else _("各方都已签署。"))
    return redirect("contracts:signatures", found.slug)


@require_safe
@signed_in
def signed_file(request: HttpRequest, contract: str) -> FileResponse:
    """The newest signed file of the present revision."""
    found = or_404(find(request.user, contract))
    copy = latest_copy(found)
    if copy is None:
        raise Http404
    name = f"{found.number} {_('已签')}.pdf"
    return FileResponse(copy.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")
