"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")

application = get_wsgi_application()

# Here and nowhere else: only a process that serves pages answers platforms. It is imported late, after the settings.
from haetae.web.api import pulse  # noqa: E402

pulse.start()
