"""Files of any size and kind get an answer, and a folder means everything below it."""

import hashlib
import os

import pytest

from haetae.detect import Bank, KnownHash, Limits, OpenerPool, Tier, Verdict, examine_file
from haetae.detect.files import could_be_read
from haetae.detect.places import places_of
from tests.detect import media_files as made
from tests.detect.patterns import waves

SMALL = made.encoded(waves(height=60, width=80, seed=1))


def test_a_picture_is_examined(tmp_path, openers):
    file = tmp_path / "picture"
    file.write_bytes(SMALL)
    assert examine_file(file, bank=Bank(), openers=openers).verdict is Verdict.NOTHING


def test_a_file_far_beyond_the_limit_is_hashed_and_not_opened(tmp_path):
    file = tmp_path / "large.jpg"
    with file.open("wb") as written:
        written.write(b"\xff\xd8\xff")
        written.truncate(300 * 1024**2)
    with OpenerPool(limits=Limits(bytes_most=1024)) as openers:
        finding = examine_file(file, bank=Bank(), openers=openers)
        assert openers.process_ids() == ()
    with file.open("rb") as read:
        assert finding.fingerprints.sha256 == hashlib.file_digest(read, "sha256").hexdigest()
    assert (finding.verdict, finding.media.size_bytes) == (Verdict.UNDETERMINED, 300 * 1024**2)
    assert finding.signals[0].facts == {"why": "too_many_bytes", "format": "jpeg"}


def test_a_large_file_is_still_known_by_its_sha256(tmp_path):
    file = tmp_path / "film"
    file.write_bytes(bytes(5000))
    known = KnownHash(
        entry_id="e",
        list_name="l",
        tier=Tier.OPERATOR_CONFIRMED,
        sha256=hashlib.sha256(bytes(5000)).hexdigest(),
    )
    with OpenerPool(limits=Limits(bytes_most=1024)) as openers:
        assert examine_file(file, bank=Bank([known]), openers=openers).verdict is Verdict.REQUEST


@pytest.mark.parametrize("name", ["missing.jpg", "null\0.jpg", "x" * 300])
def test_what_cannot_be_read_is_undetermined_with_the_problem(tmp_path, openers, name):
    finding = examine_file(tmp_path / name, bank=Bank(), openers=openers)
    assert (finding.verdict, finding.fingerprints) == (Verdict.UNDETERMINED, None)
    assert "could not be read" in finding.reasons[0].words
    assert not could_be_read(finding)


def test_a_pipe_is_answered_without_waiting_for_a_writer(tmp_path, openers):
    os.mkfifo(tmp_path / "pipe.jpg")
    finding = examine_file(tmp_path / "pipe.jpg", bank=Bank(), openers=openers)
    assert finding.signals[0].facts["why"] == "not_a_file"
    assert could_be_read(finding)


def test_a_folder_is_walked_in_order_and_links_are_not_followed(tmp_path):
    (tmp_path / "b" / "deep").mkdir(parents=True)
    for name in ("b/deep/3", "b/2", "a"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "c").symlink_to(tmp_path / "a")
    (tmp_path / "loop").symlink_to(tmp_path)
    places = [(str(place.path.relative_to(tmp_path)), place.refused) for place in places_of([tmp_path])]
    assert places == [
        ("a", None),
        ("b/2", None),
        ("b/deep/3", None),
        ("c", "not_a_file"),
        ("loop", "not_a_file"),
    ]


def test_paths_keep_the_order_in_which_they_were_given(tmp_path):
    given = [tmp_path / name for name in ("z", "a", "null\0")]
    assert [place.path for place in places_of(given)] == given
