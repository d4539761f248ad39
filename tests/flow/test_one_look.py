"""What leaves the looker of a picture: little, grey, blurred, once, and from memory alone."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from board import Board
from django.conf import settings
from django.db import connection
from looks import begin, in_office, why_not
from people import COUNSELLOR
from PIL import Image
from steps import found
from work import do_all_jobs

from haetae.agencies.looks import queries
from haetae.agencies.looks.actions import CannotLookError
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.painting import CELLS, SHOWN_PX, painted
from haetae.agencies.looks.showing import show
from haetae.agencies.looks.states import Step
from haetae.common.ids import new_id
from haetae.connectors.base import NothingThereError, UnreachableError
from haetae.detect.hashing.frame import Frame
from haetae.detect.matching import Tier
from haetae.detect.opening import Why
from haetae.flow.arrival.actions import receive_report
from haetae.flow.openers import openers
from tests.detect.film_files import film
from tests.detect.hostile_pictures import pictures
from tests.detect.patterns import waves

pytestmark = pytest.mark.django_db


def pixels_of(png: bytes) -> np.ndarray:
    shown = Image.open(BytesIO(png))
    assert (shown.format, shown.mode) == ("PNG", "L")
    return np.asarray(shown, dtype=np.float64)


def stripes(width_px: int) -> Frame:
    """Black and white in turn, each so many pixels wide."""
    row = (np.arange(1200) // width_px % 2 * 255).astype(np.uint8)
    return Frame(luma=np.tile(row, (900, 1)))


def test_what_is_finer_than_a_cell_is_gone_and_what_is_coarser_stays() -> None:
    for step, finest_px in (
        (Step.BLURRED, 1200 // CELLS[Step.BLURRED]),
        (Step.CLEARER, 1200 // CELLS[Step.CLEARER]),
    ):
        fine, coarse = (pixels_of(painted(stripes(px), step=step)) for px in (max(1, finest_px // 8), 200))
        assert fine.std() < 20, step
        assert coarse.std() > 90, step
    middling = stripes(30)
    assert pixels_of(painted(middling, step=Step.BLURRED)).std() < 25, "told apart only by the clearer look"
    assert pixels_of(painted(middling, step=Step.CLEARER)).std() > 50


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 9000), (9000, 1), (7, 5), (3000, 4000)])
def test_it_is_small_whatever_the_shape(height: int, width: int) -> None:
    shown = pixels_of(painted(Frame(luma=np.full((height, width), 99, np.uint8)), step=Step.CLEARER))
    assert max(shown.shape) == SHOWN_PX
    assert np.all(shown == 99)


def test_a_film_that_keeps_black_at_sixteen_is_shown_with_its_whole_range() -> None:
    halves = np.repeat(np.array([[16, 235]], np.uint8), [100, 100], axis=1).repeat(80, axis=0)
    shown = pixels_of(painted(Frame(luma=halves, full_range=False), step=Step.BLURRED))
    assert (shown.min(), shown.max()) == (0, 255)


@pytest.mark.usefixtures("doubtful")
def test_the_picture_is_handed_over_once() -> None:
    begun = begin(in_office(COUNSELLOR))
    assert pixels_of(show(begun.pk)).shape[1] == SHOWN_PX
    assert why_not(show, look_id=begun.pk) == "look_used"


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (NothingThereError("http_410", "gone"), "http_410"),
        (UnreachableError("network_timeout", "late"), "network_timeout"),
    ],
)
def test_what_cannot_be_fetched_says_why_and_costs_no_look(board: Board, monkeypatch, trouble, code) -> None:
    counsellor = in_office(COUNSELLOR)
    begun = begin(counsellor)

    def fail(_locator: object) -> bytes:
        raise trouble

    monkeypatch.setattr(board, "read_media", fail)
    assert why_not(show, look_id=begun.pk) == code
    assert Look.objects.get().failure == code
    assert queries.left_today(counsellor) == 20


def hostile_files() -> list[tuple[str, bytes]]:
    """Every ninth of the set, which goes through all of its kinds, but for one that takes its ten seconds."""
    return [(name, data) for name, data in pictures()[::9] if "burns time" not in name]


# By number: who only collects the tests makes none of the files.
_HOSTILE_FILES = 11


def test_no_hostile_file_is_passed_over() -> None:
    assert len(hostile_files()) == _HOSTILE_FILES


@pytest.mark.parametrize("number", range(_HOSTILE_FILES))
def test_a_hostile_file_shows_little_or_nothing_and_the_next_one_is_looked_at(
    board: Board, coffee: bytes, number: int
) -> None:
    """Somebody reported it, so it waits for a person; the isolated opener has it, under the limits of any file."""
    name, data = hostile_files()[number]
    board.picture = data
    receive_report(link="https://board.example/p/1", form_key=new_id())
    do_all_jobs()
    counsellor = in_office(COUNSELLOR)
    begun = begin(counsellor, reason="check_report")
    shown = None
    with suppress(CannotLookError):
        shown = show(begun.pk)
    begun.refresh_from_db()
    assert (begun.state, begun.failure) == ("shown", "") if shown else begun.failure in set(Why), name
    assert len(shown or b"") < 200_000
    assert painted(openers().open(coffee).frames[0], step=Step.BLURRED)


def test_of_a_film_the_moment_is_shown_at_which_it_is_known(board: Board, make_known) -> None:
    """Sixty scenes, of which the fortieth is known: the sample of sixteen frames does not hold it."""
    scenes = [waves(height=96, width=128, seed=seed) for seed in range(60)]
    board.picture = film(scenes, "mp4")
    make_known(png_of(scenes[40]), tier=Tier.SELF_DECLARED)
    found()
    shown = pixels_of(show(begin(in_office(COUNSELLOR)).pk))
    wanted, first, middle = (
        pixels_of(painted(Frame(luma=scenes[at]), step=Step.BLURRED)) for at in (40, 0, 30)
    )
    assert alike(shown, wanted) > 0.9
    assert alike(shown, first) < 0.6
    assert alike(shown, middle) < 0.6


def png_of(luma: np.ndarray) -> bytes:
    png = BytesIO()
    Image.fromarray(luma).save(png, "PNG")
    return png.getvalue()


def alike(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


@pytest.mark.usefixtures("doubtful")
def test_nothing_of_it_lies_in_the_tables_or_on_the_disk(board: Board, tmp_path: Path, monkeypatch) -> None:
    """The bytes that were fetched and the PNG that was shown are looked for, in pieces, in every table and file."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    begun = begin(in_office(COUNSELLOR))
    shown = show(begun.pk)
    pieces = [part[len(part) // 2 :][:24] for part in (board.picture, shown)]
    written = b"".join(_every_table()) + b"".join(_every_file(tmp_path, Path(settings.HAETAE_HOME)))
    assert str(begun.pk).encode() in written, "the search finds what is there"
    for piece in pieces:
        for form in (piece, piece.hex().encode()):
            assert form not in written


def _every_table() -> list[bytes]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            rows += [row[0].encode() for row in cursor.fetchall()]
    return rows


def _every_file(*folders: Path) -> list[bytes]:
    return [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]
