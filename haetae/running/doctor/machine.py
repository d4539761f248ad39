"""This machine: the code, the home, its disk, the keys, fonts, models, and the walls around the openers."""

import os
import platform
import shutil
import stat
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from haetae.common import shipped_models
from haetae.common.keys import KeysUnavailableError, ServedKeys
from haetae.detect import OpenerPool
from haetae.detect.opening import Undecodable
from haetae.detect.opening.facts import Confinement
from haetae.documents.pdf import KOREAN_TYPE
from haetae.running.doctor.checks import Check, ok, span, unknown, warning, wrong
from haetae.settings.environment import Environment

_LITTLE: Final = 0.10
_NONE_TO_SPEAK_OF: Final = 0.03
_KEYS_WITHIN_S: Final = 2.0
# What stands there once the house was set up, besides tokens of operators; see docs/running.md.
_KEY_FILES: Final = ("flow", "receipt-pepper", "custodian", "event-log")


def checks(told: Environment) -> Iterator[Check]:
    yield ok("code", f"haetae {version('haetae')} on Python {platform.python_version()}.")
    yield from _home(told)
    yield _keys(told)
    yield _openers()
    yield _models(told)
    yield _fonts(told)
    yield from _settings(told)


def _home(told: Environment) -> Iterator[Check]:
    home = told.HAETAE_HOME.resolve()
    if not home.is_dir():
        yield wrong("home", f"There is no folder {home}.", "Set HAETAE_HOME, or run `haetae setup` there.")
        return
    if not os.access(home, os.W_OK | os.X_OK):
        yield wrong(
            "home",
            f"{home} cannot be written by this user.",
            "Run as the user who owns it, or give it to this one.",
        )
    else:
        yield ok("home", f"{home} can be written.")
    for code, folder in (("disk", home), ("disk_evidence", told.evidence_folder)):
        if folder.is_dir():
            yield _disk(code, folder)


def _disk(code: str, folder: Path) -> Check:
    room = shutil.disk_usage(folder)
    share = room.free / room.total
    words = f"{room.free / 2**30:.1f} GiB of {room.total / 2**30:.1f} GiB are free at {folder} ({share:.0%})."
    way_out = "Make room before it is full: then no report is taken in any more."
    if share < _NONE_TO_SPEAK_OF:
        return wrong(code, words, way_out)
    return warning(code, words, way_out) if share < _LITTLE else ok(code, words)


def _keys(told: Environment) -> Check:
    if told.HAETAE_KEY_SERVICE:
        try:
            ServedKeys(path=Path(told.HAETAE_KEY_SERVICE).resolve(), patience_s=_KEYS_WITHIN_S).is_ready()
        except KeysUnavailableError as trouble:
            way_out = "Start `haetae keys`; without it no report is taken in and no case opens."
            return wrong("keys", str(trouble), way_out)
        return ok("keys", "The key service answers.")
    folder = told.keys_folder
    if not folder.is_dir():
        return wrong("keys", f"There is no folder of keys at {folder}.", "Make them: `haetae keys --make`.")
    missing = [name for name in _KEY_FILES if not (folder / name).is_file()]
    if missing:
        way_out = "Put them back from your copy. Only where there never were any: `haetae keys --make`."
        return wrong("keys", f"Keys are missing in {folder}: {', '.join(missing)}.", way_out)
    open_to_others = [
        path.name for path in (folder, *folder.iterdir()) if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_to_others:
        names = ", ".join(sorted(open_to_others))
        return wrong(
            "keys", f"Others may read keys: {names}.", f"chmod -R go= {folder}, and ask who has read them."
        )
    return ok("keys", f"The keys are in {folder}, and this user alone may read them.")


def _openers() -> Check:
    with OpenerPool(size=1) as openers:
        try:
            found = openers.check()
        except Undecodable:
            way_out = "`haetae setup` prints why. Until then every picture is undetermined."
            return wrong("openers", "No opener can be started: no picture can be examined here.", way_out)
    if found is Confinement.SECCOMP:
        return ok("openers", found.words)
    return warning("openers", found.words, "Move what examines pictures to Linux on x86-64.")


def _models(told: Environment) -> Check:
    found = shipped_models.found(told)
    refused = [one.refused for one in found if one.refused is not None]
    usable = len(found) - len(refused)
    if refused:
        return warning(
            "models",
            f"{usable} models can be used; refused: {'; '.join(refused)}",
            "`haetae models` says why.",
        )
    if not usable:
        return warning("models", "There are no models: only known pictures are found.", "See HAETAE_MODELS.")
    return ok("models", f"{usable} models can be used.")


def _fonts(told: Environment) -> Check:
    missing = [name for name in KOREAN_TYPE if not (told.HAETAE_FONTS / name).is_file()]
    if missing:
        words = f"{' and '.join(missing)} are missing in {told.HAETAE_FONTS}: Korean letters are HTML alone."
        return warning("fonts", words, "Debian: apt-get install fonts-noto-cjk; or set HAETAE_FONTS.")
    return ok("fonts", f"Korean letters can be set: {told.HAETAE_FONTS}.")


def _settings(told: Environment) -> Iterator[Check]:
    place = os.environ.get("DJANGO_SETTINGS_MODULE", "haetae.settings.dev").rpartition(".")[2]
    if place == "production":
        yield ok("place", "The settings are those of production.")
    else:
        way_out = "For real use set DJANGO_SETTINGS_MODULE=haetae.settings.production."
        yield warning("place", f"The settings are those of {place}: for trying out.", way_out)
    if told.HAETAE_SECOND_STEP != "required":
        yield warning("second_step", "Officials need no second step.", "Leave HAETAE_SECOND_STEP out.")
    if told.HAETAE_MAIL:
        yield ok("mail", "A mail server is named.")
    else:
        yield warning(
            "mail", "No mail server is named: nobody is written to.", "Set HAETAE_MAIL, or leave it so."
        )
    if not told.HAETAE_TIMESTAMP_URL:
        way_out = "Set HAETAE_TIMESTAMP_URL and HAETAE_TIMESTAMP_ROOTS."
        yield warning("stamps", "No authority of time stamps is named: the log rests on our word.", way_out)
    else:
        yield _roots(told)


def _roots(told: Environment) -> Check:
    roots = Path(told.HAETAE_TIMESTAMP_ROOTS)
    try:
        is_pem = "BEGIN CERTIFICATE" in roots.read_text(encoding="ascii", errors="replace")
    except OSError as problem:
        return wrong(
            "stamps",
            f"{roots} cannot be read: {problem.strerror}.",
            "Set HAETAE_TIMESTAMP_ROOTS to a PEM file.",
        )
    if not is_pem:
        return wrong("stamps", f"{roots} holds no certificate.", "Set HAETAE_TIMESTAMP_ROOTS to a PEM file.")
    return ok("stamps", "An authority of time stamps and its roots are named.")


def old(code: str, words: str, *, age_s: float, warn_s: float, wrong_s: float, way_out: str) -> Check:
    """By how old the oldest is that should not be there."""
    told = f"{words}, the oldest for {span(age_s)}." if age_s else f"{words}."
    if age_s >= wrong_s:
        return wrong(code, told, way_out)
    return warning(code, told, way_out) if age_s >= warn_s else ok(code, told)


def not_looked_at(code: str, why: str) -> Check:
    return unknown(code, f"Could not be looked at: {why}.")
