"""What each number means is said in both languages; what others published has its date, its source and its grade."""

import re

from haetae.agencies.statistics.dictionary import entries, part_words
from haetae.agencies.statistics.history import GRADES, history
from haetae.agencies.statistics.measures import MEASURES, PARTS


def test_every_part_and_every_measure_is_worded_in_both_languages() -> None:
    for language in ("ko", "en"):
        told = {one.name: one for one in entries(language)}
        assert set(told) == {one.name for one in MEASURES} | {"time_to_verified"}
        assert all(one.title and one.meaning and one.unit for one in told.values())
        for parts in PARTS.values():
            assert all(part_words(part, language) != part or part == "report" for part in parts)


def test_what_others_published_is_dated_graded_and_beside_a_measure_of_ours() -> None:
    for figure in history("ko"):
        assert figure.grade in GRADES
        assert re.fullmatch(r"\d{4}(-\d\d)?(-\d\d)?(/\d{4}-\d\d)?", figure.period)
        assert figure.source
        assert figure.beside in {"", *(one.name for one in MEASURES)}
    values = {figure.id: figure.value for figure in history("en")}
    assert (values["victims_asked_2024_8"], values["minors_2024_8"]) == (781, 288)
    assert (values["victims_2024"], values["deletions_2024"], values["synthetic_2024"]) == (
        10_305,
        300_237,
        1_384,
    )
    assert (values["operators_received_2024"], values["operators_removed_2024"]) == (231_261, 181_204)
