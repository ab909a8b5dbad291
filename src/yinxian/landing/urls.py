"""Addresses of landing."""

from __future__ import annotations

from django.urls import path

from .views import arrivals, landings, offers, teams

app_name = "landing"
urlpatterns = [
    path("landings/", landings.landing_list, name="landings"),
    path("landings/new/", landings.new_landing, name="new_landing"),
    path("landings/<str:landing>/", landings.landing_page, name="landing"),
    path("landings/<str:landing>/edit/", landings.edit_landing, name="edit_landing"),
    path("landings/<str:landing>/withdraw/", landings.withdraw_landing, name="withdraw_landing"),
    path("landings/<str:landing>/offer/", offers.new_offer, name="new_offer"),
    path("landings/<str:landing>/offers/<str:offer>/", offers.edit_offer, name="edit_offer"),
    path("landings/<str:landing>/offers/<str:offer>/withdraw/", offers.withdraw_offer, name="withdraw_offer"),
    path("landings/<str:landing>/offers/<str:offer>/shares/", offers.agreement, name="agreement"),
    path(
        "landings/<str:landing>/offers/<str:offer>/shares/<int:landingshare>/", offers.answer_share, name="answer_share"
    ),
    path("landings/<str:landing>/offers/<str:offer>/choose/", offers.choose, name="choose"),
    path("landings/<str:landing>/arrival/", arrivals.report, name="report"),
    path("landings/<str:landing>/arrival/confirm/", arrivals.confirm, name="confirm"),
    path("landings/<str:landing>/arrival/question/", arrivals.question, name="question"),
    path("landings/<str:landing>/papers/<int:landingpaper>/", landings.evidence_file, name="evidence"),
    path("landings/<str:landing>/receipt/", arrivals.receipt_page, name="receipt"),
    path("landings/<str:landing>/receipt.json", arrivals.receipt_file, name="receipt_file"),
    path("needs/<str:need>/team/", teams.team, name="team"),
    path("team-invitations/", teams.invitations, name="invitations"),
    path("team-invitations/<str:invitation>/", teams.answer_invitation, name="answer_invitation"),
]
