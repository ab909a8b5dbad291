"""Addresses of bank files and payouts."""

from django.urls import URLPattern, URLResolver, path

from .views import banking, payouts

urlpatterns: list[URLPattern | URLResolver] = [
    path("banks/", banking.banks, name="banks"),
    path("banks/account/", banking.bank_account, name="bank_account"),
    path("banks/lines/", banking.bank_lines, name="bank_lines"),
    path("banks/lines/book/", banking.book_lines, name="bank_book"),
    path("banks/lines/<slug:bankline>/", banking.bank_line, name="bank_line"),
    path("banks/files/<slug:bankfile>/", banking.bank_file, name="bank_file"),
    path("banks/payouts/", payouts.payouts, name="payouts"),
    path("banks/payouts/<slug:payout>/", payouts.payout_order, name="payout_order"),
    path("banks/payouts/<slug:payout>.<slug:fmt>", payouts.payout_file, name="payout_file"),
    path("settlement/<slug:account>/payee/", payouts.payee, name="payee"),
]
