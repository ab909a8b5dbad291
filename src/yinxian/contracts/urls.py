"""Addresses of contracts."""

from django.urls import URLPattern, URLResolver, path

from .views import acts, contracts

app_name = "contracts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<slug:contract>/", contracts.contract, name="contract"),
    path("contracts/<slug:contract>/pdf/", contracts.contract_pdf, name="contract_pdf"),
    path("contracts/<slug:contract>/word/", contracts.contract_word, name="contract_word"),
    path("contracts/<slug:contract>/edit/", acts.edit_contract, name="edit_contract"),
    path("contracts/<slug:contract>/offer/", acts.offer_contract, name="offer_contract"),
    path("contracts/<slug:contract>/withdraw/", acts.withdraw_contract, name="withdraw_contract"),
    path("contracts/<slug:contract>/approve/", acts.approve_contract, name="approve_contract"),
    path("contracts/<slug:contract>/cancel/", acts.cancel_contract, name="cancel_contract"),
    path("contracts/<slug:contract>/scans/", acts.upload_scan, name="upload_scan"),
    path("contracts/<slug:contract>/scans/<slug:scan>/", contracts.scan, name="scan"),
    path("contracts/<slug:contract>/scans/<slug:scan>/confirm/", acts.confirm_scan, name="confirm_scan"),
]
