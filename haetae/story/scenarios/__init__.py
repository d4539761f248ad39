"""The scenarios. Each is a story with an end that is checked on both sides: in our record and on the platform."""

from haetae.story.cast import Scenario
from haetae.story.scenarios.before_publication import refused_before_publication
from haetae.story.scenarios.failing import (
    back_elsewhere_removed,
    operator_down_then_done,
    reply_lost_asked_once,
)
from haetae.story.scenarios.in_doubt import unsure_then_removed, unsure_then_restored
from haetae.story.scenarios.main_job import (
    benign_picture_is_untouched,
    false_claim_is_caught,
    known_picture_is_removed,
)

SCENARIOS = (
    Scenario(
        name="known_picture_removed",
        title="A known picture, passed on: found, asked, deleted, proven gone",
        play=known_picture_is_removed,
    ),
    Scenario(
        name="benign_picture_untouched",
        title="A harmless picture: looked at, left alone",
        play=benign_picture_is_untouched,
    ),
    Scenario(
        name="unsure_then_removed",
        title="The operator is unsure: hidden for now, decided to remove, proven gone",
        play=unsure_then_removed,
    ),
    Scenario(
        name="unsure_then_restored",
        title="The operator is unsure: hidden for now, found not harmful, shown again, seen back",
        play=unsure_then_restored,
    ),
    Scenario(
        name="operator_down_then_done",
        title="The operator is down: tried again by ourselves, done",
        play=operator_down_then_done,
    ),
    Scenario(
        name="reply_lost_asked_once",
        title="The operator's answer is lost: asked by its key, never asked twice",
        play=reply_lost_asked_once,
    ),
    Scenario(
        name="back_elsewhere_removed",
        title="Reported once, back elsewhere: removed again without anybody's effort",
        play=back_elsewhere_removed,
    ),
    Scenario(
        name="refused_before_publication",
        title="The platform asks before it publishes: the known picture never appears",
        play=refused_before_publication,
    ),
    Scenario(
        name="false_claim_caught",
        title="An operator that says deleted and does not: caught by our own eyes",
        play=false_claim_is_caught,
    ),
)
