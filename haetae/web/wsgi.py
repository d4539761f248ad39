"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")

django = get_wsgi_application()

# Here and nowhere else: only a process that serves pages answers platforms. It is imported late, after the settings.
from django.conf import settings  # noqa: E402

from haetae.detect.kernels import compile_all  # noqa: E402
from haetae.running.freed_memory import keep_few_arenas  # noqa: E402
from haetae.running.kinds import Kind  # noqa: E402
from haetae.running.pulse import begin_for_good  # noqa: E402
from haetae.web.api import pulse  # noqa: E402
from haetae.web.api.body import until_read  # noqa: E402
from haetae.web.settled import settle  # noqa: E402
from haetae.web.sides.which import Side, is_served  # noqa: E402

# Eight threads, each with a heap of its own, grew three times as fast (docs/measurements.md).
keep_few_arenas(2)
compile_all()  # before the first platform asks about a picture, which would wait for it
application = until_read(django)
if is_served(Side.API):
    pulse.start()
settle()
begin_for_good(Kind.WEB, home=settings.HAETAE_HOME)
