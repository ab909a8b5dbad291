"""Addresses of plans of payment beyond milestones: the calculator, royalties, shares, trials."""

from django.urls import URLPattern, URLResolver, path

from .views import plans, trials

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", plans.calculator, name="plan_calculator"),
    path("deals/<slug:deal>/royalty/", plans.royalty, name="royalty"),
    path("deals/<slug:deal>/equity/", plans.equity, name="equity"),
    path("deals/<slug:deal>/trial/", trials.trial, name="trial"),
    path("deals/<slug:deal>/trial/extend/", trials.extend, name="trial_extend"),
    path("deals/<slug:deal>/trial/convert/", trials.convert, name="trial_convert"),
    path("deals/<slug:deal>/trial/give-back/", trials.give_back, name="trial_give_back"),
    path("deals/<slug:deal>/trial/returned/", trials.returned, name="trial_returned"),
    path("royalties/<slug:royaltyreport>/", plans.royalty_report, name="royalty_report"),
]
