"""Addresses of contracts."""

from django.urls import URLPattern, URLResolver, path

from .views import acts, comparing, contracts, drafts, registrations, signatures, templates

app_name = "contracts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/new/", drafts.new_draft, name="new_draft"),
    path("drafts/<slug:draft>/", drafts.draft, name="draft"),
    path("drafts/<slug:draft>/report/", drafts.draft_report, name="draft_report"),
    path("drafts/<slug:draft>/forget/", drafts.forget_draft, name="forget_draft"),
    path("templates/", templates.templates, name="templates"),
    path("templates/copy/", templates.copy_template, name="copy_template"),
    path("templates/own/<slug:owntemplate>/", templates.own_template, name="own_template"),
    path("templates/own/<slug:owntemplate>/edit/", templates.edit_template, name="edit_template"),
    path("templates/own/<slug:owntemplate>/preview/", templates.preview_template, name="preview_template"),
    path("templates/own/<slug:owntemplate>/publish/", templates.publish_template, name="publish_template"),
    path("templates/<slug:templatekind>/<str:templateversion>/", templates.template, name="template"),
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/compare/", comparing.compare, name="compare"),
    path("contracts/<slug:contract>/", contracts.contract, name="contract"),
    path("contracts/<slug:contract>/pdf/", contracts.contract_pdf, name="contract_pdf"),
    path("contracts/<slug:contract>/word/", contracts.contract_word, name="contract_word"),
    path("contracts/<slug:contract>/edit/", acts.edit_contract, name="edit_contract"),
    path("contracts/<slug:contract>/offer/", acts.offer_contract, name="offer_contract"),
    path("contracts/<slug:contract>/withdraw/", acts.withdraw_contract, name="withdraw_contract"),
    path("contracts/<slug:contract>/approve/", acts.approve_contract, name="approve_contract"),
    path("contracts/<slug:contract>/cancel/", acts.cancel_contract, name="cancel_contract"),
    path("contracts/<slug:contract>/versions/", comparing.versions, name="versions"),
    path("contracts/<slug:contract>/check/", drafts.check_contract, name="check_contract"),
    path("contracts/<slug:contract>/scans/", acts.upload_scan, name="upload_scan"),
    path("contracts/<slug:contract>/scans/<slug:scan>/", contracts.scan, name="scan"),
    path("contracts/<slug:contract>/scans/<slug:scan>/confirm/", acts.confirm_scan, name="confirm_scan"),
    path("contracts/<slug:contract>/signatures/", signatures.signatures, name="signatures"),
    path("contracts/<slug:contract>/signatures/service/", signatures.sign_by_service, name="sign_by_service"),
    path("contracts/<slug:contract>/signed/", signatures.signed_file, name="signed_file"),
    path("contracts/<slug:contract>/registration/", registrations.registration, name="registration"),
    path(
        "contracts/<slug:contract>/registration/submit/", registrations.submit_registration, name="submit_registration"
    ),
    path(
        "contracts/<slug:contract>/registration/decide/", registrations.decide_registration, name="decide_registration"
    ),
    path(
        "contracts/<slug:contract>/registration.<str:form>", registrations.registration_file, name="registration_file"
    ),
    path("registrations/", registrations.registrations, name="registrations"),
]
