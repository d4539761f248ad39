"""Pages come quickly over a slow network: everything that is loaded before somebody does anything, counted."""

import pytest

MOST_BYTES = 150_000


@pytest.mark.parametrize("where", ["/", "/link/", "/hash/", "/mine/new/"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_with_all_that_it_loads_is_light(open_page, address, where, language):
    answers = []
    page = open_page(language, at="about:blank")
    page.on("requestfinished", lambda request: answers.append(request.sizes()))
    page.goto(f"{address}{where}", wait_until="networkidle")
    loaded = sum(sizes["responseBodySize"] + sizes["responseHeadersSize"] for sizes in answers)
    print(f"{where} {language}: {loaded:,} bytes in {len(answers)} answers")
    assert answers
    assert loaded < MOST_BYTES
