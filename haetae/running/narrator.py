"""Prints what happens while it happens, one line for each event."""

import threading
from types import TracebackType
from typing import Self

from django.db import Error, connection
from django.utils.timezone import localtime
from rich.console import Console
from rich.text import Text

from haetae.audit.models import Event
from haetae.audit.queries import events_after, newest_event_id

_PAUSE_S = 0.2

SENTENCES = {
    "accounts.operator_registered": "an operator is registered",
    "hashbank.added": "a picture is known from now on",
    "arrival.reported": "a link was reported",
    "arrival.located": "the link led to a picture",
    "arrival.not_found": "the link led to nothing",
    "arrival.found": "a picture was found",
    "arrival.report_joined": "the report belongs to a picture",
    "assessment.opened": "it is being examined",
    "assessment.request": "it is a known picture: the operator is to be asked",
    "assessment.review": "people must decide",
    "assessment.nothing": "nothing known: left alone",
    "assessment.undetermined": "it could not be examined: not known",
    "removal.requested": "a deletion request is written",
    "removal.sent": "the operator has received it",
    "delivery.attempt_failed": "the operator could not be asked; again later",
    "removal.claimed": "the operator says it is removed",
    "removal.refused": "the operator refuses",
    "removal.unsure": "the operator is unsure",
    "removal.verified": "VERIFIED: it is gone, we looked twice",
    "removal.claim_false": "the claim is FALSE: it is still there",
    "removal.overdue": "OVERDUE: people take over",
    "removal.undeliverable": "nobody can be asked yet: people must find a way",
    "removal.reappeared": "it is back: a new request",
    "removal.access_blocked": "the operator says it is hidden for good, not deleted",
    "removal.superseded": "a decision takes the place of the request",
    "removal.not_harmful": "it may stay: nothing more is asked",
    "delivery.no_channel": "there is no way to ask this operator yet",
    "delivery.unfit": "the notice lacks something and was not sent",
    "delivery.dead": "every try failed: a person gets it",
    "delivery.revived": "tried anew",
    "delivery.breaker_opened": "the operator fails again and again: left alone for a while",
    "delivery.breaker_half_open": "one delivery tries it again",
    "delivery.breaker_closed": "the operator answers again",
    "review.opened": "the regulator's side reviews it",
    "review.late": "LATE: nobody has decided in time",
    "review.proposed": "the secretariat proposes a decision",
    "review.voted": "a member of the commission has voted",
    "review.recused": "a member of the commission takes no part",
    "review.split": "no majority is possible any more: a new round",
    "review.refused": "REFUSED: somebody tried what they may not",
    "review.remove": "DECIDED: remove",
    "review.block_access": "DECIDED: keep it hidden",
    "review.not_harmful": "DECIDED: not harmful",
    "review.moot": "gone before anybody decided",
    "review.block_wanted": "to be hidden for now, in the operator's name",
    "review.block_claimed": "the operator says it is hidden for now",
    "review.block_seen": "hidden: we looked twice",
    "review.not_blocked": "NOT hidden while it is reviewed: a person gets it",
    "review.block_ends_soon": "the block ends soon without a decision",
    "review.block_expired": "the block has EXPIRED without a decision",
    "review.block_lasting": "it stays hidden",
    "review.block_ended": "nothing is left to hide",
    "review.lift_wanted": "to be shown again",
    "review.kept": "another open case keeps it hidden",
    "review.lift_claimed": "the operator says it is back",
    "review.restored": "RESTORED: it is back, we looked twice",
    "review.not_restored": "it ought to be back and is NOT: a person gets it",
    "remedies.serving_noted": "somebody is named who stands before a place",
    "remedies.serving_ended": "somebody stands before a place no more",
    "remedies.wanted": "another than the operator is to be asked",
    "remedies.sent": "another than the operator has received it",
    "remedies.claimed": "another than the operator says it has acted",
    "remedies.refused": "another than the operator says no",
    "remedies.unsure": "another than the operator is unsure",
    "remedies.undeliverable": "another than the operator cannot be asked: a person gets it",
    "remedies.claim_false": "another than the operator says it has acted, which is FALSE",
    "remedies.withdrawn": "nothing more is wanted of another",
    "remedies.lifted": "undone by another, by its own word",
    "tasks.opened": "a person is needed",
    "tasks.done": "a person has dealt with it",
    "tasks.resolved": "came right by itself",
    "arrival.upload_refused": "refused before it was published",
    "arrival.upload_doubtful": "published in doubt",
    "arrival.hook_down": "PLATFORMS that ask before they publish get no answer",
    "arrival.hook_back": "platforms get answers again",
    "hashbank.disputed": "found not harmful: acts by itself no more",
    "accounts.block_delegated": "an operator lets us block in its name",
    "accounts.upload_check_declared": "an operator asks before it publishes",
    "verification.gone_once": "gone at the first look",
    "verification.gone": "gone at the second look too",
    "verification.live_once": "we looked: still there, to be confirmed",
    "verification.live": "we looked again: it is there",
    "verification.unknown": "we looked and could not tell",
    "hashbank.withdrawn": "a known picture is withdrawn",
    "accounts.block_delegation_ended": "we may hide in its name no more",
    "hashbank.list_made": "a list of hashes is begun",
    "hashbank.imported": "many pictures are known from now on",
    "hashbank.collided": "some of them look like harmless ones: never by themselves",
    "hashbank.tier_raised": "a known picture carries more weight",
    "hashbank.feedback": "a platform says what it made of a hash",
    "hashbank.quarantined": "a FLOOD of hashes is put aside: a person must look",
    "hashbank.released": "a list is matched again",
    "hashbank.submitted": "a partner has sent hashes of its own",
    "hashbank.read": "a partner has read our lists",
    "hashbank.recall_told": "a partner is told of what was withdrawn",
    "hashbank.recall_acknowledged": "a partner has dropped what was withdrawn",
    "hashbank.ended": "some hashes have expired, and partners are to drop them",
    "hashbank.source_added": "a foreign list is fetched from now on",
    "hashbank.source_removed": "a foreign list is fetched no more",
    "by_hand.marked": "a place is marked: people decide there, and nothing acts by itself",
    "by_hand.ended": "two officials have ended the mark of a place",
    "by_hand.stormed": "far more reports than usual name one host: people decide there until somebody looked",
    "by_hand.storm_looked_at": "an official has looked at a storm of reports",
    "second_looks.made": "the log has drawn what is judged again",
    "second_looks.differed": "judged again, and seen differently",
    "second_looks.figures_read": "an auditor reads how people judge",
    "canaries.wrongful": "harmless pictures of ours WOULD have been asked for: a person finds out why",
    "hashbank.source_silent": "a foreign list has NOT come for a day: a person finds out why",
    "hashbank.source_back": "a foreign list comes again",
    "hashbank.pulled": "a page of a foreign list has come",
    "hashbank.pull_failed": "a foreign list could not be fetched; again later",
    "accounts.partner_registered": "a partner of the exchange is registered",
    "accounts.key_issued": "a key is issued",
    "accounts.key_ended": "a key is ended",
    "accounts.official_seated": "an official has a seat",
    "accounts.sign_in_issued": "a one-time sign-in is printed",
    "accounts.sign_in_used": "an official has signed in",
    "accounts.second_step_set_up": "an official has set up a second step",
    "accounts.second_step_removed": "an official has taken a second step away",
}
# Too many, or of no interest to somebody who watches.
_SILENT = {"verification.planned", "deadlines.passed"}
_STYLES = {
    "removal.verified": "bold green",
    "review.restored": "bold green",
    "review.block_expired": "bold red",
    "review.not_blocked": "bold red",
    "arrival.hook_down": "bold red",
    "delivery.dead": "bold red",
    "removal.claim_false": "bold red",
    "removal.overdue": "bold red",
    "removal.claimed": "yellow",
}


