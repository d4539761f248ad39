"""A known film is found inside an upload, with its times; what different films share is not a film."""

import random

import pytest

from haetae.detect.finding import Turn, Variant
from haetae.detect.matching import HashMatch, KnownHash, Tier
from haetae.detect.matching.clips import CLIPS_MOST, Clip, FrameMatch, clips_of

SECOND = 1000
LONG = [number * SECOND for number in range(100)]  # a known film of a hundred frames, one a second


def look(number: int) -> str:
    """A hash that is about 128 bits from every other."""
    return f"{random.Random(number).getrandbits(256):064x}"


def frame(
    shown_ms: int,
    known_ms: int | None,
    *,
    entry: str = "film",
    pdq: str | None = None,
    agree: bool = True,
    benign_too: bool = False,
    lasts_ms: int = 0,
    turn: Turn = Turn.UPRIGHT,
) -> FrameMatch:
    known = KnownHash(
        entry_id=entry,
        list_name="list",
        tier=Tier.OPERATOR_CONFIRMED,
        pdq=pdq or look(known_ms or 0),
        dhash=look(7),
        at_ms=known_ms,
    )
    match = HashMatch(
        entry=known,
        distance_bits=4,
        exact=False,
        confirmed=agree and known_ms is None,
        variant=Variant.WHOLE,
        at_ms=shown_ms,
        turn=turn,
        both_agree=agree,
    )
    return FrameMatch(from_ms=shown_ms, to_ms=shown_ms + lasts_ms, match=match, benign_too=benign_too)


def clips(matches: list[FrameMatch], moments: list[int] = LONG) -> list[Clip]:
    return clips_of(matches, moments_of=lambda _: moments)


def copy(seconds: range, *, at_s: int, **more: object) -> list[FrameMatch]:
    return [frame((at_s + place) * SECOND, known * SECOND, **more) for place, known in enumerate(seconds)]


def told(found: list[Clip]) -> list[tuple[int, int, int, bool]]:
    return [(clip.from_ms, clip.to_ms, clip.share_percent, clip.confirmed) for clip in found]


def test_a_film_in_the_middle_of_a_longer_upload_is_found_with_its_times():
    assert told(clips(copy(range(100), at_s=3600))) == [(3_600_000, 3_699_000, 100, True)]


def test_half_of_it_is_enough_and_a_third_is_a_lead_for_a_person():
    assert told(clips(copy(range(25, 75), at_s=0))) == [(0, 49_000, 50, True)]
    assert told(clips(copy(range(25, 58), at_s=0))) == [(0, 32_000, 33, False)]


def test_more_than_a_minute_of_a_very_long_film_is_enough():
    very_long = [number * SECOND for number in range(5000)]
    assert told(clips(copy(range(900, 961), at_s=10), very_long)) == [(10_000, 70_000, 1, True)]
    assert told(clips(copy(range(900, 959), at_s=10), very_long)) == [(10_000, 68_000, 1, False)]


def test_a_copy_with_a_second_cut_out_is_one_showing():
    assert told(clips([*copy(range(30), at_s=0), *copy(range(31, 71), at_s=30)])) == [(0, 69_000, 70, True)]


def test_a_copy_with_a_scene_cut_out_is_told_in_pieces_and_judged_as_a_whole():
    pieces = [*copy(range(30), at_s=0), *copy(range(50, 90), at_s=30)]
    assert told(clips(pieces)) == [(30_000, 69_000, 40, True), (0, 29_000, 30, True)]


def test_a_copy_with_its_scenes_in_another_order_is_told_in_pieces_and_judged_as_a_whole():
    pieces = [*copy(range(50, 90), at_s=0), *copy(range(30), at_s=40)]
    assert told(clips(pieces)) == [(0, 39_000, 40, True), (40_000, 69_000, 30, True)]


def test_a_copy_with_other_footage_put_in_between_is_found_in_pieces():
    pieces = [*copy(range(30), at_s=0), *copy(range(30, 60), at_s=60)]
    assert told(clips(pieces)) == [(0, 29_000, 30, True), (60_000, 89_000, 30, True)]


@pytest.mark.parametrize("pace", [0.6, 0.8, 1.25, 1.9])
def test_a_copy_that_runs_faster_or_slower_is_found(pace):
    matches = [frame(round(known / pace), known) for known in LONG]
    ((begin, end, share, sure),) = told(clips(matches))
    assert (begin, share, sure) == (0, 100, True)
    assert abs(end - 99_000 / pace) < 2


