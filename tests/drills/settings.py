"""Settings of a drill: those of the tests, with the database as safe against a crash as in production."""

import os

from tests.settings import *  # noqa: F403  (settings)
from tests.settings import DATABASES, LOGGING, STATIC_ROOT

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    pragmas = DATABASES["default"]["OPTIONS"]["init_command"].replace("synchronous=OFF", "synchronous=FULL")
    DATABASES["default"]["OPTIONS"]["init_command"] = pragmas
else:
    given = DATABASES["default"]["OPTIONS"]["options"]
    DATABASES["default"]["OPTIONS"]["options"] = given.replace(" -c synchronous_commit=off", "")
DATABASES["default"]["CONN_MAX_AGE"] = None

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Nobody looks at the pages that the drill asks for.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING["loggers"]["django"] = {"level": "CRITICAL"}
os.makedirs(STATIC_ROOT, exist_ok=True)
LOGGING["root"]["level"] = "CRITICAL"
