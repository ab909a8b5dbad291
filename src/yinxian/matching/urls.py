"""Addresses of matching."""

from django.urls import path

from .views import compare, decisions, managers, needs, results

app_name = "matching"
urlpatterns = [
    path("needs/<slug:need>/match/", results.match, name="match"),
    path("needs/<slug:need>/match/compare/", compare.compare, name="compare"),
    path("needs/<slug:need>/match/export/<slug:fmt>/", compare.export_matches, name="export"),
    path("needs/<slug:need>/match/<slug:result>/", results.why, name="why"),
    path("needs/<slug:need>/match/<slug:result>/shortlist/", decisions.shortlist, name="shortlist"),
    path("needs/<slug:need>/match/<slug:result>/refuse/", decisions.refuse, name="refuse"),
    path("needs/<slug:need>/match/<slug:result>/undo/", decisions.undo, name="undo"),
    path("needs/<slug:need>/managers/", managers.managers, name="managers"),
    path("results/<slug:result>/match/", needs.match, name="result_match"),
]
