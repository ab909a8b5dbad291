"""Addresses of reputation."""

from django.urls import path

from .views import appeals, credit, points, relations, schemes, staff

app_name = "reputation"
urlpatterns = [
    path("points/", points.points, name="points"),
    path("points/facts/<uuid:fact>/", points.fact, name="fact"),
    path("points/rows/<int:point>/appeal/", appeals.new, name="new_appeal"),
    path("points/appeals/<slug:pointappeal>/", appeals.appeal, name="appeal"),
    path("points/appeals/<slug:pointappeal>/decide/", appeals.decide, name="decide_appeal"),
    path("points/relations/", relations.relations, name="relations"),
    path("points/relations/<int:relation>/end/", relations.end, name="end_relation"),
    path("points/credit/", credit.mine, name="my_credit"),
    path("points/credit/<slug:measure>/<uuid:fact>/contest/", appeals.contest, name="contest"),
    path("points/<slug:organisation>/", schemes.table, name="table"),
    path("points/<slug:organisation>/scheme/", schemes.scheme, name="scheme"),
    path("points/<slug:organisation>/scheme/<int:version>/", schemes.version, name="version"),
    path("points/<slug:organisation>/scheme/<int:version>/start/", schemes.start, name="start_scheme"),
    path("points/<slug:association>/register/", points.register, name="register"),
    path("points/<slug:association>/appeals/", appeals.appeals, name="appeals"),
    path("managers/<slug:manager>/credit/", credit.credit, name="credit"),
    path("organisations/<slug:supplier>/reward/staff/", staff.staff, name="staff"),
]
