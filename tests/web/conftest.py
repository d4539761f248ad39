"""The pages as a visitor gets them: compiled texts, static files from their sources, and people who may sign in."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from haetae.accounts.actions import (
    issue_one_time_sign_in,
    register_operator,
    seat_at_operator,
    seat_official,
)
from haetae.accounts.agencies import home_of
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import AT_AN_OPERATOR, Role
from haetae.audit.actor import SYSTEM
from haetae.web.messages import compile_messages
from tests import people
from tests.commission import seat_commission

Visitor = Callable[..., Client]

_SINCE = date(2026, 1, 1)


@pytest.fixture(scope="session", autouse=True)
def compiled_texts() -> None:
    compile_messages()
    # A test elsewhere may have read yesterday's texts in this process already.
    translation_file_changed(sender=None, file_path=Path("django.mo"))


@pytest.fixture(autouse=True)
def files_from_their_sources(settings) -> None:
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    """A browser with a language; `strict` checks form tokens as a real one must pass them."""

    def open_browser(language: str = "en", *, strict: bool = False) -> Client:
        headers = {"accept-language": language}
        return Client(headers=headers, enforce_csrf_checks=strict, raise_request_exception=False)

    return open_browser


def _seated(person: people.Person, role: Role, agency: str) -> Official:
    """In office long before any day on which a story plays."""
    return seat_official(username=person.name, role=role, agency=agency, since=_SINCE, actor=SYSTEM)


def _signed_in(visitor: Visitor, official: Official) -> Client:
    browser = visitor("en")
    browser.force_login(official)
    return browser


@pytest.fixture
def reviewer(db: None) -> Official:
    return _seated(people.REVIEWER, Role.REVIEWER, "reviewer")


@pytest.fixture
def officer(db: None) -> Official:
    """Signs in, but no role of an officer reads sightings."""
    return _seated(people.OFFICER, Role.POLICE_OFFICER, "police")


@pytest.fixture
def policy_lead(visitor: Visitor, db: None) -> Client:
    """The browser of somebody who sees sums and nobody's case."""
    return _signed_in(visitor, _seated(people.POLICY_LEAD, Role.POLICY_LEAD, "coordination"))


@pytest.fixture
def control_room(visitor: Visitor, reviewer: Official) -> Client:
    """The reviewer's browser, signed in, in English."""
    return _signed_in(visitor, reviewer)


@pytest.fixture
def chair(db: None) -> Official:
    """Who sits in the commission and votes."""
    return _seated(people.CHAIR, Role.COMMISSION_MEMBER, "reviewer")


@pytest.fixture
def bench(visitor: Visitor, chair: Official) -> Client:
    """The browser of the chair, in a commission in which as many sit as must agree."""
    seat_commission()
    return _signed_in(visitor, chair)


@pytest.fixture
def everywhere(visitor: Visitor, reviewer: Official) -> Client:
    """The browser of somebody who holds every role of agencies at once: nothing is refused for want of one."""
    for role in sorted(set(Role) - AT_AN_OPERATOR):
        _seated(people.REVIEWER, role, home_of(role))
    return _signed_in(visitor, reviewer)


@pytest.fixture
def counsellor(visitor: Visitor, db: None) -> Client:
    """The counsellor's browser, signed in."""
    return _signed_in(visitor, _seated(people.COUNSELLOR, Role.COUNSELLOR, "support_centre"))


@pytest.fixture
def regulator(visitor: Visitor, db: None) -> Client:
    """The browser of somebody who reads decisions and makes none."""
    return _signed_in(visitor, _seated(people.REGULATOR, Role.REGULATOR, "regulator"))


@pytest.fixture
def second_regulator(visitor: Visitor, db: None) -> Client:
    """The browser of another official of the regulator: the second of two who let an operator in."""
    return _signed_in(visitor, _seated(people.SECOND_REGULATOR, Role.REGULATOR, "regulator"))


@pytest.fixture
def auditor(visitor: Visitor, db: None) -> Client:
    """The browser of somebody who sees whether it works, and no case."""
    return _signed_in(visitor, _seated(people.AUDITOR, Role.AUDITOR, "regulator"))


@pytest.fixture
def board(db: None) -> Operator:
    """An operator at which people sit."""
    return register_operator(name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM)


@pytest.fixture
def other_board(db: None) -> Operator:
    """Another one, whose data are its own."""
    return register_operator(
        name="Other board", connector="web_page", origin="https://other.example", actor=SYSTEM
    )


@pytest.fixture
def at_desk(visitor: Visitor) -> Callable[..., Client]:
    """The browser of somebody who sits at an operator, signed in at the operators' own door."""

    def open_desk(person: people.Person, role: Role, operator: Operator, *, language: str = "en") -> Client:
        official = seat_at_operator(
            username=person.name, role=role, operator=operator, since=_SINCE, actor=SYSTEM
        )
        browser = visitor(language)
        browser.post(f"/operator/sign-in/once/{issue_one_time_sign_in(official=official)}/")
        return browser

    return open_desk


@pytest.fixture
def moderator(at_desk: Callable[..., Client], board: Operator) -> Client:
    """The browser of somebody who answers requests at the board."""
    return at_desk(people.MODERATOR, Role.OPERATOR_MODERATOR, board)


@pytest.fixture
def administrator(at_desk: Callable[..., Client], board: Operator) -> Client:
    """The browser of somebody who also gives accounts and keys at the board."""
    return at_desk(people.ADMINISTRATOR, Role.OPERATOR_ADMINISTRATOR, board)


@pytest.fixture
def in_english() -> Iterator[None]:
    """For words that no page was asked for."""
    with translation.override("en"):
        yield
