"""The REST API: one router an app, mounted here; OpenAPI at /api/v1/openapi.json, documentation at /api/v1/docs."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from yinxian import __version__
from yinxian.contracts.api import router as contracts
from yinxian.deals.api import router as deals
from yinxian.journal.api import router as journal
from yinxian.kernel.errors import Refusal
from yinxian.kernel.http import refusal_response
from yinxian.market.api import router as market
from yinxian.matching.api import router as matching
from yinxian.network.api import router as network
from yinxian.network.api import signed_in
from yinxian.notifications.api import router as notifications
from yinxian.portal.api import router as portal
from yinxian.reputation.api import router as reputation
from yinxian.settlement.api import router as settlement

api = NinjaAPI(title="Yinxian 引线", version=__version__, auth=signed_in, urls_namespace="api")
api.add_router("/network", network, tags=["network"])
api.add_router("/market", market, tags=["market"])
api.add_router("/matching", matching, tags=["matching"])
api.add_router("/contracts", contracts, tags=["contracts"])
api.add_router("/settlement", settlement, tags=["settlement"])
api.add_router("/deals", deals, tags=["deals"])
api.add_router("/reputation", reputation, tags=["reputation"])
api.add_router("/notifications", notifications, tags=["notifications"])
api.add_router("/portal", portal, tags=["portal"])
api.add_router("/journal", journal, tags=["journal"])


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refusal_response(request, refusal)
