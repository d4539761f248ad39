"""Everybody who plays, seated once, and the pictures."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings

from bench.story.board import TOKEN, Board, Post
from bench.story.tape import Tape
from haetae.accounts.actions import register_operator
from haetae.accounts.models import Official, Operator, Seat
from haetae.accounts.permissions import Role
from haetae.agencies.support.actions import OpenCase
from haetae.audit.actor import SYSTEM
from haetae.detect.matching import Tier
from haetae.flow.arrival.jobs import watch
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.queries import sighting_at
from haetae.flow.removal.models import DeletionRequest
from haetae.hashbank.actions import add_known_picture
from haetae.story.pictures import KnownOriginal, known_original, photo
from tests import people
from tests.commission import seat, seat_commission

_SECRET = "story-operator-token"  # noqa: S105 - the name of the key file


@dataclass
class House:
    """`kept` are things that a later scene needs of an earlier one."""

    tape: Tape
    board: Board
    operator: Operator
    counsellor: Official
    reviewer: Official
    members: list[Official]
    regulators: list[Official]
    police: Official
    other_police: Official
    prosecutor: Official
    judge: Official
    overseer: Official
    hers: KnownOriginal
    another: KnownOriginal
    case: OpenCase | None = None

    def posts(self, picture: bytes, *, title: str) -> Post:
        """Somebody publishes a picture; from now on the tape keeps what everybody gets at its address."""
        post = self.board.post(picture, title=title)
        self.tape.eye = partial(self.board.shows, post)
        return post

    def watch(self) -> None:
        """Our own eyes pass over what the platform shows to everybody."""
        watch(operator_id=str(self.operator.pk))

    def request_of(self, media: str) -> DeletionRequest:
        """The newest request about this place."""
        return DeletionRequest.objects.filter(sighting=self.place(media)).latest("round")

    def place(self, media: str) -> Sighting:
        """The sighting at this address."""
        sighting = sighting_at(media)
        assert sighting is not None, "nobody has found it"
        return sighting

    def roles(self) -> dict[str, str]:
        """Who an actor of the record is, by role and never by name."""
        operators = {str(self.operator.pk): "operator"}
        return operators | {str(seat.official_id): str(seat.role) for seat in Seat.objects.exclude(agency="")}


def furnish(tape: Tape, board: Board) -> House:
    settings.KEYS.store(_SECRET, TOKEN.encode())
    operator = register_operator(
        name="Picture board", connector="sandbox", origin=board.origin, secret_name=_SECRET, actor=SYSTEM
    )
    police = partial(seat, role=Role.POLICE_OFFICER, agency="police")
    regulator = partial(seat, role=Role.REGULATOR, agency="regulator")
    return House(
        tape=tape,
        board=board,
        operator=operator,
        counsellor=seat(people.COUNSELLOR, Role.COUNSELLOR, agency="support_centre"),
        reviewer=seat(people.REVIEWER, Role.REVIEWER),
        members=seat_commission(9),
        regulators=[
            regulator(one) for one in (people.REGULATOR, people.SECOND_REGULATOR, people.THIRD_REGULATOR)
        ],
        police=police(people.OFFICER),
        other_police=police(people.THIRD_OFFICER),
        prosecutor=seat(people.PROSECUTOR, Role.PROSECUTOR, agency="prosecutor"),
        judge=seat(people.JUDGE, Role.JUDGE, agency="court"),
        overseer=seat(people.OVERSEER, Role.OVERSIGHT, agency="police_commission"),
        hers=known_original(photo("coffee"), share=0.7),
        another=known_original(photo("gravel"), share=0.7, screenshot=True),
    )


def counsellor_checked(picture: KnownOriginal) -> None:
    """Somebody has looked at it before the story begins."""
    whole = picture.fingerprints.perceptual[0]
    add_known_picture(
        list_name="story",
        tier=Tier.COUNSELLOR_CHECKED,
        sha256=picture.fingerprints.sha256,
        pdq=whole.pdq,
        dhash=whole.dhash,
        actor=SYSTEM,
    )
