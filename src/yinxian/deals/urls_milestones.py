"""Addresses of payment plans and milestones."""

from django.urls import URLPattern, URLResolver, path

from .views import milestone_acts as acts
from .views import milestone_plans as plans
from .views import milestones, rewards, sheets

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/<slug:supplier>/reward/", rewards.organisation_reward, name="organisation_reward"),
    path("results/<slug:result>/reward/", rewards.result_reward, name="result_reward"),
    path("deals/<slug:deal>/milestones/", milestones.plan_page, name="milestones"),
    path("deals/<slug:deal>/plan/", plans.plan_form, name="milestone_plan"),
    path("deals/<slug:deal>/split/", rewards.split_form, name="milestone_split"),
    path("milestones/<slug:milestone>/", milestones.milestone_page, name="milestone"),
    path("milestones/<slug:milestone>/split/", sheets.split_sheet, name="split_sheet"),
    path("milestones/<slug:milestone>/split.pdf", sheets.split_pdf, name="split_pdf"),
    path("milestones/<slug:milestone>/payment/", acts.pay, name="milestone_pay"),
    path("milestones/<slug:milestone>/payment/foreign/", acts.pay_foreign, name="milestone_pay_foreign"),
    path("milestones/<slug:milestone>/payment/return/", acts.return_foreign, name="milestone_return_foreign"),
    path("milestones/<slug:milestone>/payment/undo/", acts.undo_payment, name="milestone_payment_undo"),
    path("milestones/<slug:milestone>/submit/", acts.submit, name="milestone_submit"),
    path("milestones/<slug:milestone>/changes/", acts.request_changes, name="milestone_changes"),
    path("milestones/<slug:milestone>/release/", acts.release, name="milestone_release"),
    path("milestones/<slug:milestone>/refund/", acts.refund, name="milestone_refund"),
    path("milestones/<slug:milestone>/dispute/", acts.dispute, name="milestone_dispute"),
    path("milestones/<slug:milestone>/decide/", acts.decide, name="milestone_decide"),
    path("milestones/<slug:milestone>/invoice/ask/", acts.ask_for_invoice, name="milestone_invoice_ask"),
    path("milestones/<slug:milestone>/invoice/", acts.send_invoice, name="milestone_invoice"),
    path("milestones/<slug:milestone>/files/<slug:keptfile>/", milestones.kept_file, name="milestone_file"),
]
