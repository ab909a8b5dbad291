"""Addresses of reputation."""

from django.urls import path

from .views import points as views

app_name = "reputation"
urlpatterns = [
    path("points/", views.points, name="points"),
    path("points/<slug:organisation>/", views.table, name="table"),
    path("points/<slug:organisation>/scheme/", views.scheme, name="scheme"),
]
