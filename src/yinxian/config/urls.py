"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from .api import api

urlpatterns = [
    path("", include("yinxian.portal.urls")),
    path("", include("yinxian.network.urls")),
    path("", include("yinxian.market.urls")),
    path("", include("yinxian.matching.urls")),
    path("", include("yinxian.contracts.urls")),
    path("", include("yinxian.settlement.urls")),
    path("", include("yinxian.policies.urls")),
    path("", include("yinxian.deals.urls")),
    path("", include("yinxian.alliances.urls")),
    path("", include("yinxian.exams.urls")),
    path("", include("yinxian.landing.urls")),
    path("", include("yinxian.training.urls")),
    path("", include("yinxian.reputation.urls")),
    path("", include("yinxian.notifications.urls")),
    path("", include("yinxian.credentials.urls")),
    path("api/v1/", api.urls),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "yinxian.kernel.http.bad_request"
