"""Addresses of introductions, receipts and the links of both sides."""

from django.urls import URLPattern, URLResolver, path

from .views import claims, introductions, invitations, receipts
from .views import introduction_steps as steps
from .views import introduction_terms as terms

urlpatterns: list[URLPattern | URLResolver] = [
    path("introductions/", introductions.introduction_list, name="introductions"),
    path("needs/<slug:need>/results/<slug:result>/introduce/", terms.introduce, name="introduce"),
    path("introductions/<slug:introduction>/", introductions.introduction_page, name="introduction"),
    path("introductions/<slug:introduction>/terms/", terms.introduction_terms, name="introduction_terms"),
    path("introductions/<slug:introduction>/propose/", steps.propose, name="introduction_propose"),
    path("introductions/<slug:introduction>/offer/", steps.offer, name="introduction_offer"),
    path("introductions/<slug:introduction>/withdraw/", steps.withdraw, name="introduction_withdraw"),
    path("introductions/<slug:introduction>/invite/<slug:side>/", steps.invite, name="introduction_invite"),
    path("introductions/<slug:introduction>/answer/", steps.answer, name="introduction_answer"),
    path("introductions/<slug:introduction>/shares/<int:share>/", steps.answer_share, name="introduction_share"),
    path("introductions/<slug:introduction>/receipt/", receipts.receipt_page, name="receipt"),
    path("introductions/<slug:introduction>/receipt.json", receipts.receipt_file, name="receipt_file"),
    path("bypass/<slug:bypassalarm>/close/", steps.close_alarm, name="bypassalarm_close"),
    path("bypass/<slug:bypassalarm>/claim/", claims.claim, name="claim"),
    path("bypass/<slug:bypassalarm>/claim/paid/", claims.paid, name="claim_paid"),
    path("bypass/<slug:bypassalarm>/claim/give-up/", claims.give_up, name="claim_give_up"),
    path("i/<str:token>/", invitations.invitation_page, name="invitation"),
    path("i/<str:token>/receipt.json", invitations.invitation_receipt, name="invitation_receipt"),
]
