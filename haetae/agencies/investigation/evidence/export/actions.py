"""Handing a piece of evidence out: written down, with the digest of what goes, before a byte of it leaves."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from haetae.agencies.investigation.evidence import queries, rules
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.custody.actions import Use, unlocked_for, used
from haetae.agencies.investigation.evidence.export.bag import Handed, Held, bag_of, zipped
from haetae.agencies.investigation.evidence.export.log import log_of
from haetae.agencies.investigation.evidence.states import Act
from haetae.common import clock


@dataclass(frozen=True, kw_only=True)
class HandedOut:
    """One file, and what it is called."""

    name: str
    content: bytes
    digest: str


def hand_out(*, evidence_id: UUID, use: Use, reference: str, official_id: UUID) -> HandedOut:
    """A bag for a court or an office, of a piece that its holder may use. Raises CannotKeepError."""
    problem = rules.why_not_reference(reference)
    if problem:
        raise CannotKeepError(problem)
    package = unlocked_for(evidence_id, use=use, official_id=official_id)
    evidence, now = queries.get_evidence(evidence_id), clock.now()
    key = queries.file_key(evidence)
    chain = [
        Held(
            at=one.at,
            act=one.act,
            by=str(one.by_id),
            to=str(one.to_id or ""),
            purpose=one.purpose,
            reason=queries.reason_of(one, key=key),
            digest=one.digest,
        )
        for one in queries.chain_of(evidence)
    ]
    handed = Handed(
        evidence=str(evidence_id),
        reference=reference.strip(),
        purpose=use.purpose,
        at=now,
        authority=evidence.stamp_authority,
    )
    files = bag_of(
        package, stamp=bytes(evidence.stamp or b""), chain=chain, log=log_of(evidence), handed=handed
    )
    name = f"evidence-{str(evidence_id)[:8]}"
    content = zipped(files, folder=name)
    digest = hashlib.sha256(content).hexdigest()
    used(evidence_id=evidence_id, act=Act.EXPORTED, use=use, digest=digest, official_id=official_id)
    return HandedOut(name=f"{name}.zip", content=content, digest=digest)
