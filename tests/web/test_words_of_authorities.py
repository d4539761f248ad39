"""An authority is named as people know it."""

import pytest

from haetae.web.words.authorities import authority_words


@pytest.mark.parametrize(
    ("distinguished", "words"),
    [
        ("CN=Authority of the tests\\, time stamps", "Authority of the tests, time stamps"),
        ("OU=Stamps,CN=A \\+ B,O=Example,C=KR", "A + B"),
        ("O=Example,C=KR", "O=Example,C=KR"),
        ("", ""),
    ],
)
def test_its_common_name_is_read_without_the_signs_of_a_certificate(distinguished, words):
    assert authority_words(distinguished) == words
