"""Addresses of the operators' side."""

from django.urls import path

from haetae.web.operator import (
    answering,
    appealing,
    connection,
    hearings,
    join,
    keys,
    mail_link,
    numbers,
    one,
    orders,
    people,
    requests,
    trying,
)

app_name = "operator"
urlpatterns = [
    path("", requests.open_requests, name="requests"),
    path("requests/<uuid:request_id>/", one.request_page, name="request"),
    path("requests/<uuid:request_id>/answer/", answering.answer, name="answer"),
    path("hearings/", hearings.listed, name="hearings"),
    path("hearings/<uuid:hearing_id>/", hearings.one, name="hearing"),
    path("hearings/<uuid:hearing_id>/say/", hearings.say, name="hearing_say"),
    path("orders/", orders.listed, name="orders"),
    path("orders/<uuid:order_id>/", orders.one, name="order"),
    path("orders/<uuid:order_id>/open/", orders.opened, name="order_open"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/statements.json", numbers.statements, name="statements"),
    path("connection/", connection.connection, name="connection"),
    path("connection/trial/", trying.trial, name="trial"),
    path("connection/test/", trying.test, name="test"),
    path("connection/deliveries/<uuid:delivery_id>/again/", trying.again, name="again"),
    path("requests/<uuid:request_id>/appeal/", appealing.page, name="appeal"),
    path("requests/<uuid:request_id>/appeal/pass-on/", appealing.pass_on, name="appeal_pass_on"),
    path("people/", people.page, name="people"),
    path("people/add/", people.add, name="person_add"),
    path("people/<uuid:official_id>/link/", people.link, name="person_link"),
    path("people/<uuid:official_id>/end/", people.end, name="person_end"),
    path("keys/", keys.page, name="keys"),
    path("keys/shared/", keys.shared, name="key_shared"),
    path("keys/public/", keys.register, name="key_public"),
    path("keys/fetching/", keys.fetching, name="key_fetching"),
    path("keys/<uuid:key_id>/end/", keys.end, name="key_end"),
    path("join/", join.form, name="join"),
    path("join/<uuid:key>/", join.status, name="joining"),
    path("join/<uuid:key>/look/", join.look, name="join_look"),
    path("join/<uuid:key>/withdraw/", join.withdraw, name="join_withdraw"),
    path("answer/<str:token>/", mail_link.answer_by_link, name="answer_by_link"),
]
