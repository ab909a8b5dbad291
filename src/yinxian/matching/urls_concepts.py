"""Addresses of the trades' words."""

from django.urls import path

from .views import concepts

urlpatterns = [
    path("concepts/", concepts.concepts, name="concepts"),
    path("concepts/new/", concepts.new, name="new_concept"),
    path("concepts/import/", concepts.import_file, name="import_concepts"),
    path("concepts/export/<slug:fmt>/", concepts.export_concepts, name="export_concepts"),
    path("concepts/<slug:concept>/", concepts.concept, name="concept"),
    path("concepts/<slug:concept>/edit/", concepts.edit, name="edit_concept"),
    path("concepts/<slug:concept>/withdraw/", concepts.withdraw, name="withdraw_concept"),
]
