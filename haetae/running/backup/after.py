"""The second half of a restore, in Django: the log goes on, what was taken back is taken back, and all is checked."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from haetae.audit.actions import log_restored
from haetae.audit.actor import SYSTEM
from haetae.audit.heads import keys_beside, lines_of
from haetae.audit.merkle import Tree
from haetae.audit.queries import leaf_digests, successions
from haetae.audit.rows import next_index, rows_beside
from haetae.audit.sealer import Sealer
from haetae.audit.succession import LogKeys, SignedSuccession
from haetae.audit.verify import verify_log
from haetae.common import clock
from haetae.common.keys import Keys
from haetae.running.backup import evidence, logcopy, shelf
from haetae.running.backup.rejoining import Joined, join_again
from haetae.running.backup.replaying import replay
from haetae.running.backup.restoring import Asked, Restored, report_for_people, set_sequence_of_events
from haetae.running.installation import Installation
from haetae.running.loops import HEADS


def carry_on(
    here: Installation,
    restored: Restored,
    *,
    stand: Path,
    asked: Asked,
    keys: Keys,
    say: Callable[[str], None],
) -> None:
    """Twice in a row it would change nothing more; what is wrong is added to `restored`."""
    heads, manifest = settings.HAETAE_HOME / HEADS, restored.manifest
    _see_root(restored)
    for source in dict.fromkeys([stand, asked.journal or stand]):
        logcopy.lay_out(source, heads, after=manifest.log_rows, identity=asked.identity)
    key = keys.log_key.public_key()
    changes = [*successions(), *lines_of(keys_beside(heads), SignedSuccession.from_fields)]
    joined = join_again(heads, keys=LogKeys(key, changes))
    set_sequence_of_events(here)
    _give_up_what_is_lost(heads, joined)
    restored.joined_rows, restored.lost_rows = joined.kept - manifest.log_rows, joined.lost
    say(f"log: {joined.kept} rows, {restored.joined_rows} of them newer than the backup, {joined.lost} lost")
    restored.replayed = replay(joined.events)
    _declare(restored, joined, keys=keys)
    gone = {str(event.facts.get("digest")) for event in joined.events if event.name == "evidence.destroyed"}
    wanted = set(manifest.evidence) - gone
    evidence.put_back(stand, settings.EVIDENCE, wanted=wanted)
    some = evidence.some(wanted)
    restored.evidence_checked = len(some)
    restored.wrong += [
        f"evidence {name} is missing, or damaged" for name in evidence.damaged(settings.EVIDENCE, some)
    ]
    while Sealer(key=keys.log_key, outside=heads).seal():
        pass
    restored.newest_known_at = max(
        [event.at for event in joined.events] + ([joined.newest.at] if joined.newest else []), default=None
    )
    report = verify_log(key=key, outside=heads, roots=None)
    restored.wrong += [finding.words for finding in report.findings]
    path = report_for_people(here.home, restored, at=clock.now())
    say(f"what was not done again stands in {path}")


def _see_root(restored: Restored) -> None:
    """The chain of the backup is the one that was backed up."""
    root = Tree(leaf_digests(size=restored.manifest.log_rows)).root().hex()
    if root != restored.manifest.log_root:
        restored.wrong.append("the log in the database is not the one that was backed up")


def _give_up_what_is_lost(heads: Path, joined: Joined) -> None:
    """Rows without a head that agrees are put aside: the log goes on from where it can be proven, with other rows."""
    rows = rows_beside(heads)
    if rows.exists() and next_index(rows) != joined.kept:
        rows.rename(rows.with_name(f"{rows.name}-given-up-{shelf.name_at(clock.now())}"))


def _declare(restored: Restored, joined: Joined, *, keys: Keys) -> None:
    """Said in the log itself, so that whoever holds a newer head sees a restore and no forgery."""
    log_restored(
        made_at=datetime.fromisoformat(restored.manifest.made_at),
        backup=restored.manifest.log_rows,
        kept=joined.kept,
        until=joined.until,
        root=joined.newest.root.hex() if joined.newest and joined.lost else "",
        key=keys.log_key,
        actor=SYSTEM,
    )
