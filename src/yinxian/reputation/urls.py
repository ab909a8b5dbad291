"""Addresses of reputation."""

from django.urls import URLPattern, URLResolver

app_name = "reputation"
urlpatterns: list[URLPattern | URLResolver] = []
