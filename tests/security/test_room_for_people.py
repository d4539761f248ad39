"""A storm of machines does not keep a person from reporting."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from haetae.web.room_for_people import MACHINES_MOST, RoomForPeople


def test_beyond_their_share_machines_are_told_to_come_back_and_a_person_is_answered() -> None:
    arrived, let_go = threading.Semaphore(0), threading.Event()

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/"):
            arrived.release()
            let_go.wait(30)
        return HttpResponse("answered")

    house, ask = RoomForPeople(answer), RequestFactory()
    with ThreadPoolExecutor(MACHINES_MOST) as machines:
        try:
            slow = [machines.submit(house, ask.post("/api/v1/media")) for _ in range(MACHINES_MOST)]
            for _ in slow:
                assert arrived.acquire(timeout=10)
            for address in ("/api/v1/media", "/exchange/stopncii/"):
                refused = house(ask.post(address))
                assert refused.status_code == 503
                assert refused["Retry-After"]
                assert refused["Connection"] == "close"
            for address in ("/", "/link/", "/mine/", "/console/"):
                assert house(ask.get(address)).status_code == 200
        finally:
            let_go.set()
        assert [one.result().status_code for one in slow] == [200] * MACHINES_MOST
    assert house(ask.post("/api/v1/media")).status_code == 200


def test_a_view_that_breaks_gives_its_place_back() -> None:
    def broken(_: HttpRequest) -> HttpResponse:
        raise ValueError("broken on purpose")

    house = RoomForPeople(broken)
    for _ in range(MACHINES_MOST + 1):
        with pytest.raises(ValueError, match="broken on purpose"):
            house(RequestFactory().get("/api/v1/health"))
