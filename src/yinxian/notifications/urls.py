"""Addresses of notifications."""

from django.urls import path

from .views import notices as views

app_name = "notifications"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/preferences/", views.preferences, name="preferences"),
    path("notices/<slug:notice>/open/", views.open_notice, name="open"),
    path("notices/<slug:notice>/read/", views.read, name="read"),
]
