"""Evidence for trial on a clean machine: what a court gets proves itself with stock tools and without a database."""

import hashlib
import io
import json
import shutil
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from haetae.agencies.investigation.evidence import queries
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.custody import actions as custody
from haetae.agencies.investigation.evidence.export.actions import hand_out
from haetae.agencies.investigation.evidence.export.bag import Held, chain_text
from haetae.agencies.investigation.evidence.export.verifying import check_bag
from haetae.agencies.investigation.evidence.states import Act, State
from haetae.audit.models import Event
from haetae.audit.sealer import Sealer
from tests.evidence import REASON, held_page, keeper, public_page, stamping, stock
from tests.stamping import make_authority

pytestmark = pytest.mark.django_db
# The library's own program, as a court's clerk would run it: importing it warns of what it is built on.
_BAGIT = Path(sys.executable).with_name("bagit.py")
NUMBER = "2026고단1234"


@pytest.fixture
def authority(tmp_path):
    with stamping(tmp_path / "authority") as working:
        yield working


@pytest.fixture
def handed_out(authority, tmp_path):
    """A bag as a court unpacks it, and who handed it out."""
    min_ = keeper()
    with public_page() as site:
        piece = held_page(site, min_)
    Sealer(key=settings.KEYS.log_key, outside=tmp_path / "heads.jsonl").seal()
    out = hand_out(evidence_id=piece, use=min_.use(), reference=NUMBER, official_id=min_.official.pk)
    folder = tmp_path / "court"
    zipfile.ZipFile(io.BytesIO(out.content)).extractall(folder)
    return piece, min_, out, next(folder.iterdir())


def test_stock_tools_find_it_whole(handed_out, authority):
    _, _, _, bag = handed_out
    for sums in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        assert stock("sha256sum", "-c", "--strict", sums, at=bag).returncode == 0
    checked = stock(sys.executable, "-W", "ignore", str(_BAGIT), "--validate", str(bag), at=bag)
    assert checked.returncode == 0, checked.stderr
    roots = str(authority.roots_file)
    stamped = stock(
        "openssl", "ts", "-verify", "-data", "data/manifest.json", "-in", "data/manifest.json.tsr", "-CAfile", roots,
        at=bag,
    )  # fmt: skip
    assert "Verification: OK" in stamped.stdout + stamped.stderr
    head = stock(
        "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "data/log/public-key.pem", "-rawin",
        "-in", "data/log/head.signed", "-sigfile", "data/log/head.signature", at=bag,
    )  # fmt: skip
    assert head.returncode == 0, head.stderr


def test_our_own_command_needs_no_database(handed_out, authority):
    _, _, _, bag = handed_out
    command = [sys.executable, "-m", "haetae", "evidence", "verify", str(bag), "--json"]
    done = stock(*command, "--roots", str(authority.roots_file), at=bag)
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert told["ok"]
    assert told["authority_trusted"]
    assert told["events_proven"] >= 3
    assert stock(*command, at=bag).returncode == 0
    assert stock(*command[:5], str(bag.parent), at=bag).returncode == 2


def test_a_stamp_of_another_authority_is_not_believed(handed_out, tmp_path):
    _, _, _, bag = handed_out
    other = make_authority(tmp_path / "other", name="Another authority")
    found = check_bag(bag, roots=[other.root])
    assert not found.ok
    assert "not trusted" in found.wrong[0]


def test_every_file_that_is_altered_missing_or_added_is_found(handed_out, authority, tmp_path):
    _, _, _, bag = handed_out
    names = [path.relative_to(bag) for path in sorted(bag.rglob("*")) if path.is_file()]
    assert len(names) >= 14
    for name in names:
        for spoil in ("altered", "missing"):
            copy = tmp_path / "copy"
            shutil.copytree(bag, copy)
            if spoil == "altered":
                (copy / name).write_bytes((copy / name).read_bytes() + b" ")
            else:
                (copy / name).unlink()
            done = (
                stock(sys.executable, "-m", "haetae", "evidence", "verify", str(copy), at=copy)
                if (name.name == "manifest.json")
                else None
            )
            try:
                wrong = check_bag(copy, roots=[authority.root]).wrong
            except ValueError:
                wrong = ["no bag"]
            # The list of lists stands in no list: what it says of the others is still checked.
            assert wrong or name.name == "tagmanifest-sha256.txt", f"{name} {spoil}"
            assert done is None or done.returncode != 0
            shutil.rmtree(copy)
    (bag / "data" / "more.txt").write_text("more")
    assert check_bag(bag).wrong == ["in no list: data/more.txt"]


@pytest.mark.parametrize("how", ["another holder", "a link left out", "a link put in", "only the text"])
def test_a_chain_that_was_rewritten_with_every_list_is_found_by_the_log(handed_out, authority, how):
    _, _, _, bag = handed_out
    chain, text = bag / "data" / "custody.json", bag / "data" / "custody.txt"
    links = json.loads(chain.read_text())
    if how == "only the text":
        text.write_text(text.read_text().replace("taken", "given", 1))
    else:
        links = {
            "another holder": [links[0] | {"by": "somebody else"}, *links[1:]],
            "a link left out": links[1:],
            "a link put in": [*links, links[0] | {"act": "received"}],
        }[how]
        chain.write_text(json.dumps(links))
        told = [Held(**link | {"at": datetime.fromisoformat(link["at"])}) for link in links]
        text.write_text(chain_text(told))
    made_anew(bag)
    assert check_bag(bag, roots=[authority.root]).wrong


def made_anew(bag: Path) -> None:
    """Every list of the bag over what lies in it now."""
    for sums in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        lines = [line.split("  ", 1)[1] for line in (bag / sums).read_text().splitlines()]
        (bag / sums).write_text(
            "".join(f"{hashlib.sha256((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in lines)
        )


def test_a_stamp_and_lists_made_anew_over_another_manifest_do_not_agree(handed_out, authority):
    """Whoever alters the manifest and writes every list anew has no stamp of it."""
    _, _, _, bag = handed_out
    manifest = bag / "data" / "manifest.json"
    manifest.write_bytes(
        manifest.read_bytes().replace(b"Board", b"Bored").replace(b'"status":200', b'"status":201')
    )
    made_anew(bag)
    assert [words.split(":")[0] for words in check_bag(bag, roots=[authority.root]).wrong] == [
        "the time stamp"
    ]


def test_who_took_it_and_for_what_is_written_down_before_it_leaves(handed_out):
    piece, min_, out, bag = handed_out
    event = Event.objects.get(name="evidence.exported")
    assert event.facts["digest"] == out.digest
    chain = json.loads((bag / "data" / "custody.json").read_text())
    assert [one["act"] for one in chain] == ["taken"]
    assert queries.chain_of(queries.get_evidence(piece))[-1].act == Act.EXPORTED
    assert REASON not in str(list(Event.objects.values()))
    custody.release(evidence_id=piece, use=min_.use(), official_id=min_.official.pk)
    assert queries.get_evidence(piece).state == State.RELEASED


def test_without_the_number_of_a_court_nothing_is_handed_out(authority):
    min_ = keeper()
    with public_page() as site:
        piece = held_page(site, min_)
    with pytest.raises(CannotKeepError, match="export_reference"):
        hand_out(evidence_id=piece, use=min_.use(), reference="the court", official_id=min_.official.pk)
