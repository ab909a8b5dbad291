"""Addresses of alliances."""

from __future__ import annotations

from django.urls import path

from .views import alliances, associations, directory, members, referrals, studios

app_name = "alliances"
urlpatterns = [
    path("directory/", directory.directory, name="directory"),
    path("directory/<slug:card>/", directory.card, name="card"),
    path("directory/<slug:card>/licences/", directory.add_licence, name="add_licence"),
    path("managers/<slug:manager>/card/", directory.manager_card, name="manager_card"),
    path("licences/<slug:licence>/", directory.licence, name="licence"),
    path("associations/<slug:association>/directory/<slug:form>/", directory.directory_file, name="directory_file"),
    path("me/card/", directory.my_card, name="my_card"),
    path("organisations/<slug:organisation>/card/", directory.body_card, name="body_card"),
    path("me/memberships/", members.mine, name="mine"),
    path("associations/<slug:association>/", associations.branches, name="association"),
    path("associations/<slug:association>/join/", associations.join, name="join"),
    path("associations/<slug:association>/rules/", associations.rules, name="rules"),
    path("associations/<slug:association>/branches/new/", associations.new_branch, name="new_branch"),
    path("branches/<slug:branch>/edit/", associations.edit_branch, name="edit_branch"),
    path("branches/<slug:branch>/close/", associations.close_branch, name="close_branch"),
    path("associations/<slug:association>/members/", associations.members, name="members"),
    path("associations/<slug:association>/members/import/", associations.member_import, name="member_import"),
    path("members/<slug:associationmember>/", members.member, name="member"),
    path("members/<slug:associationmember>/decide/", members.decide, name="decide_member"),
    path("members/<slug:associationmember>/withdraw/", members.withdraw, name="withdraw_member"),
    path("members/<slug:associationmember>/edit/", members.edit, name="edit_member"),
    path("members/<slug:associationmember>/fees/", members.fee, name="record_fee"),
    path("members/<slug:associationmember>/leave/", members.leave, name="leave"),
    path("members/<slug:associationmember>/claim/", members.claim, name="claim"),
    path("studios/", studios.studios, name="studios"),
    path("studios/new/", studios.new_studio, name="new_studio"),
    path("studios/<slug:studio>/", studios.studio, name="studio"),
    path("studios/<slug:studio>/edit/", studios.edit_studio, name="edit_studio"),
    path("studios/<slug:studio>/invite/", studios.invite, name="invite_studio"),
    path("studios/<slug:studio>/answer/", studios.answer, name="answer_studio"),
    path("studios/<slug:studio>/cases/", studios.add_case, name="add_case"),
    path("studios/cases/<int:case>/drop/", studios.drop_case, name="drop_case"),
    path("studios/<slug:studio>/contact/", studios.contact, name="contact_studio"),
    path("alliances/", alliances.alliances, name="alliances"),
    path("alliances/new/", alliances.new_alliance, name="new_alliance"),
    path("alliances/<slug:alliance>/", alliances.alliance, name="alliance"),
    path("alliances/<slug:alliance>/agreements/new/", alliances.new_agreement, name="new_agreement"),
    path("alliances/<slug:alliance>/agreements/<int:number>/", alliances.agreement, name="agreement"),
    path("alliances/<slug:alliance>/invite/", alliances.invite, name="invite_ally"),
    path("alliances/<slug:alliance>/sign/", alliances.sign, name="sign"),
    path("alliances/<slug:alliance>/share/", alliances.share, name="share"),
    path("alliances/shared/<int:sharedlisting>/remove/", alliances.unshare, name="unshare"),
    path("alliances/<slug:alliance>/refer/", alliances.refer, name="refer"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<slug:referral>/", referrals.referral, name="referral"),
    path("referrals/<slug:referral>/answer/", referrals.answer, name="answer_referral"),
    path("referrals/<slug:referral>/end/", referrals.end, name="end_referral"),
    path("referrals/<slug:referral>/withdraw/", referrals.withdraw, name="withdraw_referral"),
]
