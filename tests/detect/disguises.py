"""Files that ask a player to open something else: by path, by address, by socket."""

import struct
from pathlib import Path

from tests.detect.film_files import box, film, full_box
from tests.detect.patterns import waves


def disguises(*, other: Path, port: int) -> dict[str, bytes]:
    """By name. Each points to the film `other`, or to this port of this machine."""
    address = f"http://127.0.0.1:{port}/film.ts"
    return {
        "playlist of a file": playlist(str(other)),
        "playlist of an address": playlist(address),
        "ffconcat": f"ffconcat version 1.0\nfile '{other}'\n".encode(),
        "sdp": sdp(port),
        "mpd": mpd(address),
        "smooth streaming": f"<SmoothStreamingMedia Url='{address}'/>".encode(),
        "playlist behind a film's first box": box(b"ftyp", b"isom", bytes(4)) + playlist(str(other)),
        "playlist inside a free box": box(b"ftyp", b"isom", bytes(4)) + box(b"free", playlist(address)),
        "mpd behind a film's first box": box(b"ftyp", b"dash", bytes(4)) + mpd(address),
        "playlist behind the head of a matroska film": b"\x1aE\xdf\xa3\x80" + playlist(str(other)),
        "rmra to a file": rmra(str(other).encode()),
        "rmra to an address": rmra(address.encode()),
        "dref to a file": dref(b"url ", f"file://{other}".encode()),
        "dref to an address": dref(b"url ", address.encode()),
        "alis to a file": dref(b"alis", alias(str(other))),
        "GAB2 with a playlist of a file": gab2(playlist(str(other))),
        "GAB2 with a playlist of an address": gab2(playlist(address)),
    }


def playlist(target: str) -> bytes:
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{target}\n#EXT-X-ENDLIST\n".encode()


def sdp(port: int) -> bytes:
    lines = ("v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=x", "c=IN IP4 127.0.0.1", "t=0 0")
    return "\r\n".join((*lines, f"m=video {port} RTP/AVP 96", "a=rtpmap:96 H264/90000", "")).encode()


def mpd(address: str) -> bytes:
    return (
        "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011' type='static'"
        " mediaPresentationDuration='PT1S' profiles='urn:mpeg:dash:profile:isoff-on-demand:2011'><Period>"
        "<AdaptationSet mimeType='video/mp4'><Representation id='1' bandwidth='1'>"
        f"<BaseURL>{address}</BaseURL></Representation></AdaptationSet></Period></MPD>"
    ).encode()


def rmra(target: bytes) -> bytes:
    """A QuickTime reference movie: no film, only where it lies."""
    reference = full_box(b"rdrf", b"url ", struct.pack(">I", len(target) + 1), target + b"\0")
    return box(b"ftyp", b"qt  ", bytes(4)) + box(b"moov", box(b"rmra", box(b"rmda", reference)))


def dref(kind: bytes, target: bytes) -> bytes:
    """An honest film whose frames are said to lie in another file (ISO/IEC 14496-12, 8.7.2)."""
    honest = bytearray(film([waves(height=32, width=32, seed=seed) for seed in range(3)]))
    entry = honest.index(b"url ", honest.index(b"dref")) - 4
    replacement = full_box(kind, target + b"\0")
    grown = len(replacement) - 12
    for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        place = honest.index(name) - 4
        length = struct.unpack_from(">I", honest, place)[0]
        struct.pack_into(">I", honest, place, length + grown)
    return bytes(honest[:entry] + replacement + honest[entry + 12 :])


def alias(path: str) -> bytes:
    """A Macintosh alias record with the path in the form that FFmpeg reads (tag 2)."""
    volume, name = b"\x04disk".ljust(28, b"\0"), (b"\x05other").ljust(64, b"\0")
    tagged = struct.pack(">HH", 2, len(path)) + path.encode() + b"\0" * (len(path) % 2)
    head = bytes(4) + struct.pack(">HHH", 150 + len(tagged), 2, 0) + volume + bytes(12) + name
    return head + bytes(16) + bytes(20) + tagged + struct.pack(">HH", 0xFFFF, 0)


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def gab2(subtitle: bytes) -> bytes:
    """An AVI film with a stream of subtitles, which FFmpeg hands to whatever reader knows their beginning."""
    head = struct.pack("<14I", 100_000, 0, 0, 0, 2, 0, 2, 0, 32, 32, 0, 0, 0, 0)
    pictures = b"vids" + b"MJPG" + struct.pack("<10I", 0, 0, 0, 1, 10, 0, 2, 0, 0, 0) + bytes(8)
    look = struct.pack("<IiiHH4sIiiII", 40, 32, 32, 1, 24, b"MJPG", 0, 0, 0, 0, 0)
    words = b"txts" + bytes(4) + struct.pack("<10I", 0, 0, 0, 1, 10, 0, 1, 0, 0, 0) + bytes(8)
    streams = [
        chunk(b"LIST", b"strl" + chunk(b"strh", pictures) + chunk(b"strf", look)),
        chunk(b"LIST", b"strl" + chunk(b"strh", words) + chunk(b"strf", b"")),
    ]
    name = "x.m3u8\0".encode("utf-16-le")
    text = (
        b"GAB2\0" + struct.pack("<HI", 2, len(name)) + name + struct.pack("<HI", 4, len(subtitle)) + subtitle
    )
    movie = chunk(b"LIST", b"movi" + chunk(b"01tx", text) + chunk(b"00dc", b"\xff\xd8\xff\xd9"))
    return chunk(
        b"RIFF", b"AVI " + chunk(b"LIST", b"hdrl" + chunk(b"avih", head) + b"".join(streams)) + movie
    )
