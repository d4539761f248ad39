import pytest

from haetae.law.citations import CitationError, article_en, article_ko


@pytest.mark.parametrize(
    ("article", "korean", "english"),
    [
        ("44", "제44조", "Article 44"),
        ("22-5", "제22조의5", "Article 22-5"),
        ("44-2(4)", "제44조의2제4항", "Article 44-2(4)"),
        ("44-7(1)9", "제44조의7제1항제9호", "Article 44-7(1), item 9"),
    ],
)
def test_an_article_is_written_as_each_language_writes_it(article: str, korean: str, english: str) -> None:
    assert article_ko(article) == korean
    assert article_en(article) == english


@pytest.mark.parametrize("article", ["", "22-5(1", "제22조", "22-", "Article 5", "22-5(1) "])
def test_what_is_no_article_is_refused(article: str) -> None:
    with pytest.raises(CitationError, match=r"write it like 22-5\(1\)"):
        article_ko(article)
