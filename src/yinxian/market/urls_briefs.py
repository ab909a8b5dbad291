"""Addresses of briefs, the client's sign-off, and evidence."""

from django.urls import URLPattern, URLResolver, path

from .views import brief_feedback, briefs, evidence, signoffs

urlpatterns: list[URLPattern | URLResolver] = [
    path("needs/<slug:need>/brief/", briefs.brief, name="brief"),
    path("needs/<slug:need>/brief/versions/", briefs.brief_versions, name="brief_versions"),
    path("needs/<slug:need>/brief/take-out/", brief_feedback.take_out, name="take_out"),
    path("needs/<slug:need>/brief/draft/", brief_feedback.draft, name="draft_brief"),
    path("briefs/report/", brief_feedback.report, name="rules_report"),
    path("needs/<slug:need>/brief/ask/", signoffs.ask_sign_off, name="ask_sign_off"),
    path("needs/<slug:need>/brief/link/", signoffs.signoff_link, name="signoff_link"),
    path("needs/<slug:need>/brief/answer/", signoffs.answer_brief, name="answer_brief"),
    path("needs/<slug:need>/raw-file/", briefs.raw_file, name="raw_file"),
    path("needs/<slug:need>/evidence/", evidence.evidence, name="evidence"),
    path("evidence/<slug:evidence>/withdraw/", evidence.withdraw_evidence, name="withdraw_evidence"),
    path("evidence/<slug:evidence>/file/", evidence.evidence_file, name="evidence_file"),
    path("sign-off/<str:token>/", signoffs.signoff, name="signoff"),
]
