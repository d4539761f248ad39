"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")

django = get_wsgi_application()

# Here and nowhere else: only a process that serves pages answers platforms. It is imported late, after the settings.
from haetae.web.api import pulse  # noqa: E402
from haetae.web.api.body import until_read  # noqa: E402
from haetae.web.settled import settle  # noqa: E402
from haetae.web.sides.which import Side, is_served  # noqa: E402

application = until_read(django)
if is_served(Side.API):
    pulse.start()
settle()
