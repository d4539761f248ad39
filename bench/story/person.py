"""A person tells us, people look, the operator is asked, and our own eyes see it gone."""

import json
from functools import partial

from bench.story.board import Post
from bench.story.house import House
from haetae.agencies.looks import actions as looks
from haetae.agencies.looks.showing import show
from haetae.agencies.support import queries as cases
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import open_case
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age, Relation, Text
from haetae.detect.finding import Verdict
from haetae.flow.arrival.models import Report
from haetae.flow.assessment.models import Assessment
from haetae.flow.delivery.models import Delivery
from haetae.flow.tasks.models import Task
from haetae.hashbank.rules import NewEntry
from haetae.notice.letter import text_of
from haetae.story.pictures import photo

NOTE = "Seen grey and blurred: it is what the person told us of."


def tells(house: House) -> Post:
    """A link, the fingerprint that the device made, and eight words in return."""
    post = house.posts(house.hers.copy, title="Passed on")
    bits, whole = receipt.draw(), house.hers.fingerprints.perceptual[0]
    print_ = NewEntry(sha256=house.hers.fingerprints.sha256, pdq=whole.pdq, dhash=whole.dhash)
    with house.tape.scene("told", follows=False) as scene:
        told = Told(
            links=[post.page],
            hashes=[print_],
            texts={Text.STORY: "It goes round in a group."},
            relation=Relation.ME,
            age=Age.ADULT,
        )
        house.case = open_case(receipt=bits, told=told)
        scene.facts |= {
            "words": {language: receipt.words_of(bits, language=language) for language in ("en", "ko")},
            "sha256": house.hers.fingerprints.sha256,
        }
        assert cases.case_of_receipt(receipt.draw()) is None, "other words open nothing"
        assert cases.case_of_receipt(bits) is not None
    return post


def is_examined(house: House, post: Post) -> None:
    """What the machine said, and who may look at it now."""
    with house.tape.scene("examined") as scene:
        house.tape.jobs()
    assessment = Assessment.objects.filter(sighting=house.place(post.media)).latest("round")
    assert assessment.state == Verdict.REVIEW
    scene.facts |= {
        "reasons": [reason["code"] for reason in assessment.reasons],
        "bits": min(
            one["facts"]["distance_bits"] for one in assessment.signals if "distance_bits" in one["facts"]
        ),
    }
    task = Task.objects.get(kind="judge", sighting_id=house.place(post.media).pk)
    wish = partial(looks.begin_look, task_id=task.pk, reason="check_match", step="blurred", said_minor=False)
    with house.tape.scene("looked", follows=False) as scene:
        scene.refuses("looks", lambda: wish(official_id=house.police.pk), who="police_officer")
        scene.refuses(
            "looks", lambda: wish(official_id=house.counsellor.pk, step="clearer"), who="counsellor"
        )
        look = wish(official_id=house.counsellor.pk)
        scene.facts["picture_bytes"] = len(show(look))
        scene.refuses("looks", lambda: show(look), who="counsellor")
        looks.say_match(look_id=look, official_id=house.counsellor.pk, note=NOTE)
    with house.tape.scene("asked") as scene:
        house.tape.jobs()
    request = house.request_of(post.media)
    said = Delivery.objects.get(subject_id=request.pk)
    assert said.notice is not None
    notice = json.loads(said.notice)
    texts = {language: text_of(notice, language=language) for language in ("ko", "en")}
    scene.papers.append({"kind": "notice", "reference": "", "digest": "", "text": texts})


def is_seen_gone(house: House, post: Post) -> None:
    """A claim is not a fact: our own eyes look twice, as somebody without an account."""
    request = house.request_of(post.media)
    assert request.state == "claimed"
    with house.tape.scene("gone_once"):
        house.tape.passes(seconds=0)
    request.refresh_from_db()
    assert request.state == "claimed", "one look is not enough"
    with house.tape.scene("gone_twice"):
        house.tape.passes(seconds=5)
    request.refresh_from_db()
    assert request.state == "verified"


def harmless(house: House) -> None:
    """A picture that nobody knows is looked at and left alone."""
    with house.tape.scene("harmless"):
        post = house.posts(photo("rocket"), title="A launch pad at noon")
        house.watch()
    assert Assessment.objects.get(sighting=house.place(post.media)).state == Verdict.NOTHING


def back_elsewhere(house: House) -> None:
    """A stranger posts another copy; nobody has to do anything."""
    reports = Report.objects.count()
    with house.tape.scene("back"):
        post = house.posts(house.hers.another_copy(), title="And again")
        house.watch()
    with house.tape.scene("back_gone") as scene:
        house.tape.passes(seconds=5)
        scene.facts["reports"] = Report.objects.count() - reports
    assert house.request_of(post.media).state == "verified"
