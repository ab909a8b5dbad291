"""The receipt of an introduction: to read, to print, to download."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yinxian.kernel.http import or_404, signed_in
from yinxian.kernel.qr import qr_image

from ..models import Introduction, Receipt
from ..queries.introductions import introduction_for
from ..receipts import document_of
from ..terms import terms_of
from ..wording import terms_in_words


def _receipt(introduction: Introduction) -> Receipt:
    return or_404(Receipt.objects.filter(introduction=introduction).select_related("entry").first())


def receipt_download(introduction: Introduction) -> HttpResponse:
    """The document as a file, with its proof once it is sealed."""
    document = document_of(_receipt(introduction))
    response = HttpResponse(json.dumps(document, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{introduction.slug}.json"'
    return response


@require_safe
@signed_in
def receipt_file(request: HttpRequest, introduction: str) -> HttpResponse:
    return receipt_download(or_404(introduction_for(request.user, introduction)))


@require_safe
@signed_in
def receipt_page(request: HttpRequest, introduction: str) -> HttpResponse:
    found = or_404(introduction_for(request.user, introduction))
    receipt = _receipt(found)
    document = document_of(receipt)
    verify = f"{settings.YINXIAN_URL}{reverse('credentials:verify')}?receipt={found.slug}"
    context = {
        "introduction": found,
        "statement": document["statement"],
        "document": document,
        "proof": document.get("inclusion"),
        "terms": terms_in_words(terms_of(found)),
        "answers": found.acknowledgements.all(),
        "verify_url": verify,
        "qr": qr_image(verify),
    }
    return render(request, "deals/receipt.html", context)
