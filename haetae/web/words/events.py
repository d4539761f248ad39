"""The record of what happened, in words."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.web.words.case_events import CASE_EVENTS
from haetae.web.words.codes import code_words
from haetae.web.words.remedies import KINDS as REMEDIES
from haetae.web.words.remedies import remedy_words
from haetae.web.words.reviews import decision_words, ground_words
from haetae.web.words.tasks import TASKS, outcome_words, task_words

_EVENTS: Final[Mapping[str, str | Promise]] = {
    "log.key_succeeded": _("The key that signs the log was changed"),
    "log.stamped": _("An outside authority stamped the time of the log"),
    "log.restored": _("The database was put back from a backup"),
    "log.exported": _("The log was taken out of the house"),
    "arrival.found": _("Found"),
    "arrival.report_joined": _("Joined with a report"),
    "arrival.report_corrected": _("Whoever reported it says otherwise who is in it"),
    "arrival.upload_refused": _("Refused before it was published"),
    "arrival.upload_doubtful": _("Published in doubt: a person looks"),
    "arrival.hook_down": _("Platforms get no answer from us"),
    "arrival.hook_back": _("Platforms get answers again"),
    "assessment.opened": _("Examination begins"),
    "assessment.request": _("Verdict: deletion is asked"),
    "assessment.review": _("Verdict: a person decides"),
    "assessment.nothing": _("Verdict: no lead"),
    "assessment.undetermined": _("Verdict: could not be judged"),
    "removal.requested": _("Deletion request prepared"),
    "delivery.attempt_failed": _("The operator could not be reached"),
    "removal.restated": _("What is said of it has changed"),
    "removal.sent": _("The operator has the request"),
    "removal.claimed": _("The operator says that it is removed"),
    "removal.refused": _("The operator refuses"),
    "removal.unsure": _("The operator cannot tell"),
    "removal.verified": _("Removal verified by our own eyes"),
    "removal.claim_false": _("The claim is false: it is still there"),
    "removal.overdue": _("Overdue: people take over"),
    "removal.term_over": _("The term that the law gives is over"),
    "removal.undeliverable": _("The request cannot be delivered"),
    "removal.reappeared": _("It is back at the same place"),
    "removal.access_blocked": _("The operator says that it is hidden for good"),
    "removal.superseded": _("Replaced: a new request carries the decision"),
    "removal.not_harmful": _("Decided: it may stay, nothing more is asked"),
    "delivery.no_channel": _("There is no way yet to ask this operator"),
    "delivery.unfit": _("The notice lacks something and was not sent"),
    "delivery.dead": _("Every try to reach the operator failed: a person has it"),
    "delivery.revived": _("Tried again from the beginning, at a person's word"),
    "delivery.replayed": _("Said once more, as the operator wished"),
    "delivery.breaker_opened": _("The operator failed again and again: left alone for a while"),
    "delivery.breaker_half_open": _("The pause is over: one delivery is the trial"),
    "delivery.breaker_closed": _("The operator answers again"),
    "review.opened": _("A decision is needed"),
    "review.late": _("Our term for the decision is up"),
    "review.asked": _("A state body asked the commission to decide"),
    "review.proposed": _("The secretariat proposes a decision"),
    "review.voted": _("A member of the commission has voted"),
    "review.recused": _("A member of the commission takes no part"),
    "review.split": _("No majority any more: a new round of votes begins"),
    "review.refused": _("Refused: nothing changed"),
    "hearings.asked": _("An opinion is asked for before the act"),
    "hearings.told": _("The operator was told that its word is waited for, or could not be told"),
    "hearings.heard": _("Heard: an opinion lies there"),
    "hearings.waived": _("The party has nothing to say"),
    "hearings.silent": _("The time for an opinion is over, and none came"),
    "hearings.left_out": _("Nobody is heard: the exception is recorded"),
    "hearings.closed": _("The hearing is over"),
    "hearings.refused": _("Something that may not be was tried in a hearing"),
    "issued.document": _("Document issued"),
    "issued.file_made": _("PDF of the document made"),
    "review.remove": _("Decided: remove"),
    "review.block_access": _("Decided: block access"),
    "review.not_harmful": _("Decided: not harmful"),
    "review.moot": _("No decision is needed any more"),
    "review.block_wanted": _("The operator's system is asked to hide it for now"),
    "review.block_claimed": _("The operator says that it is hidden for now"),
    "review.block_seen": _("Hidden: we saw it twice"),
    "review.not_blocked": _("Not hidden: everybody can see it"),
    "review.block_ends_soon": _("The block ends soon, and nobody has decided"),
    "review.block_expired": _("The block's term is over, and nobody has decided or extended it"),
    "review.block_extended": _("The block goes on beyond its term, for a reason"),
    "review.block_refused": _("A change of the block was refused"),
    "review.operator_asked_itself": _("Nobody can decide: the operator is asked to judge by itself"),
    "review.block_lasting": _("Stays hidden, by decision"),
    "review.block_ended": _("Nothing is left to hide"),
    "review.kept": _("Stays hidden: another open case has the same picture"),
    "review.lift_wanted": _("The operator's system is asked to show it again"),
    "review.lift_claimed": _("The operator says that it is shown again"),
    "review.restored": _("Shown again: we saw it twice"),
    "review.not_restored": _("It ought to be shown again and is not"),
    "remedies.serving_noted": _("Somebody is named who stands before a place"),
    "remedies.serving_ended": _("Somebody stands before a place no more"),
    "remedies.wanted": _("Another is to be asked than the operator"),
    "remedies.sent": _("Another than the operator has the request"),
    "remedies.claimed": _("Another than the operator says that it has acted"),
    "remedies.refused": _("Another than the operator says no"),
    "remedies.unsure": _("Another than the operator cannot tell"),
    "remedies.undeliverable": _("Another than the operator could not be asked"),
    "remedies.claim_false": _("Another than the operator says that it has acted, and everybody can see it"),
    "remedies.withdrawn": _("It is wanted of another no more"),
    "remedies.lifted": _("Another than the operator has undone what it did, by its own word"),
    "appeals.filed": _("Whoever posted it objects"),
    "appeals.changed": _("Whoever posted it has changed the objection"),
    "appeals.under_review": _("The objection is in review"),
    "appeals.upheld": _("The objection is upheld: it may be shown"),
    "appeals.rejected": _("The objection is rejected: what was done stands"),
    "appeals.withdrawn": _("The objection is taken back"),
    "appeals.moot": _("The objection was not needed: it may be shown already"),
    "appeals.statement_forgotten": _("What was written in the objection is erased"),
    "looks.begun": _("An official asks to see it"),
    "looks.taken": _("Fetched for one look, and kept nowhere"),
    "looks.shown": _("Seen by an official"),
    "looks.failed": _("There was nothing to show to the official"),
    "looks.match": _("Seen: it is what it was reported or known as"),
    "looks.something_else": _("Seen: it is something else"),
    "looks.cannot_tell": _("Seen: the official cannot tell"),
    "looks.found": _("Seen before the decision: what it shows is said"),
    "looks.handed_on": _("Handed on to another official"),
    "tasks.opened": _("A person is needed"),
    "tasks.done": _("A person has dealt with it"),
    "tasks.second_opened": _("Somebody else is to judge it again"),
    "tasks.second_barred": _("An official has read what was decided, and judges it no more"),
    "tasks.second_said": _("Judged again, without knowing what was decided"),
    "tasks.resolved": _("The task came right by itself"),
    "verification.planned": _("Looks planned"),
    "verification.gone_once": _("Looked: gone, to be confirmed"),
    "verification.gone": _("Looked again: gone"),
    "verification.live_once": _("Looked: still there, to be confirmed"),
    "verification.live": _("Looked again: still there"),
    "verification.unknown": _("Looked: cannot tell"),
    **CASE_EVENTS,
}


def event_words(name: str) -> str:
    return str(_EVENTS.get(name, name))


def facts_words(facts: Mapping[str, Any]) -> str:
    """The facts that a person can use; ids and flags stay in the record."""
    parts = []
    if "page" in facts and "media" in facts:
        seen = {"page": code_words(str(facts["page"])), "media": code_words(str(facts["media"]))}
        parts.append(now("page: %(page)s · media: %(media)s") % seen)
    if facts.get("remedy") in REMEDIES:
        parts.append(remedy_words(str(facts["remedy"])))
    if facts.get("decision"):
        parts += [decision_words(str(facts["decision"])), ground_words(str(facts.get("reason", "")))]
    else:
        parts += [code_words(str(facts[key])) for key in ("code", "reason") if facts.get(key)]
    if facts.get("kind") in TASKS:
        parts.append(task_words(str(facts["kind"])))
    if facts.get("outcome"):
        parts.append(outcome_words(str(facts["outcome"])))
    if facts.get("attempt"):
        parts.append(now("attempt %(number)s") % {"number": facts["attempt"]})
    return " · ".join(parts)
