"""A public page is kept as it was, without a single picture, and a stamp says since when."""

import gzip
import io
import json

import pytest
from warcio.archiveiterator import ArchiveIterator

from haetae.agencies.investigation.evidence.capture import actions
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.capture.stripping import without_imagery
from haetae.agencies.investigation.evidence.capture.text import text_of
from haetae.agencies.investigation.evidence.custody import actions as custody
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.agencies.investigation.evidence.states import Origin, State
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.audit.models import Event
from tests import people
from tests.connectors.other_side import Reply
from tests.evidence import (
    PAGE,
    PICTURE,
    ask_in,
    ask_to_keep,
    held_page,
    keeper,
    public_page,
    sealed_page,
    stamping,
)
from tests.evidence import stored_file as lies_at
from tests.investigations import begin_file, officer
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    with public_page() as opened:
        yield opened


@pytest.fixture
def authority(tmp_path):
    with stamping(tmp_path / "authority") as working:
        yield working


def test_what_is_kept_is_the_page_its_headers_and_no_picture(site, authority):
    min_ = keeper()
    evidence_id = held_page(site, min_)
    package = custody.open_one(evidence_id=evidence_id, use=min_.use(), official_id=min_.official.pk)
    records = [
        (one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read())
        for one in ArchiveIterator(io.BytesIO(package.files["capture.warc.gz"]))
    ]
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "request", "metadata", "metadata"]
    assert records[1][2] == PAGE
    assert "A heron by the lake" in package.files["page.txt"].decode()
    everything = gzip.decompress(package.files["capture.warc.gz"]) + package.manifest
    assert PICTURE[:64] not in everything
    picture = json.loads(package.manifest)["seen"]["pictures"][0]
    assert picture["size_bytes"] == len(PICTURE)
    assert picture["kept"] is False


def test_the_questions_are_those_that_were_asked(site, authority):
    min_ = keeper()
    package = custody.open_one(
        evidence_id=held_page(site, min_), use=min_.use(), official_id=min_.official.pk
    )
    raw = gzip.decompress(package.files["capture.warc.gz"])
    asked = next(one for one in site.asked if one.path == "/p/17")
    for name, value in asked.headers.items():
        assert f"{name.lower()}: {value}".encode() in raw.lower()


def test_it_is_locked_for_its_custodians_outside_the_database(site, authority):
    keeper()
    evidence = sealed_page(site)
    path = lies_at(evidence)
    assert evidence.state == State.SEALED
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"heron" not in path.read_bytes()
    row = Evidence.objects.values().get(pk=evidence.pk)
    assert site.origin not in str(
        {name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()}
    )


def test_without_an_authority_it_is_kept_and_nobody_calls_it_sealed(site):
    keeper()
    assert sealed_page(site).state == State.CAPTURED


def test_a_stamp_of_another_document_is_refused_and_asked_for_again(site, authority):
    keeper()
    authority.misbehaves = "other_digest"
    evidence = sealed_page(site)
    assert evidence.state == State.CAPTURED
    assert Event.objects.get(name="evidence.not_stamped").facts["code"] == "stamp_other_digest"


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, b"", "http_404"),
        (403, b"no", "http_403"),
        (200, b"<html><form><input type=password></form></html>", "login_page"),
        (200, b"\x00\x01binary", "no_text"),
    ],
)
def test_what_is_not_public_or_not_there_is_said_and_not_kept(site, authority, status, body, code):
    keeper()
    site.will("GET /p/17", Reply(status=status, body=body, headers={"content-type": "text/html"}))
    evidence = sealed_page(site)
    assert (evidence.state, evidence.why_not) == (State.NOT_CAPTURED, code)


def test_an_address_inside_the_house_is_not_visited(authority):
    keeper()
    _, evidence = ask_to_keep("http://127.0.0.1:9/p/1")
    do_all_jobs()
    evidence.refresh_from_db()
    assert evidence.why_not.startswith("refused_")


def test_without_a_custodian_nothing_is_asked(site):
    park = officer()
    opened = begin_file(park)
    with pytest.raises(CannotKeepError, match="evidence_no_custodian"):
        ask_in(opened, f"{site.origin}/p/17", by=park)


@pytest.mark.parametrize(
    "address", ["", "heron", "ftp://a.example/x", "https://", "https://u:p@a.example/", "https://a b"]
)
def test_what_is_no_address_of_the_web_is_refused(address):
    keeper()
    park = officer()
    with pytest.raises(CannotKeepError, match="evidence_address"):
        ask_in(begin_file(park), address, by=park)


def test_a_stranger_to_the_file_asks_for_nothing_in_it(site):
    keeper()
    opened = begin_file(officer())
    with pytest.raises(NotYoursError, match="file_of_others"):
        ask_in(opened, f"{site.origin}/p/17", by=officer(people.THIRD_OFFICER))


def test_material_of_an_operation_is_locked_away_as_text(authority):
    min_, park = keeper(), officer()
    opened = begin_file(park)
    evidence = actions.keep_material(
        investigation_id=opened.investigation.pk,
        origin=Origin.UNDERCOVER,
        text="The seller named a price at 21:04.",
        form_key=opened.investigation.pk,
        official_id=park.pk,
    )
    do_all_jobs()
    custody.take(evidence_id=evidence.pk, official_id=min_.official.pk)
    package = custody.open_one(evidence_id=evidence.pk, use=min_.use(), official_id=min_.official.pk)
    assert package.files["material.txt"] == b"The seller named a price at 21:04.\n"


def test_a_picture_within_the_page_is_taken_out_and_the_rest_stays():
    import base64

    data = base64.b64encode(PICTURE)
    page = (
        b"<p>one</p><img src='data:image/png;base64,"
        + data
        + b"'><script>x=\""
        + data
        + b'"</script><p>two</p>'
    )
    stripped = without_imagery(page)
    assert stripped.taken_out == 2
    assert data[:80] not in stripped.body
    assert stripped.body.startswith(b"<p>one</p>")
    assert stripped.body.endswith(b"<p>two</p>")
    assert without_imagery(PAGE).body == PAGE


def test_the_text_of_a_page_is_what_somebody_would_have_read():
    page = "<title>T</title><style>a{}</style><!-- <p>no</p> --><p>1 < 2 &amp; 한</p><script>a<b</script>끝".encode()
    assert text_of(page, content_type="text/html; charset=utf-8").split("\n") == [
        "T",
        "",
        "1 < 2 & 한",
        "끝",
        "",
    ]
