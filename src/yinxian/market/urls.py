"""Addresses of market."""

from django.urls import URLPattern, URLResolver, path

from . import urls_briefs, urls_imports
from .views import desk, index, lists, needs, results

app_name = "market"
urlpatterns: list[URLPattern | URLResolver] = [
    path("results/", lists.results, name="results"),
    path("results/new/", results.new_result, name="new_result"),
    path("results/export/<str:form>/", lists.results_file, name="results_file"),
    path("results/<slug:result>/", results.result, name="result"),
    path("results/<slug:result>/qr.svg", results.result_qr, name="result_qr"),
    path("results/<slug:result>/edit/", results.edit_result_page, name="edit_result"),
    path("results/<slug:result>/submit/", results.submit_result, name="submit_result"),
    path("results/<slug:result>/withdraw/", results.withdraw_result, name="withdraw_result"),
    path("results/<slug:result>/renew/", results.renew_result, name="renew_result"),
    path("results/<slug:result>/review/", results.review_result, name="review_result"),
    path("results/<slug:result>/name/", results.name_result_party, name="name_result_party"),
    path("needs/", lists.needs, name="needs"),
    path("needs/new/", needs.new_need, name="new_need"),
    path("needs/export/<str:form>/", lists.needs_file, name="needs_file"),
    path("needs/<slug:need>/", needs.need, name="need"),
    path("needs/<slug:need>/qr.svg", needs.need_qr, name="need_qr"),
    path("needs/<slug:need>/edit/", needs.edit_need_page, name="edit_need"),
    path("needs/<slug:need>/move/", needs.move_need, name="move_need"),
    path("needs/<slug:need>/renew/", needs.renew_need, name="renew_need"),
    path("needs/<slug:need>/manager/", needs.assign_manager, name="assign_manager"),
    path("needs/<slug:need>/review/", needs.review_need, name="review_need"),
    path("needs/<slug:need>/name/", needs.name_need_party, name="name_need_party"),
    path("listings/", desk.my_listings, name="mine"),
    path("review/", desk.review, name="review_queue"),
    path("review/index/", index.index, name="index"),
    path("grants/<int:grant>/end/", desk.drop_grant, name="drop_grant"),
    *urls_briefs.urlpatterns,
    *urls_imports.urlpatterns,
]
