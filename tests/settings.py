"""The site's own settings, pointed at throw-away data. DATABASE_URL chooses the database; SQLite without it."""

import atexit
import os
import shutil
import tempfile

_var = tempfile.mkdtemp(prefix="board-tests-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)

# Stated here before the site's settings are read, so that nothing in a developer's .env reaches the tests.
os.environ.update(
    DEVELOPMENT="true",
    DEBUG="false",
    SECRET_KEY="only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    VAR_DIR=_var,
    MEDIA_ROOT=os.path.join(_var, "media"),
    CACHE_URL="locmemcache://default",
    PAGE_CACHE_URL="locmemcache://pages",
    EMAIL_URL="memorymail://",
    CHECK_LINKS="false",
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_var}/site.sqlite3")

from board_site.settings import *  # noqa: E402, F403  (the environment has to be set first)
from board_site.settings import DATABASES, INSTALLED_APPS  # noqa: E402
from tests import static_files  # noqa: E402

# Page types for tests of what all page types share.
INSTALLED_APPS.append("tests.pagetypes")

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production, so that tests with threads see real locks; it need not survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_var, "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
else:
    # A server set up without a language would otherwise make a database that knows no letters beyond ASCII.
    # With the name of one that is migrated already (scripts/check.py), workers begin with copies of that.
    template = os.environ.get("TEST_DATABASE_TEMPLATE", "template0")
    DATABASES["default"]["TEST"] = {"CHARSET": "UTF8", "TEMPLATE": template}
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
DATABASES["default"]["CONN_MAX_AGE"] = 0

# With hashed names and compressed, as in production. Collected now, because Django reads the list of names only once;
# workers of one run inherit the folder, so that they agree even when a file changes meanwhile.
if "TEST_STATIC_ROOT" not in os.environ:
    os.environ["TEST_STATIC_ROOT"] = str(static_files.collected())
STATIC_ROOT = os.environ["TEST_STATIC_ROOT"]

# Argon2 is slow on purpose; accounts in tests hold nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The admin's own search index: a seventh of the time of each publish, and no test asks it anything.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
