"""The English sentence for every reason. Codes are the contract; these words may be improved at any time."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final = {
    "known_confirmed": "The picture matches entry {entry_id} of the list {list_name} ({tier_words}):"
    " {agreement}.",
    "known_self_declared": "The picture matches entry {entry_id} of the list {list_name}, which nobody but"
    " the sender has checked yet: {agreement}. A person decides.",
    "known_disputed": "The picture matches entry {entry_id} of the list {list_name}, which was found not harmful"
    " elsewhere: {agreement}. A person decides.",
    "known_unconfirmed": "The picture resembles entry {entry_id} of the list {list_name} ({tier_words}), but"
    " only one of two hash families says so: {agreement}. A person decides.",
    "known_benign": "The picture is known to be harmless: entry {entry_id} of the list {list_name}: {agreement}.",
    "known_benign_too": "The picture matches entry {entry_id} of the list {list_name} ({tier_words}), and is as near"
    " to one that is known to be harmless: {agreement}. A person decides.",
    "too_plain": "The picture is too plain to compare it with known pictures (quality {pdq_quality} of 100).",
    "first_frame_only": "Only the first of {frames} frames was examined.",
    "frames_sampled": "Only {frames_examined} of {frames} frames were examined.",
    "reported": "A person reported it, so a person looks at it.",
    "nothing_known": "It matches no known picture. Only known pictures were looked for; no model was asked.",
}

TIERS: Final = {
    0: "found not harmful elsewhere",
    1: "declared by the sender only",
    2: "checked by a counsellor",
    3: "confirmed by an operator",
    4: "decided by the regulator",
}

FAILURES: Final = {
    "empty": "The file is empty.",
    "not_an_image": "The content is none of the media types we know.",
    "refused_type": "{refusal}",
    "truncated": "The picture ends before it is complete.",
    "too_many_pixels": "The picture claims more pixels than we open.",
    "too_many_bytes": "The file has more bytes than we open.",
    "too_many_scans": "The picture asks to be painted over more often than any honest one.",
    "out_of_memory": "Opening the picture took more memory than we give.",
    "too_slow": "Opening the picture took more time than we give.",
    "crashed": "The decoder broke down over this file.",
    "decoder_error": "The decoder could not make sense of the picture.",
    "no_opener": "No decoder process could be started; this says nothing about the file.",
    "not_a_file": "This is a folder, link, pipe or device, not a regular file.",
    "unreadable": "The file could not be read: {problem}.",
}

REFUSALS: Final = {
    "svg": "This is an SVG drawing; it can carry scripts and outside addresses, so we do not open it.",
    "html": "This is a web page, whatever its name says; we open pictures only.",
    "pdf": "This is a PDF document; documents are not opened.",
    "playlist": "This is a playlist; it only points to other media, and we follow no such pointer.",
    "tiff": "This is a TIFF picture; this type is not opened.",
    "jpeg2000": "This is a JPEG 2000 picture; this type is not opened.",
    "jpegxl": "This is a JPEG XL picture; this type is not opened yet.",
    "psd": "This is a Photoshop file; this type is not opened.",
    "icon": "This is an icon file; this type is not opened.",
    "video": "This is a film of a kind that is not opened; MP4, QuickTime, WebM, Matroska and AVI are.",
    "archive": "This is an archive; archives are not unpacked.",
}


FILM_SENTENCES: Final = {
    "known_confirmed": "The film shows the known film {entry_id} of the list {list_name} ({tier_words}): {agreement}.",
    "known_self_declared": "The film shows frames of the film {entry_id} of the list {list_name}, which nobody but"
    " the sender has checked yet: {agreement}. A person decides.",
    "known_disputed": "The film shows frames of the film {entry_id} of the list {list_name}, which was found not"
    " harmful elsewhere: {agreement}. A person decides.",
    "known_unconfirmed": "The film shows frames like those of the film {entry_id} of the list {list_name}"
    " ({tier_words}), too few or too unlike to be sure: {agreement}. A person decides.",
}


def sentence(code: str, facts: Mapping[str, str | int | bool]) -> str:
    if code == "undecodable":
        return _failure(facts) + " So we cannot say what it shows."
    agreement, tier_words = _agreement(facts), TIERS.get(int(facts.get("tier", 0)), "")
    sentences = SENTENCES | FILM_SENTENCES if facts.get("film") else SENTENCES
    return sentences[code].format_map({**facts, "agreement": agreement, "tier_words": tier_words})


def _failure(facts: Mapping[str, str | int | bool]) -> str:
    refusal = REFUSALS.get(str(facts.get("format", "")), "This type is not opened.")
    return FAILURES[str(facts["why"])].format_map({"problem": "unknown", **facts, "refusal": refusal})


def _agreement(facts: Mapping[str, str | int | bool]) -> str:
    if facts.get("exact"):
        return "the files are the same, byte for byte"
    if facts.get("variant") == "file":
        return "the MD5 of the files is the same, which can be made on purpose"
    turned = "" if facts.get("turn", "upright") == "upright" else " when it is turned or mirrored"
    inside = " inside its plain borders" if facts.get("variant") == "trimmed" else ""
    when = _when(facts)
    return f"{facts.get('distance_bits')} of 256 PDQ bits differ{turned}{inside}{when}, at most 31 may"


def _when(facts: Mapping[str, str | int | bool]) -> str:
    """Where in a film; nothing for a picture."""
    if "from_ms" in facts:
        share = f", {facts['share_percent']} % of the known film" if facts.get("film") else ""
        return f" from {int(facts['from_ms']) / 1000:.1f} s to {int(facts['to_ms']) / 1000:.1f} s{share}"
    return f" in the frame at {int(facts['at_ms']) / 1000:.1f} s" if "at_ms" in facts else ""
