"""Addresses of journal."""

from django.urls import URLPattern, URLResolver, path

from .views.verify import verify

app_name = "journal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("verify/", verify, name="verify"),
]
