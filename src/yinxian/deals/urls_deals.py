"""Addresses of deals themselves."""

from django.urls import URLPattern, URLResolver, path

from .views import deal_acts as acts
from .views import deals, rewards

urlpatterns: list[URLPattern | URLResolver] = [
    path("deals/", deals.deals, name="deals"),
    path("deals/board/", deals.board, name="board"),
    path("deals/members/", deals.outlines, name="outlines"),
    path("deals/rewards/", rewards.rewards, name="rewards"),
    path("deals/<slug:deal>/", deals.deal, name="deal"),
    path("deals/<slug:deal>/evidence.<slug:fmt>", deals.deal_evidence, name="evidence"),
    path("deals/<slug:deal>/files/<slug:dealfile>/", deals.deal_file, name="file"),
    path("deals/<slug:deal>/note/", acts.jot, name="jot"),
    path("deals/<slug:deal>/meeting/", acts.meeting, name="meeting"),
    path("deals/<slug:deal>/file/", acts.add_file, name="add_file"),
    path("deals/<slug:deal>/team/", acts.add_member, name="add_member"),
    path("deals/<slug:deal>/team/<int:teammember>/remove/", acts.remove_member, name="remove_member"),
    path("deals/<slug:deal>/move/", acts.move, name="move"),
    path("deals/<slug:deal>/register/", acts.register, name="register"),
    path("deals/<slug:deal>/contract/", acts.draft_contract, name="draft_contract"),
    path("needs/<slug:need>/results/<slug:result>/lead/", acts.lead, name="lead"),
    path("introductions/<slug:introduction>/deal/", acts.open_deal, name="open_deal"),
]
