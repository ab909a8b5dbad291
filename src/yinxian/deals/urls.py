"""Addresses of deals: one module a matter."""

from django.urls import URLPattern, URLResolver

from .urls_deals import urlpatterns as deals
from .urls_introductions import urlpatterns as introductions
from .urls_milestones import urlpatterns as milestones

app_name = "deals"
urlpatterns: list[URLPattern | URLResolver] = [*introductions, *deals, *milestones]
