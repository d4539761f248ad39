"""Three sets of templates: a page of one side cannot include anything of the other, because it does not find it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.template import Engine, Origin, TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates
from django.template.loaders import app_directories, filesystem
from django.urls import get_urlconf

from haetae.web.sides.which import MAPS, Side


class OneSide(filesystem.Loader):
    """Finds only names that begin so; the rest does not exist for this side."""

    def __init__(self, engine: Engine, folder: Path, beginnings: Sequence[str]) -> None:
        super().__init__(engine, [folder])
        self._beginnings = tuple(beginnings)

    def get_template_sources(self, template_name: str) -> Iterator[Origin]:
        if template_name.startswith(self._beginnings):
            yield from super().get_template_sources(template_name)


class OfLibraries(app_directories.Loader):
    """What comes with allauth and the like. Our own pages are an app too, and are left out: see OneSide."""

    def __init__(self, engine: Engine, own: Path) -> None:
        super().__init__(engine)
        self._own = own

    def get_dirs(self) -> list[Path]:  # type: ignore[override]  # the stubs know texts only
        return [Path(folder) for folder in super().get_dirs() if Path(folder) != self._own]


class OfOperators(DjangoTemplates):
    """What both sides on which people sign in have under one name is taken from the side whose map is in use."""

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("operator/") or get_urlconf() == MAPS[Side.OPERATOR]:
            return super().get_template(template_name)
        raise TemplateDoesNotExist(template_name, backend=self)
