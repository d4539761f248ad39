"""Somebody stands by the person; everything told is destroyed when they want it; the numbers count."""

from functools import partial

from bench.story.house import House
from haetae.agencies.enforcement.filings.comparing import Ours, shown
from haetae.agencies.support.actions import write_message
from haetae.agencies.support.desk import actions as desk
from haetae.agencies.support.desk.states import Part, Reason
from haetae.agencies.support.destroying.actions import destroy_case
from haetae.audit.actor import Actor
from haetae.common.ids import new_id
from haetae.flow.removal.models import DeletionRequest

ANSWER = "It is gone from both places; we looked ourselves. We are here when you want to talk."


def stands_by(house: House) -> None:
    """A counsellor opens the case for a reason, and writes back."""
    case = house.case
    assert case is not None
    house.tape.eye = None  # the place is gone; from here on it is about people
    with house.tape.scene("helped") as scene:
        open_ = partial(
            desk.open_for_work, case_id=case.case.pk, official_id=house.counsellor.pk, part=Part.TOLD
        )
        scene.refuses("support", lambda: open_(reason=None), who="counsellor")
        desk.take_on(case_id=case.case.pk, official_id=house.counsellor.pk)
        open_(reason=Reason.MY_WORK)
        write_message(
            opened=case,
            text=ANSWER,
            form_key=new_id(),
            official_id=house.counsellor.pk,
            actor=Actor(kind="official", id=str(house.counsellor.pk)),
        )


def is_forgotten(house: House) -> None:
    """The person wants it all gone: what was told is destroyed, and a record of numbers stays."""
    case = house.case
    assert case is not None
    house.tape.passes(days=3)
    with house.tape.scene("destroyed") as scene:
        record = destroy_case(opened=case)
        scene.facts |= {"rows": sum(record.rows.values()), "keys": len(record.keys)}
        write = partial(
            write_message, opened=case, text="Hello?", form_key=new_id(), official_id=None,
            actor=Actor(kind="public"),
        )  # fmt: skip
        scene.refuses("support", write, who="public")


def is_counted(house: House) -> None:
    """What of it may be published: nothing under five, nor what would give it away."""
    asked = DeletionRequest.objects.all()
    ours = Ours(asked=asked.count(), verified=asked.filter(state="verified").count())
    public, removed = shown(ours)
    with house.tape.scene("counted") as scene:
        scene.facts |= {
            "asked": ours.asked,
            "verified": ours.verified,
            "public_asked": public,
            "public_verified": removed,
        }
