"""Addresses of settlement."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "settlement"
urlpatterns: list[URLPattern | URLResolver] = [
    path("settlement/", views.account_list, name="accounts"),
    path("settlement/<slug:account>/", views.statement_page, name="statement"),
    path("settlement/<slug:account>/payout/", views.payout, name="payout"),
]
