"""Statements that may read a whole table, each with the reason; every other one must find its rows by an index."""

from collections.abc import Mapping
from typing import Final

MUCH: Final = 2_000  # rows read for fewer: below that a table may as well be read through

# What grows with places, reports and time. Everything else stays small: people, operators, lists, keys.
GROWING: Final = frozenset(
    {
        "arrival_report", "arrival_report_sightings", "arrival_sighting", "arrival_uploadcheck", "arrival_watchfind",
        "arrival_watchhost", "arrival_watchlead", "arrival_watchplace", "assessment_assessment", "assessment_lineage",
        "audit_event", "audit_head", "audit_leaf", "deadlines_deadline", "delivery_attempt", "delivery_delivery",
        "flow_step", "hashbank_knownpicture", "procrastinate_jobs", "removal_deletionrequest",
        "review_provisionalblock", "review_review", "support_case", "support_casehash", "support_caselink",
        "support_casetext", "support_consent", "support_message", "support_notice", "tasks_task",
        "verification_probe", "verification_sight",
    }
)  # fmt: skip

# A piece of the statement's form -> why it reads so much.
_BEHIND: Final = "counted behind the page, in at most a fifth of the time of one thread (overview.lately)"
ALLOWED: Final[Mapping[str, str]] = {
    'AS "decides"': _BEHIND,
    'AS "age_0"': _BEHIND,
    'COUNT(*) AS "__count" FROM "arrival_sighting"': _BEHIND,
    'COUNT(*) AS "__count" FROM "assessment_assessment"': _BEHIND,
    "WITH asked AS": f"sums over half a year and more, {_BEHIND}",
    "to_char(requested_at AT TIME ZONE": f"sums over a year, {_BEHIND}",
    "WITH happened AS": f"sums over a month, {_BEHIND}",
    "SELECT review.because": f"sums, {_BEHIND}",
    'COUNT("arrival_watchplace"."id") AS "places"': _BEHIND,
    'COUNT("review_review"."id") AS "open"': _BEHIND,
    '"tasks_task"."kind" AS "kind", COUNT(': _BEHIND,
    "to_char(received_at": f"sums over a year, {_BEHIND}",
    '"tasks_task"."ended_at" >= %s': "an auditor's page over what one year's people judged, read seldom",
    "SELECT state, ?, count(*) FROM review_provisionalblock": f"sums, {_BEHIND}",
    'FROM "review_review" WHERE "review_review"."request_id" IN (SELECT': (
        "an operator's own list wants all reviews of its requests; there is one for a hundred requests"
    ),
    'FROM "review_provisionalblock" INNER JOIN "removal_deletionrequest"': (
        "an operator's own numbers want all blocks of its requests; there is one for a hundred requests"
    ),
    '"review_provisionalblock"."ends_at" <= ? AND "review_provisionalblock"."state" IN (?) AND EXISTS': (
        "every review of these databases waits, so that all rows of the table are those that are asked for"
    ),
    'FROM "arrival_sighting" ORDER BY ? DESC, ? DESC LIMIT ? OFFSET ?': (
        "a page deep in the list of all places walks the index over what comes before it: 6 ms for ten thousand"
    ),
    '"procrastinate_jobs"."status" = %s': "what ended well is deleted: the table holds what waits",
    '"procrastinate_jobs"."status" = ?': "what ended well is deleted: the table holds what waits",
}


def why_allowed(form: str) -> str | None:
    return next((why for piece, why in ALLOWED.items() if piece in form), None)
