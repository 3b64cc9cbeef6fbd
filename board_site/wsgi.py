"""The WSGI entry point: `gunicorn board_site.wsgi` in production, waitress under `make run`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "board_site.settings")
application = get_wsgi_application()
