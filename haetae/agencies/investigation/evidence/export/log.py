"""What the log holds of a piece of evidence, each event with its proof, and the signed head above them."""

import json

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from haetae.agencies.investigation.evidence.export import bag
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.audit import queries as events
from haetae.audit.canonical import canonical
from haetae.audit.heads import statement
from haetae.audit.proving import proven
from haetae.audit.succession import signer_of


def log_of(evidence: Evidence) -> dict[str, bytes]:
    """Files by their path below data/. What is not under a head yet has no leaf: it is true, and not proven yet."""
    head = events.newest_head()
    lines = [
        json.dumps(
            {
                "leaf": one.leaf,
                "path": [digest.hex() for digest in one.path],
                "event": json.loads(canonical(one.event)),
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        for one in proven(list(events.about([evidence.pk])), head)
    ]
    public = signer_of(events.signed_head(head) if head else None, settings.KEYS.public_keys("event-log"))
    files = {
        bag.EVENTS: ("\n".join(lines) + "\n").encode(),
        bag.PUBLIC_KEY: public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    }
    if head is not None:
        told = {"size": head.size, "at": head.at.isoformat(), "root": bytes(head.root).hex()}
        files[bag.HEAD] = (json.dumps(told, sort_keys=True) + "\n").encode()
        files[bag.HEAD_SIGNED] = statement(size=head.size, at=head.at, root=bytes(head.root))
        files[bag.HEAD_SIGNATURE] = bytes(head.signature)
    return files
