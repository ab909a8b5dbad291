"""One view, one query, a few lines of HTML: what this server can do at best."""

import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.bare_settings"
application = get_wsgi_application()


def one_query(request: HttpRequest) -> HttpResponse:
    from yinxian.network.models import Organisation

    found = Organisation.objects.order_by("pk").first()
    body = f"<!doctype html><title>bare</title><p>{found}".encode()
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


urlpatterns = [path("", one_query)]
