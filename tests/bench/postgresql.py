"""The library measured on the PostgreSQL of DATABASE_URL: `python -m tests.bench.postgresql`, started by the bench.

In a database made for this and dropped again. The processor's time is that of the site's process; what PostgreSQL
itself spends is not in it.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "board_site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  (settings have to be there first)
from django.db import connection  # noqa: E402
from wagtail.models import Site  # noqa: E402

from tests.bench.__main__ import report_library  # noqa: E402
from tests.factories import add_home  # noqa: E402

if __name__ == "__main__":
    named = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        add_home()
        Site.objects.update(hostname="127.0.0.1", port=80)
        call_command("collectstatic", interactive=False, verbosity=0)
        from tests.bench import library

        report_library(library)
    finally:
        connection.creation.destroy_test_db(named, verbosity=0)
