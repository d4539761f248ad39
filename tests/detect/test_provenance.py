"""What a file says about its own making is read, told, and never acted upon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haetae.detect import Bank, Verdict, examine
from haetae.detect.provenance import items_of
from haetae.web.words.reasons import reason_words
from tests.detect import media_files as made
from tests.detect import stating_files as stating

MAKE, MODEL, SOFTWARE = 0x010F, 0x0110, 0x0131
STORE = stating.labelled(
    "c2pa",
    stating.manifest("urn:c2pa:first", tool="Camera App 2", source="http://x/digitalCapture"),
    stating.manifest("urn:c2pa:last", tool="Paint <b>Studio</b>", source=stating.GENERATED),
)
STATING = {
    "web ui": (stating.png({"parameters": stating.SETTINGS}), "Stable Diffusion web UI", "generated"),
    "web ui, zipped": (
        stating.png({"parameters": stating.SETTINGS}, zipped=True),
        "Stable Diffusion web UI",
        "generated",
    ),
    "web ui, international": (
        stating.png({"parameters": stating.SETTINGS}, zipped=True, international=True),
        "Stable Diffusion web UI",
        "generated",
    ),
    "comfy prompt": (stating.png({"prompt": stating.PROMPT}), "ComfyUI", "generated"),
    "comfy workflow": (stating.png({"workflow": stating.WORKFLOW}), "ComfyUI", "generated"),
    "invoke": (
        stating.png({"invokeai_metadata": '{"generation_mode": "txt2img", "seed": 3}'}),
        "InvokeAI",
        "generated",
    ),
    "invoke, old": (
        stating.png({"Dream": '"a pier" -s 50 -S 42 -W 512 -H 512 -C 7.5'}),
        "InvokeAI",
        "generated",
    ),
    "comfy webp": (
        stating.with_exif("WEBP", {MAKE: "workflow:" + stating.WORKFLOW}),
        "ComfyUI",
        "generated",
    ),
    "web ui jpeg": (
        stating.with_exif("JPEG", {}, comment=b"UNICODE\0" + stating.SETTINGS.encode("utf-16-be")),
        "Stable Diffusion web UI",
        "generated",
    ),
    "software": (stating.with_exif("JPEG", {SOFTWARE: "NovelAI"}), "NovelAI", "generated"),
    "xmp attribute": (
        stating.jpeg(
            b"\xe1http://ns.adobe.com/xap/1.0/\0"
            + stating.xmp(f'Iptc4xmpExt:DigitalSourceType="{stating.GENERATED}"/>')
        ),
        "",
        "generated",
    ),
    "xmp element": (
        stating.png(
            {
                "XML:com.adobe.xmp": stating.xmp(
                    "><Iptc4xmpExt:DigitalSourceType>x/compositeWithTrainedAlgorithmicMedia<"
                    "/Iptc4xmpExt:DigitalSourceType></rdf:Description>"
                ).decode()
            },
            international=True,
        ),
        "",
        "composite_generated",
    ),
}
ORDINARY = {
    "camera": stating.with_exif(
        "JPEG",
        {MAKE: "Canon", MODEL: "EOS 80D", SOFTWARE: "Adobe Photoshop 24.1 (Windows)"},
        comment=b"ASCII\0\0\0Steps: up the hill, seed of a dandelion",
    ),
    "camera without a comment": stating.with_exif("JPEG", {MAKE: "Canon"}, comment=b"\0" * 40),
    "other texts": stating.png(
        {"Software": "Matplotlib 3.9", "Title": "prompt", "Comment": stating.SETTINGS}
    ),
    "fields of the name alone": stating.png(
        {
            "prompt": "a question for the class",
            "workflow": "{}",
            "parameters": "width=3",
            "Dream": "of a house",
        }
    ),
    "json of another shape": stating.png(
        {"prompt": '{"3": 4}', "invokeai_metadata": "[1]", "workflow": "1e999"}
    ),
    "captured": stating.jpeg(
        b"\xe1http://ns.adobe.com/xap/1.0/\0"
        + stating.xmp('Iptc4xmpExt:DigitalSourceType="http://x/digitalCapture" xmp:CreatorTool="GIMP 2.10"/>')
    ),
    "photograph": made.PHOTO.read_bytes(),
}


@pytest.mark.parametrize(("data", "tool", "says"), STATING.values(), ids=STATING)
def test_what_a_generator_leaves_is_one_item(data, tool, says):
    (item,) = items_of(data)
    assert (item.tool, item.says, item.signature) == (tool, says, "none")


@pytest.mark.parametrize("data", ORDINARY.values(), ids=ORDINARY)
def test_the_fields_of_ordinary_pictures_are_no_items(data):
    assert items_of(data) == ()


@pytest.mark.parametrize("cut", [60_000, 100])
def test_content_credentials_are_told_with_those_of_their_ingredients(cut):
    items = items_of(stating.jpeg_with_store(STORE, cut=cut))
    told = [(item.where, item.tool, item.says, item.signature) for item in items]
    assert told == [
        ("ingredient", "Camera App 2", "captured", "not_checked"),
        ("manifest", "Paint b Studio /b", "generated", "not_checked"),
    ]


def test_credentials_are_found_in_png_webp_and_films_too():
    in_png = made.png(width=1, height=1, more=made.png_chunk(b"caBX", STORE))
    chunk = b"C2PA" + len(STORE).to_bytes(4, "little") + STORE
    in_webp = b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk
    mark = bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + bytes(4) + b"manifest\0" + bytes(8)
    in_film = stating.box(b"ftyp", b"isom\0\0\0\0mp42") + stating.box(b"uuid", mark + STORE)
    for data in (in_png, in_webp, in_film):
        assert [item.says for item in items_of(data)] == ["captured", "generated"]


def test_credentials_that_state_no_source_say_unknown():
    (item,) = items_of(
        stating.jpeg_with_store(stating.labelled("c2pa", stating.manifest("a", tool="", source=None)))
    )
    assert item.says == "unknown"


@pytest.mark.parametrize("reported", [False, True])
def test_a_statement_is_a_reason_and_changes_no_verdict(openers, reported):
    stated = examine(STATING["web ui"][0], bank=Bank(), openers=openers, reported=reported)
    silent = examine(stating.png({}), bank=Bank(), openers=openers, reported=reported)
    assert stated.verdict is silent.verdict is (Verdict.REVIEW if reported else Verdict.NOTHING)
    (reason,) = [reason for reason in stated.reasons if reason.code == "provenance"]
    assert "proves nothing" in reason.words
    assert "Stable Diffusion web UI" in reason.words
    assert "lighthouse" not in str(stated.as_json()), "a prompt is free text about people, and is not kept"


def test_every_item_has_a_sentence_for_programs_and_one_for_the_control_room(openers):
    everything = [data for data, _, _ in STATING.values()] + [stating.jpeg_with_store(STORE)]
    for data in everything:
        for reason in examine(data, bank=Bank(), openers=openers).reasons:
            words = reason_words({"code": reason.code, "facts": reason.facts})
            assert not set("{}?%") & set(reason.words + words)


@given(
    st.binary(max_size=400), st.sampled_from([*STATING, "credentials"]), st.integers(0, 2**20), st.booleans()
)
@settings(max_examples=400, deadline=1_000)
def test_broken_files_never_raise(junk, name, place, cut):
    data = stating.jpeg_with_store(STORE) if name == "credentials" else STATING[name][0]
    start = place % len(data)
    items_of(junk)
    items_of(data[:start] + junk + (b"" if cut else data[start + len(junk) :]))


def bombs() -> dict[str, bytes]:
    deep = "[" * 500_000
    texts = {"zip": made.text_bomb(megabytes=200), "json": stating.png({"prompt": deep}, zipped=True)}
    spaces = "Iptc4xmpExt:DigitalSourceType" + " " * 900_000
    texts["xmp"] = stating.png({"XML:com.adobe.xmp": spaces}, zipped=True, international=True)
    maps = stating.box(b"cbor", b"\x84" * 50_000 + b"\x9f" * 50_000)
    flood = stating.labelled("c2pa.actions", stating.box(b"cbor", b"\x9f" + b"\1" * 200_000))
    texts["cbor"] = stating.jpeg_with_store(
        stating.labelled("c2pa", stating.labelled("m", stating.labelled("c2pa.actions", maps), *[flood] * 40))
    )
    texts["parts"] = b"\x89PNG\r\n\x1a\n" + made.png_chunk(b"tEXt", b"prompt\0{}") * 500_000
    return texts


@pytest.mark.parametrize("data", bombs().values(), ids=bombs())
def test_a_file_made_to_cost_much_costs_little(data):
    started = time.process_time()
    items_of(data)
    assert time.process_time() - started < 1
