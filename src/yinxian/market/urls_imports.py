"""Addresses of the importer."""

from django.urls import path

from .views import imports as views

urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/<slug:importrun>/", views.import_run, name="import"),
    path("import/<slug:importrun>/start/", views.start_import, name="start_import"),
    path("import/<slug:importrun>/stop/", views.stop_import, name="stop_import"),
]
