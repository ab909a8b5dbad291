"""Addresses of deals: one module a matter."""

from django.urls import URLPattern, URLResolver

from .urls_introductions import urlpatterns as introductions

app_name = "deals"
urlpatterns: list[URLPattern | URLResolver] = [*introductions]
