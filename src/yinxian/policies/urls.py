"""Addresses of policies."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "policies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("policies/", views.policies, name="policies"),
    path("policies/add/", views.add_policy_page, name="add"),
    path("policies/calculator/", views.calculator, name="calculator"),
    path("policies/<slug:policy>/", views.policy_page, name="policy"),
    path("policies/<slug:policy>/revise/", views.revise_policy, name="revise"),
]
