"""Addresses of deals: one module a matter."""

from django.urls import URLPattern, URLResolver

from .urls_banking import urlpatterns as banking
from .urls_deals import urlpatterns as deals
from .urls_introductions import urlpatterns as introductions
from .urls_milestones import urlpatterns as milestones
from .urls_plans import urlpatterns as plans

app_name = "deals"
urlpatterns: list[URLPattern | URLResolver] = [*introductions, *deals, *milestones, *banking, *plans]
