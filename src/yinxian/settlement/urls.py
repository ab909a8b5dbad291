"""Addresses of settlement."""

from django.urls import URLPattern, URLResolver, path

from .views import accounts, acts, periods

app_name = "settlement"
urlpatterns: list[URLPattern | URLResolver] = [
    path("settlement/", accounts.account_list, name="accounts"),
    path("settlement/periods/", periods.periods, name="periods"),
    path("settlement/<slug:account>/", accounts.statement_page, name="statement"),
    path("settlement/<slug:account>/payout/", acts.payout, name="payout"),
    path("settlement/<slug:account>/exchange/", acts.exchange, name="exchange"),
    path("settlement/<slug:account>/undo/<slug:transaction>/", acts.undo, name="undo"),
]
