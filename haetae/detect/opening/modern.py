"""What the second kind of opener decodes: formats whose libraries start threads or are large."""

from typing import Final

from PIL import AvifImagePlugin

from haetae.detect.opening.decode import Decoder
from haetae.detect.opening.film import film
from haetae.detect.opening.heic import heic
from haetae.detect.opening.stills import still

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # several pictures are opened at once already, each in its process

FILMS: Final = ("mp4", "matroska", "avi")
MODERN: Final[dict[str, Decoder]] = {"avif": still, "heic": heic, **dict.fromkeys(FILMS, film)}
