"""Addresses of credentials. Those of certificates, levels, lists and DID documents stand in what is signed: fixed."""

from django.urls import path

from .views import applications, credentials, levels, recognitions, verify, world

app_name = "credentials"
urlpatterns = [
    path("verify/", verify.verify, name="verify"),
    path(".well-known/did.json", world.root_did, name="root_did"),
    path("associations/<slug:association>/did.json", world.association_did, name="association_did"),
    path("status/<int:number>/<slug:purpose>/", world.status_list, name="status_list"),
    path("certificates/", applications.mine, name="mine"),
    path("certificates/desk/", applications.desk, name="desk"),
    path("certificates/present/", recognitions.present, name="present"),
    path("certificates/presented/<slug:presentation>/", recognitions.presentation, name="presentation"),
    path(
        "certificates/presented/<slug:presentation>/decide/",
        recognitions.decide_presentation,
        name="decide_presentation",
    ),
    path("applications/<slug:application>/", applications.application, name="application"),
    path("applications/<slug:application>/decide/", applications.decide, name="decide_application"),
    path("applications/<slug:application>/withdraw/", applications.withdraw, name="withdraw_application"),
    path("associations/<slug:association>/levels/", levels.ladder, name="ladder"),
    path("associations/<slug:association>/levels/new/", levels.new_level, name="new_level"),
    path("associations/<slug:association>/levels/standard/", levels.standard, name="standard_levels"),
    path("levels/<slug:level>/", levels.level, name="level"),
    path("levels/<slug:level>/edit/", levels.edit_level, name="edit_level"),
    path("levels/<slug:level>/retire/", levels.retire_level, name="retire_level"),
    path("levels/<slug:level>/apply/", levels.apply, name="apply"),
    path("associations/<slug:association>/certificates/", credentials.association_register, name="register"),
    path("credentials/<slug:credential>/", credentials.credential, name="credential"),
    path("credentials/<slug:credential>/picture.png", credentials.credential_picture, name="picture"),
    path("credentials/<slug:credential>/shown/", credentials.choose, name="choose_shown"),
    path("credentials/<slug:credential>/state/", credentials.change_state, name="change_state"),
    path("credentials/<slug:credential>/file/<slug:carrier>/", credentials.credential_file, name="credential_file"),
    path("associations/<slug:association>/recognitions/", recognitions.recognitions, name="recognitions"),
    path("associations/<slug:association>/recognitions/new/", recognitions.new_recognition, name="new_recognition"),
    path("recognitions/<slug:recognition>/", recognitions.recognition, name="recognition"),
    path("recognitions/<slug:recognition>/end/", recognitions.end_recognition, name="end_recognition"),
]
