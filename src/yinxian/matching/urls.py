"""Addresses of matching."""

from django.urls import path

from . import urls_concepts
from .views import alike, compare, decisions, managers, needs, results, searches, weights

app_name = "matching"
urlpatterns = [
    path("needs/<slug:need>/match/", results.match, name="match"),
    path("needs/<slug:need>/match/compare/", compare.compare, name="compare"),
    path("needs/<slug:need>/match/export/<slug:fmt>/", compare.export_matches, name="export"),
    path("needs/<slug:need>/match/why-not/", results.why_not, name="why_not"),
    path("needs/<slug:need>/match/<slug:result>/", results.why, name="why"),
    path("needs/<slug:need>/match/<slug:result>/shortlist/", decisions.shortlist, name="shortlist"),
    path("needs/<slug:need>/match/<slug:result>/refuse/", decisions.refuse, name="refuse"),
    path("needs/<slug:need>/match/<slug:result>/undo/", decisions.undo, name="undo"),
    path("needs/<slug:need>/managers/", managers.managers, name="managers"),
    path("results/<slug:result>/match/", needs.match, name="result_match"),
    path("results/<slug:result>/alike/", alike.results, name="alike_results"),
    path("needs/<slug:need>/alike/", alike.needs, name="alike_needs"),
    path("ranking/", weights.weights, name="weights"),
    path("ranking/refit/", weights.refit, name="refit"),
    path("ranking/prior/", weights.back, name="back_to_prior"),
    path("searches/", searches.searches, name="searches"),
    path("searches/new/", searches.new, name="new_search"),
    path("searches/<slug:search>/", searches.search, name="search"),
    path("searches/<slug:search>/stop/", searches.stop, name="stop_search"),
    *urls_concepts.urlpatterns,
]
