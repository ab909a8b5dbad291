"""Pages that need nobody: about, robots, the map of the site, whether it is well."""

from __future__ import annotations

from xml.sax.saxutils import escape

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yinxian import __version__
from yinxian.kernel import assets

from ..queries.public import addresses
from ..queries.way import way

CLOSED = ("/accounts/", "/admin/", "/act-for/", "/api/", "/i/", "/me/", "/notices/", "/search/", "/sign-off/", "/todo/")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html", {"version": __version__, "way": way()})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers and programs that read no page ask for this address."""
    return redirect(assets.url("favicon.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    rules = "".join(f"Disallow: {path}\n" for path in CLOSED)
    text = f"User-agent: *\n{rules}\nSitemap: {settings.YINXIAN_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    rows = [
        f"<url><loc>{escape(settings.YINXIAN_URL + path)}</loc>"
        + (f"<lastmod>{changed.isoformat()}</lastmod>" if changed else "")
        + "</url>"
        for path, changed in addresses()
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return HttpResponse(head + "\n".join(rows) + "\n</urlset>\n", content_type="application/xml; charset=utf-8")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
