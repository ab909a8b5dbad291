"""Addresses of exams."""

from django.urls import URLPattern, URLResolver, path

from .views import bank, desk, grading, mine

app_name = "exams"
urlpatterns: list[URLPattern | URLResolver] = [
    path("exams/", mine.mine, name="mine"),
    path("exams/grading/", grading.queue, name="queue"),
    path("exams/grading/<int:paperitem>/", grading.grade, name="grade"),
    path("exams/appeals/<slug:appeal>/", grading.appeal, name="appeal"),
    path("exams/appeals/<slug:appeal>/decide/", grading.decide, name="decide_appeal"),
    path("exams/appeals/<slug:appeal>/void/", grading.void, name="void_item"),
    path("exams/windows/<slug:window>/", desk.window, name="window"),
    path("exams/windows/<slug:window>/register/", mine.register, name="register"),
    path("exams/windows/<slug:window>/candidates/", desk.add_candidate, name="add_candidate"),
    path("exams/windows/<slug:window>/release/", desk.release, name="release"),
    path("exams/windows/<slug:window>/cancel/", desk.cancel, name="cancel_window"),
    path("exams/sittings/<slug:sitting>/", mine.sitting, name="sitting"),
    path("exams/sittings/<slug:sitting>/start/", mine.start, name="start"),
    path("exams/sittings/<slug:sitting>/withdraw/", mine.withdraw, name="withdraw"),
    path("exams/sittings/<slug:sitting>/submit/", mine.submit, name="submit"),
    path("exams/sittings/<slug:sitting>/take-over/", mine.take_over, name="take_over"),
    path("exams/sittings/<slug:sitting>/result/", mine.result, name="result"),
    path("exams/sittings/<slug:sitting>/<int:number>/", mine.question, name="question_of"),
    path("exams/sittings/<slug:sitting>/<int:number>/appeal/", mine.appeal, name="ask_appeal"),
    path("exams/questions/<slug:question>/", bank.question, name="question"),
    path("exams/questions/<slug:question>/edit/", bank.edit_question, name="edit_question"),
    path("exams/questions/<slug:question>/review/", bank.review_question, name="review_question"),
    path("exams/questions/<slug:question>/retire/", bank.retire_question, name="retire_question"),
    path("exams/of/<slug:exam>/", desk.exam, name="exam"),
    path("exams/of/<slug:exam>/blueprint/", desk.edit_blueprint, name="edit_blueprint"),
    path("exams/of/<slug:exam>/open/", desk.open_window, name="open_window"),
    path("exams/of/<slug:exam>/statistics/", desk.statistics, name="statistics"),
    path("associations/<slug:association>/questions/", bank.bank, name="bank"),
    path("associations/<slug:association>/questions/new/", bank.new_question, name="new_question"),
    path("associations/<slug:association>/questions/import/", bank.import_file, name="import"),
    path("associations/<slug:association>/questions/starter/", bank.starter, name="starter"),
    path("associations/<slug:association>/exams/", desk.exams, name="exams"),
    path("associations/<slug:association>/exams/new/", desk.new_exam, name="new_exam"),
    path("associations/<slug:association>/graders/", desk.appoint, name="appoint"),
    path("associations/<slug:association>/graders/<int:grader>/end/", desk.dismiss, name="dismiss"),
]
