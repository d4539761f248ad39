"""A bag for a court (BagIt 1.0, RFC 8493), made in memory: evidence in the clear is written on no disk of ours. Pure.

`sha256sum -c`, `openssl ts -verify` and any BagIt program check it on a machine that never heard of haetae.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from haetae.agencies.investigation.evidence.capture.packing import MANIFEST, Package
from haetae.agencies.investigation.evidence.capture.recording import utc
from haetae.common.manifests import manifest

STAMP: Final = "manifest.json.tsr"
CUSTODY_JSON, CUSTODY_TEXT = "custody.json", "custody.txt"
EVENTS, HEAD, HEAD_SIGNED, HEAD_SIGNATURE, PUBLIC_KEY = (
    "log/events.jsonl",
    "log/head.json",
    "log/head.signed",
    "log/head.signature",
    "log/public-key.pem",
)
README: Final = "README.txt"
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_HOW: Final = """\
EVIDENCE {evidence}
Handed out for {reference} on {at}. 이 사본은 {reference} 사건을 위하여 {at}에 교부되었습니다.

It may be used for this purpose alone / 다음 목적으로만 사용할 수 있습니다: {purpose}

HOW TO CHECK IT (in this folder) / 확인 방법 (이 폴더에서)
  1. Every file / 모든 파일:    sha256sum -c manifest-sha256.txt
                               sha256sum -c tagmanifest-sha256.txt
  2. As a bag / BagIt:          bagit.py --validate .
  3. The time stamp / 시점 확인:
     openssl ts -verify -data data/{manifest} -in data/{stamp} -CAfile ROOT.pem
     ROOT.pem is the root of the authority that stamped it ({authority}); take it from the authority, not from here.
     ROOT.pem은 시점확인 기관의 최상위 인증서이며, 이 사본이 아니라 기관에서 직접 받아야 합니다.
  4. The signed head / 기록 서명:
     openssl pkeyutl -verify -pubin -inkey data/log/public-key.pem -rawin -in data/log/head.signed
       -sigfile data/log/head.signature          (one line; OpenSSL 3 or newer)
     Compare the public key with the one that the agency publishes. 공개키는 기관이 공표한 것과 대조하십시오.
  5. All of it, and each event's place in the log / 전체: haetae evidence verify . --roots ROOT.pem

WHAT IS IN IT / 구성
  data/{manifest}      what was kept, with the SHA-256 of each file; this is what was stamped
  data/capture.warc.gz    the visit: questions, answers, the page's own text (ISO 28500)
  data/page.txt           what the page said, as text
  data/custody.txt, .json who held it from when to when, and who opened it for what
  data/log/               the events of it in the agency's sealed log, each with its proof
No picture is in it: of each picture that the page named, address, size and SHA-256 stand in the manifest.
이미지는 들어 있지 않습니다. 각 이미지의 주소, 크기, SHA-256만 manifest에 있습니다.
"""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One link of the chain, as a court reads it."""

    at: datetime
    act: str
    by: str
    to: str
    purpose: str
    reason: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Handed:
    """For whom this copy is, and for what."""

    evidence: str
    reference: str
    purpose: str
    at: datetime
    authority: str


def bag_of(
    package: Package,
    *,
    stamp: bytes,
    chain: Sequence[Held],
    log: Mapping[str, bytes],
    handed: Handed,
) -> dict[str, bytes]:
    """Every file of the bag, by its path in it. `log` are files by their path below data/."""
    told = {
        "evidence": handed.evidence,
        "reference": handed.reference,
        "purpose": handed.purpose,
        "at": utc(handed.at),
        "authority": handed.authority,
    }
    payload = {
        MANIFEST: package.manifest,
        **package.files,
        STAMP: stamp,
        CUSTODY_JSON: _json([_link(one) for one in chain]),
        CUSTODY_TEXT: chain_text(chain).encode(),
        **log,
    }
    data = {f"data/{name}": content for name, content in payload.items()}
    octets = sum(len(content) for content in data.values())
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": (
            f"Bagging-Date: {handed.at.date().isoformat()}\n"
            f"Payload-Oxum: {octets}.{len(data)}\n"
            f"External-Identifier: {handed.evidence}\n"
            f"Internal-Sender-Identifier: {handed.reference}\n"
        ).encode(),
        README: _HOW.format(manifest=MANIFEST, stamp=STAMP, **told).encode(),
        "manifest-sha256.txt": manifest(data),
    }
    return data | tags | {"tagmanifest-sha256.txt": manifest(tags)}


def zipped(files: Mapping[str, bytes], *, folder: str) -> bytes:
    """In one folder, in the order of their names, without a time: the same files are the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", date_time=_NO_TIME)
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=6)
    return made.getvalue()


def _link(one: Held) -> dict[str, Any]:
    return {
        "at": utc(one.at),
        "act": one.act,
        "by": one.by,
        "to": one.to,
        "purpose": one.purpose,
        "reason": one.reason,
        "digest": one.digest,
    }


def chain_text(chain: Sequence[Held]) -> str:
    """The chain as people read it, a link a line."""
    lines = []
    for one in chain:
        to = f" -> {one.to}" if one.to else ""
        why = f"  [{one.purpose}] {one.reason}" if one.purpose else ""
        lines.append(f"{utc(one.at)}  {one.act:18}  {one.by}{to}{why}")
    return "\n".join(lines) + "\n"


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