class Narrator:
    """Follows the record in a thread of its own until it is left."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._stop = threading.Event()
        self._telling = threading.Lock()
        self._thread = threading.Thread(target=self._follow, daemon=True, name="narrator")

    def __enter__(self) -> Self:
        self._last = newest_event_id()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._stop.is_set():
            self.catch_up()
            self._stop.wait(_PAUSE_S)
        self.catch_up()
        connection.close()

    def catch_up(self) -> None:
        """Tell everything that has happened by now."""
        with self._telling:
            try:
                for event in events_after(self._last):
                    self._last = event.pk
                    if event.name not in _SILENT:
                        self._console.print(line_about(event), soft_wrap=True)
            except Error:  # the database is away for a moment; the lines are not lost
                connection.close()


def line_about(event: Event) -> Text:
    """`18:31:04.218  1f3a  removal.claimed         the operator says it is removed`."""
    moment = localtime(event.at).strftime("%H:%M:%S.%f")[:-3]
    words = SENTENCES.get(event.name, "")
    facts = " ".join(
        f"{key}={str(value)[:24]}" for key, value in event.facts.items() if value not in ("", None)
    )
    line = Text(f"{moment}  {str(event.subject_id)[:4]}  {event.name:<23} ")
    line.append(words, style=_STYLES.get(event.name, ""))
    return line.append(f"  {facts}" if facts else "", style="dim")
