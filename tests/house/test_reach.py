"""Who may open media and who may speak with the outside, read from every module's source, tricks included."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Final

import pytest

from tests.house.reach import BLIND, BY_NAME, UNREADABLE, Module, house, reached, read

OPENING: Final = "haetae.detect.opening"
# Whoever names one of these could open foreign bytes in this very process.
MEDIA: Final = re.compile(
    r"(cv2|av|pi_heif|pillow_heif|pyvips|imageio|simplejpeg|turbojpeg|decord|wand|rawpy|tifffile|pydicom|moviepy"
    r"|imagecodecs|torchvision|skimage|matplotlib|ffmpeg|gi|pygame|fitz|pypdf)(\.|$)"
    r"|PIL\.(\*|ImageFile|ImageGrab|ImageShow|ImageSequence|features|\w+ImagePlugin|\w+StubImagePlugin)"
    r"|PIL\.Image\.(open|frombytes|frombuffer|init|preinit|register_\w+|\*|\?)|PIL\.\?"
)
# Programs that do the same: named anywhere, they were about to be started.
PROGRAMS: Final = {
    "ffmpeg",
    "ffprobe",
    "ffplay",
    "magick",
    "convert",
    "identify",
    "gm",
    "vips",
    "exiftool",
    "heif-convert",
}
NETWORK: Final = re.compile(
    r"(socket|_socket|ssl|_ssl|smtplib|imaplib|poplib|nntplib|telnetlib|ftplib|socketserver|asyncore|asynchat|xmlrpc"
    r"|httpx|httpcore|h11|h2|requests|urllib3|aiohttp|pycurl|websockets|websocket|paramiko|twisted|scrapy|anyio|trio"
    r"|zmq|grpc|redis|boto3|dns|http\.client|http\.server|wsgiref\.simple_server|urllib\.request|urllib\.\*"
    r"|http\.\*|multiprocessing\.connection|multiprocessing\.managers|django\.core\.mail)(\.|$)"
    r"|logging\.handlers\.(Socket|Datagram|SysLog|SMTP|HTTP)Handler"
    r"|asyncio\.(open_connection|start_server|open_unix_connection|start_unix_server|streams)"
    r"|.*\.(create_connection|create_datagram_endpoint|sock_connect|create_server|create_unix_server)$"
    r"|socket\?|urllib\.\?|http\.\?|asyncio\.\?"
)
WATCHED: Final = re.compile(
    r"(PIL|haetae\.detect\.opening|socket|ssl|asyncio|urllib|http|logging\.handlers|importlib)\."
)
# Rooms and modules that may, what they may name, and why.
MAY_SPEAK: Final[Mapping[str, tuple[str, str]]] = {
    "haetae.common.outbound": (r"(socket|ssl|httpx|httpcore|h11)(\.|$)", "the one safe door"),
    "haetae.common.keys": (r"socket(\.|$)", "a socket of this machine"),
    "haetae.agencies.looks.asking": (r"socket(\.|$)", "a socket of this machine"),
    "haetae.running.looker": (r"socket(\.|$)", "a socket of this machine"),
    "haetae.running.whole": (r"socket(\.|$)", "asks whether a port is free"),
    "haetae.web.api.pulse": (r"socket(\.gethostname)?$", "the name of this machine"),
    "haetae.running.metrics.serving": (
        r"http\.server(\.|$)",
        "listens on this machine, or for who has the token",
    ),
    "haetae.running.notices": (r"socket(\.|$)", "tells the service manager of this machine"),
    "haetae.running.pulse_files": (r"socket(\.gethostname)?$", "the name of this machine"),
    "haetae.connectors.mail": (r"(smtplib|ssl)(\.|$)", "the mail server that an administrator named"),
    "haetae.connectors.crawling": (r"(scrapy|twisted)(\.|$)", "visits through the door alone"),
}
# Names that are worked out when the program runs, each read by a person.
WORKED_OUT: Final = {"haetae.detect": f"{BY_NAME} haetae.detect.{UNREADABLE}"}


def faults(module: Module, *, others: Mapping[str, Module]) -> Iterator[str]:
    """A sentence for each thing that this module may not get at."""
    inside = _within(module.name, OPENING)
    for line, name in sorted(set(reached(module, passed_on=others))):
        where = f"{module.name}:{line}"
        if not inside and MEDIA.match(name):
            yield f"{where} could open media by {name}"
        if not inside and name.startswith(f"{OPENING}.") and _room(name) in _DECODERS:
            yield f"{where} could open media by our own {name}"
        if NETWORK.match(name) and not _may_speak(module.name, name):
            yield f"{where} could reach the outside by {name}"
        if _unread(name) and not name.startswith(WORKED_OUT.get(module.name, " ")):
            yield f"{where} gets at something that nobody can read: {name}"
    yield from _programs(module)


# Our own decoders are for the child alone; everything else of that room is the parent's half.
_DECODERS: Final = {
    "animation",
    "animation_pass",
    "child",
    "decode",
    "every_frame",
    "film",
    "heic",
    "layers",
    "modern",
    "sampling",
    "sending",
    "stills",
    "warmth",
}


def _programs(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if not isinstance(node, ast.Call) or not any(map(_starts, module.names(node.func))):
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and str(part.value).rpartition("/")[2] in PROGRAMS:
                yield f"{module.name}:{node.lineno} starts {part.value}, which opens media"


def _starts(name: str) -> bool:
    return name.startswith(("subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "os.popen"))


def _unread(name: str) -> bool:
    """A worked-out attribute matters where it is one of something watched; a worked-out import matters always."""
    of_something = "." in name and not WATCHED.match(name)
    return name.endswith(UNREADABLE) and (name.startswith(BY_NAME) or name in BLIND or not of_something)


def _room(name: str) -> str:
    return name.removeprefix(f"{OPENING}.").partition(".")[0]


def _within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def _may_speak(module: str, name: str) -> bool:
    return any(_within(module, room) and re.match(what, name) for room, (what, _) in MAY_SPEAK.items())


def test_only_the_openers_open_media_and_only_named_rooms_speak_with_the_outside() -> None:
    every = house()
    assert len(every) > 500
    assert [fault for module in every.values() for fault in faults(module, others=every)] == []


def test_every_exception_is_still_needed() -> None:
    every = house()
    for room in MAY_SPEAK:
        names = {name for key in every if _within(key, room) for _, name in reached(every[key])}
        assert any(NETWORK.match(name) for name in names), (
            f"{room} reaches nothing any more: take it from the list"
        )
    for name, worked_out in WORKED_OUT.items():
        assert any(found.startswith(worked_out) for _, found in reached(every[name]))


PLANTED = {
    "plain": "from PIL import Image\nImage.open(x)",
    "an alias": "from PIL import Image as Picture\nlook = Picture.open\nlook(x)",
    "the whole package": "import PIL.Image\nPIL.Image.open(x)",
    "a name for the module": "import PIL.Image as I\nJ = I\nK = J\nK.open(x)",
    "the function itself": "from PIL.Image import open as read\nread(x)",
    "everything": "from PIL.Image import *\nopen(x)",
    "never called": "from PIL import Image\nreaders = {'png': Image.open}",
    "getattr": "from PIL import Image\ngetattr(Image, 'open')(x)",
    "getattr of parts": "from PIL import Image\ngetattr(Image, 'op' + 'en')(x)",
    "getattr, unread": "from PIL import Image\ngetattr(Image, name)(x)",
    "import by name": "import importlib\nimportlib.import_module('cv2').imdecode(x, 1)",
    "import by parts": "from importlib import import_module as load\nload('c' + 'v2').imdecode(x, 1)",
    "import, unread": "from importlib import import_module\nimport_module(name)",
    "dunder": "__import__('av').open(x)",
    "in a function": "def f(x):\n    import simplejpeg\n    return simplejpeg.decode_jpeg(x)",
    "in a lambda": "import pi_heif\nf = lambda x: pi_heif.open_heif(x)",
    "raw bytes": "from PIL import Image\nImage.frombytes('L', (1, 1), x)",
    "a plugin": "from PIL import PngImagePlugin\nPngImagePlugin.PngImageFile(x)",
    "a parser": "from PIL.ImageFile import Parser",
    "a partial": "from functools import partial\nfrom PIL import Image\nf = partial(Image.open)",
    "a walrus": "from PIL import Image\nif (f := Image.open):\n    f(x)",
    "our own decoder": "from haetae.detect.opening.stills import still\nstill(x)",
    "another's import": "from haetae.detect.opening.stills import Image\nImage.open(x)",
    "another's module": "from haetae.detect.opening import stills\nstills.Image.open(x)",
    "code of text": "exec('import cv2')",
    "the table of modules": "import sys\nsys.modules['PIL.Image'].open(x)",
    "a program": "import subprocess\nsubprocess.run(['/usr/bin/ffmpeg', '-i', x])",
    "a socket": "import socket\nsocket.create_connection(('a', 1))",
    "a socket by another name": "from socket import create_connection as c\nc(('a', 1))",
    "an HTTP client": "def f():\n    from urllib import request\n    request.urlopen('http://a')",
    "an HTTP client, dotted": "import urllib.request as r\nr.urlopen('http://a')",
    "a stream": "import asyncio\nasyncio.open_connection('a', 1)",
    "an event loop": "import asyncio\nasyncio.get_event_loop().create_connection(f, 'a', 1)",
    "mail": "from django.core.mail import send_mail",
    "a log that travels": "from logging.handlers import SysLogHandler",
    "the door's own client": "from haetae.common.outbound.exchange import httpx\nhttpx.get('http://a')",
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_way_round_is_found(name: str) -> None:
    assert list(faults(read(PLANTED[name]), others=house()))


@pytest.mark.parametrize(
    "source",
    [
        "from PIL import Image\nImage.fromarray(x).save(y)",
        "from urllib.parse import urlsplit\nurlsplit(x)",
        "import re\nre.compile('a').match(x)",
        "from haetae.detect.opening import Limits\nfrom haetae.detect.pool import OpenerPool",
        "with open(x) as f:\n    f.read()",
        "import asyncio\nasyncio.run(x())",
    ],
)
def test_what_is_harmless_is_left_alone(source: str) -> None:
    assert list(faults(read(source), others=house())) == []
