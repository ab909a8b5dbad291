"""Addresses of network."""

from django.urls import path

from .views import acting, managers, me, organisations, privacy

app_name = "network"
urlpatterns = [
    path("act-for/", acting.act_for, name="act_for"),
    path("me/", me.profile, name="profile"),
    path("me/privacy/", privacy.privacy, name="privacy"),
    path("me/privacy/export/", privacy.export, name="export_person"),
    path("me/privacy/forget/", privacy.forget, name="forget_person"),
    path("me/manager/", me.manager_profile, name="manager_profile"),
    path("me/tokens/", me.new_token, name="new_token"),
    path("me/tokens/<slug:token>/drop/", me.drop_token, name="drop_token"),
    path("managers/", managers.managers, name="managers"),
    path("managers/<slug:manager>/", managers.manager, name="manager"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.new_organisation, name="new_organisation"),
    path("organisations/<slug:organisation>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:organisation>/edit/", organisations.edit_organisation, name="edit_organisation"),
    path("organisations/<slug:organisation>/members/", organisations.add_member, name="add_member"),
    path("organisations/<slug:organisation>/apply/", organisations.apply, name="apply"),
    path("organisations/<slug:organisation>/decide/", organisations.decide, name="decide_admission"),
    path("memberships/<int:membership>/", organisations.change_member, name="change_member"),
]
