"""Addresses of portal."""

from django.urls import path

from .views import home, public, search, triage

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("todo/", home.todo, name="todo"),
    path("matches/", home.matches, name="matches"),
    path("import/<slug:importrun>/triage/", triage.triage, name="triage"),
    path("needs/<slug:need>/best-fit/", triage.fit, name="best_fit"),
    path("search/", search.search, name="search"),
    path("about/", public.about, name="about"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("healthz", public.healthz, name="healthz"),
]