def test_a_film_that_is_shown_twice_is_told_twice():
    twice = [*copy(range(100), at_s=0), *copy(range(100), at_s=200)]
    assert told(clips(twice)) == [(0, 99_000, 100, True), (200_000, 299_000, 100, True)]


def test_a_mirrored_copy_is_found_and_named_so():
    (clip,) = clips(copy(range(100), at_s=0, turn=Turn.MIRRORED))
    assert clip.confirmed
    assert clip.facts["turn"] == Turn.MIRRORED


def test_frames_that_are_there_in_any_order_are_no_film():
    order = list(range(100))
    random.Random(3).shuffle(order)
    found = clips([frame(place * SECOND, known * SECOND) for place, known in enumerate(order)])
    assert not any(clip.confirmed for clip in found)


def test_frames_in_reverse_are_no_film():
    assert not any(clip.confirmed for clip in clips(copy(range(99, -1, -1), at_s=0)))


def test_a_title_card_that_two_films_share_confirms_neither():
    card = [frame(second * SECOND, second * SECOND, pdq=look(1)) for second in range(8)]
    assert told(clips(card)) == [(0, 7_000, 8, False)]


def test_a_title_card_confirms_no_film_however_long_it_is_shown():
    card = [frame(0, second * SECOND, pdq=look(1), lasts_ms=99 * SECOND) for second in range(100)]
    assert told(clips(card)) == [(0, 99_000, 100, False)]


def test_a_moving_sign_of_a_studio_confirms_no_film():
    assert told(clips(copy(range(15), at_s=0))) == [(0, 14_000, 15, False)]


def test_a_slide_show_that_shares_a_few_slides_is_not_the_other():
    slides = [number * 20 * SECOND for number in range(30)]
    shared = [frame(slides[number], slides[number], lasts_ms=20 * SECOND) for number in (0, 1, 2)]
    (clip,) = clips(shared, slides)
    assert not clip.confirmed


def test_one_family_alone_confirms_no_film():
    assert told(clips(copy(range(100), at_s=0, agree=False))) == [(0, 99_000, 100, False)]


def test_a_few_frames_may_convince_one_family_alone():
    mixed = [frame(known, known, agree=known % 4000 != 0) for known in LONG]
    assert told(clips(mixed)) == [(0, 99_000, 100, True)]
    mixed = [frame(known, known, agree=known % 2000 != 0) for known in LONG]
    assert told(clips(mixed)) == [(0, 99_000, 100, False)]


def test_frames_that_are_known_to_be_harmless_do_not_count():
    assert told(clips(copy(range(100), at_s=0, benign_too=True))) == [(0, 99_000, 100, False)]


def test_a_film_known_by_one_frame_is_never_sure():
    assert told(clips([frame(5000, 0)], [0])) == [(5000, 5000, 100, False)]


def test_a_film_that_stands_still_but_for_a_few_looks_needs_nearly_all_of_them():
    three = [0, 10_000, 20_000]
    assert told(clips([frame(at, at) for at in three], three)) == [(0, 20_000, 100, True)]
    assert told(clips([frame(at, at) for at in three[:2]], three)) == [(0, 10_000, 66, False)]


def test_a_known_picture_shown_in_a_film_is_a_match_with_the_time_it_stands():
    shown = [frame(4000, None, entry="still", lasts_ms=900), frame(4940, None, entry="still", lasts_ms=300)]
    again = frame(60_000, None, entry="still", lasts_ms=40)
    found = clips([*shown, again])
    assert told(found) == [(4000, 5240, 100, True), (60_000, 60_040, 100, True)]
    assert not any(clip.facts["film"] for clip in found)


def test_a_known_picture_that_one_family_sees_is_for_a_person():
    assert told(clips([frame(4000, None, agree=False)])) == [(4000, 4000, 100, False)]


def test_two_entries_are_told_apart_and_the_sure_one_comes_first():
    mixed = [*copy(range(10), at_s=0, entry="a"), *copy(range(100), at_s=20, entry="b")]
    assert [(clip.best.entry.entry_id, clip.confirmed) for clip in clips(mixed)] == [
        ("b", True),
        ("a", False),
    ]


def test_what_is_told_stays_bounded_however_often_a_film_repeats():
    flood = [one for time in range(300) for one in copy(range(6), at_s=time * 60)]
    assert len(clips(flood, LONG[:6])) <= CLIPS_MOST


def test_nothing_that_matches_gives_no_clip():
    assert clips([]) == []
