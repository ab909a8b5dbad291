"""Addresses of introductions, receipts and the links of both sides."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
