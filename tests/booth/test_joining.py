"""Our own modules become one script; a form that is not read is refused by name instead of being guessed."""

import pytest

from haetae.booth.joining import NotJoinedError, joined


def test_what_is_asked_for_comes_first_and_once():
    modules = {
        "first": 'import { two } from "./second.js";\nimport { three } from "./third.js";\ntwo(three);',
        "second": 'import { three } from "./third.js";\nexport function two(x) { return x + three; }',
        "third": "export const three = 3;",
        "unasked": "throw new Error();",
    }
    script = joined(modules, first="first")
    assert script.index("third_js = ") < script.index("second_js = ") < script.index("first_js = ")
    assert script.count("const third_js") == 1
    assert "unasked" not in script
    assert "return { three };" in script
    assert not any(line.startswith(("import ", "export ")) for line in script.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "export default 3;",
        'export { three } from "./third.js";',
        'import * as all from "./third.js";',
        'import "./third.js";',
        'const late = await import("./third.js");',
        "new Worker(new URL('x.js', import.meta.url));",
    ],
)
def test_another_form_is_refused_by_name(text):
    with pytest.raises(NotJoinedError, match=r"only\.js has a form"):
        joined({"only": text, "third": "export const three = 3;"}, first="only")


def test_what_is_only_said_in_a_comment_is_no_form():
    assert joined({"only": '/** @returns {import("./x.js").Y} */\n// import.meta\nlet a = 1;'}, first="only")


def test_a_module_that_is_not_there_is_named():
    with pytest.raises(NotJoinedError, match=r"only asks for gone\.js"):
        joined({"only": 'import { a } from "./gone.js";'}, first="only")


def test_modules_that_ask_for_each_other_are_refused():
    modules = {"one": 'import { b } from "./two.js";', "two": 'import { a } from "./one.js";'}
    with pytest.raises(NotJoinedError, match=r"one\.js imports itself"):
        joined(modules, first="one")
