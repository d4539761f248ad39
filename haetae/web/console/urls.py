"""Addresses of the control room."""

from django.urls import path

from haetae.web.console import (
    applications,
    board,
    deciding,
    figures,
    finishing,
    holds,
    judging,
    keeping,
    log,
    looking,
    penalties,
    people,
    places,
    statistics,
    views,
    voting,
)
from haetae.web.console.by_hand.urls import urlpatterns as by_hand
from haetae.web.console.cases import intake, page, queue
from haetae.web.console.cases.verbs import VERBS
from haetae.web.console.court import page as court
from haetae.web.console.documents import finding, reading
from haetae.web.console.education.urls import urlpatterns as education
from haetae.web.console.enforcement import drafting, listed, order
from haetae.web.console.filing.urls import urlpatterns as filing
from haetae.web.console.hearings.views import addresses as hearings
from haetae.web.console.investigation.urls import urlpatterns as investigation
from haetae.web.console.operators import numbers as operators
from haetae.web.console.recovery.urls import urlpatterns as recovery
from haetae.web.console.referrals import pages as referred
from haetae.web.console.referrals import sending as referring
from haetae.web.console.sanctions.addresses import addresses as sanctions
from haetae.web.console.watching.urls import urlpatterns as watching

app_name = "console"
urlpatterns = [
    path("", views.work, name="work"),
    path("rows/", views.rows, name="rows"),
    path("lost/", views.lost, name="lost"),
    path("health/", views.health, name="health"),
    path("sightings/<uuid:sighting_id>/", places.sighting, name="sighting"),
    path("reviews/", deciding.reviews, name="reviews"),
    path("reviews/ageing/", keeping.page, name="ageing"),
    path("reviews/ageing/extend/", keeping.extend, name="blocks_extend"),
    path("reviews/<uuid:review_id>/ask-operator/", keeping.ask_itself, name="ask_itself"),
    path("reviews/<uuid:review_id>/", deciding.review, name="review"),
    *hearings(),
    path("reviews/<uuid:review_id>/vote/", voting.vote, name="vote"),
    path("reviews/<uuid:review_id>/recuse/", voting.recuse, name="recuse"),
    path("reviews/<uuid:review_id>/propose/", voting.propose, name="propose"),
    path("reviews/<uuid:review_id>/look/", looking.look_before, name="look_before"),
    *sanctions(),
    path("holds/", holds.page, name="holds"),
    path("holds/set/", holds.set_one, name="hold_set"),
    path("holds/<uuid:hold_id>/end/", holds.end_one, name="hold_end"),
    path("tasks/", finishing.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/", finishing.task, name="task"),
    path("tasks/<uuid:task_id>/place/", finishing.place, name="judged_place"),
    path("tasks/<uuid:task_id>/finish/", finishing.finish, name="finish"),
    path("tasks/<uuid:task_id>/look/", looking.look, name="look"),
    path("looks/<uuid:look_id>/", looking.looked, name="looked"),
    path("looks/<uuid:look_id>/picture/", looking.picture, name="picture"),
    path("looks/<uuid:look_id>/say/", looking.say, name="say"),
    path("operators/", operators.numbers, name="operators"),
    path("enforcement/", listed.listed, name="enforcement"),
    path("enforcement/<uuid:operator_id>/", listed.one, name="enforced"),
    path("enforcement/<uuid:operator_id>/draft/", drafting.draft, name="order_draft"),
    path(
        "enforcement/<uuid:operator_id>/requests/<uuid:request_id>/commission/",
        order.commission,
        name="commission_ask",
    ),
    path("orders/<uuid:order_id>/", order.order, name="order"),
    path("orders/<uuid:order_id>/hear/", order.hear, name="order_hear"),
    path("orders/<uuid:order_id>/sign/", order.sign, name="order_sign"),
    path("orders/<uuid:order_id>/drop/", order.drop, name="order_drop"),
    path("orders/<uuid:order_id>/requests/<uuid:request_id>/out/", order.take_out, name="order_item_out"),
    path("orders/<uuid:order_id>/served/", order.served, name="order_served"),
    path("orders/<uuid:order_id>/found/", order.found, name="order_found"),
    path("law/penalties/", penalties.page, name="penalties"),
    path("figures/", figures.page, name="figures"),
    path("figures/all.csv", figures.as_csv, name="figures_csv"),
    path("judging/", judging.page, name="judging"),
    path("board/", board.page, name="board"),
    path("statistics/", statistics.listed, name="statistics"),
    path("statistics/<month:month>/", statistics.one, name="statistics_of"),
    path("people/", people.page, name="people"),
    path("people/add/", people.add, name="person_add"),
    path("people/<uuid:official_id>/", people.person, name="person"),
    path("people/<uuid:official_id>/link/", people.link, name="person_link"),
    path("people/<uuid:official_id>/end/", people.end, name="person_end"),
    path("referrals/", referred.received, name="referrals"),
    path("referrals/new/", referring.new, name="referral_new"),
    path("referrals/<uuid:referral_id>/", referred.referral, name="referral"),
    path("referrals/<uuid:referral_id>/read/", referred.read, name="referral_read"),
    path("referrals/<uuid:referral_id>/answer/", referred.answer, name="referral_answer"),
    path("referrals/<uuid:referral_id>/call-back/", referred.call_back, name="referral_call_back"),
    path("applications/", applications.listed, name="applications"),
    path("applications/<uuid:application_id>/", applications.one, name="application"),
    path("applications/<uuid:application_id>/approve/", applications.approve, name="application_approve"),
    path("applications/<uuid:application_id>/decline/", applications.decline, name="application_decline"),
    path("applications/<uuid:application_id>/link/", applications.link, name="application_link"),
    path("applications/<uuid:application_id>/mail/", applications.send, name="application_mail"),
    path("log/", log.page, name="log"),
    path("court/", court.court, name="court"),
    path("find/", finding.search, name="find"),
    path("documents/<uuid:document_id>/", reading.document, name="document"),
    path("documents/<uuid:document_id>/<str:language>/<str:form>/", reading.file, name="document_file"),
    *by_hand,
    *filing,
    *investigation,
    *recovery,
    *watching,
    *education,
    path("cases/", queue.cases, name="cases"),
    path("cases/new/", intake.new, name="case_new"),
    path("cases/<uuid:case_id>/", page.case, name="case"),
    *(
        path(f"cases/<uuid:case_id>/{verb}/", view, name=f"case_{verb.replace('-', '_')}")
        for verb, view in VERBS.items()
    ),
]
