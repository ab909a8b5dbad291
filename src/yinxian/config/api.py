"""The REST API: one router an app, mounted here; OpenAPI at /api/v1/openapi.json, documentation at /api/v1/docs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from yinxian import __version__
from yinxian.alliances.api import router as alliances
from yinxian.contracts.api import router as contracts
from yinxian.credentials.api import router as credentials
from yinxian.deals.api import router as deals
from yinxian.exams.api import router as exams
from yinxian.journal.api import router as journal
from yinxian.kernel.errors import Invalid, Refusal
from yinxian.kernel.http import bad_request, json_safe, refusal_response
from yinxian.landing.api import router as landing
from yinxian.market.api import router as market
from yinxian.matching.api import router as matching
from yinxian.network.api import router as network
from yinxian.network.api import signed_in
from yinxian.notifications.api import router as notifications
from yinxian.policies.api import router as policies
from yinxian.portal.api import router as portal
from yinxian.reputation.api import router as reputation
from yinxian.settlement.api import router as settlement
from yinxian.training.api import router as training


class SafeParser(Parser):
    """JSON without what no column can hold; nesting too deep to walk is a body that cannot be read."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json_safe(super().parse_body(request))


api = NinjaAPI(title="Yinxian 引线", version=__version__, auth=signed_in, urls_namespace="api", parser=SafeParser())
api.add_router("/network", network, tags=["network"])
api.add_router("/credentials", credentials, tags=["credentials"])
api.add_router("/market", market, tags=["market"])
api.add_router("/matching", matching, tags=["matching"])
api.add_router("/contracts", contracts, tags=["contracts"])
api.add_router("/settlement", settlement, tags=["settlement"])
api.add_router("/policies", policies, tags=["policies"])
api.add_router("/deals", deals, tags=["deals"])
api.add_router("/alliances", alliances, tags=["alliances"])
api.add_router("/exams", exams, tags=["exams"])
api.add_router("/landing", landing, tags=["landing"])
api.add_router("/training", training, tags=["training"])
api.add_router("/reputation", reputation, tags=["reputation"])
api.add_router("/notifications", notifications, tags=["notifications"])
api.add_router("/portal", portal, tags=["portal"])
api.add_router("/journal", journal, tags=["journal"])


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refusal_response(request, refusal)


@api.exception_handler(ValidationError)
def explain(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit the schema: which fields, in the reader's language; ``errors`` is for the programmer."""
    fields = ["/".join(str(part) for part in one["loc"][1:]) for one in error.errors]
    refusal = Invalid("kernel.request_wrong", fields=", ".join(dict.fromkeys(name[:60] for name in fields[:10])))
    errors = [{"field": name, "type": one["type"]} for name, one in zip(fields, error.errors, strict=True)]
    return JsonResponse({"code": refusal.code, "message": refusal.sentence, "errors": errors}, status=422)


@api.exception_handler(HttpError)
def cannot_read(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Nobody signed in, a body that is no JSON, or one larger than a request may be."""
    if error.status_code == 401:
        return _said(Invalid("kernel.sign_in"), 401)
    if error.status_code == 400:
        return bad_request(request, error.__cause__ if isinstance(error.__cause__, Exception) else error)
    return JsonResponse({"code": "kernel.request_unreadable", "message": error.message}, status=error.status_code)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _said(Invalid("kernel.not_found"), 404)


def _said(refusal: Refusal, status: int) -> HttpResponse:
    return JsonResponse({"code": refusal.code, "message": refusal.sentence}, status=status)
