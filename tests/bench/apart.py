"""What is measured on an empty site of its own: `python -m tests.bench.apart updates library`, started by the bench.

On PostgreSQL in a database made for this and dropped again, on SQLite in the file of DATABASE_URL. The processor's time
is that of the site's process; what PostgreSQL itself spends is not in it.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "board_site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  (settings have to be there first)
from django.db import connection  # noqa: E402
from wagtail.models import Site  # noqa: E402

from demo.building import build_demonstration  # noqa: E402
from tests.bench.__main__ import (  # noqa: E402
    report_judgements,
    report_library,
    report_search,
    report_search_beside_wagtail,
    report_updates,
)
from tests.factories import add_home  # noqa: E402


def report(names: list[str]) -> None:
    """Build the site and print what was asked for, in that order; some need a demonstration for themselves."""
    if names == ["judgements"]:
        from tests.search import judging

        build_demonstration(today=judging.DAY)
        report_judgements(judging)
        return
    if names == ["admin"]:
        from tests.bench import admin_report, site

        site.build()
        admin_report.report()
        return
    add_home()
    Site.objects.update(hostname="127.0.0.1", port=80)
    call_command("collectstatic", interactive=False, verbosity=0)
    from tests.bench import alerts_report, library, searching, updates

    reports = {
        "updates": lambda: report_updates(updates),
        "library": lambda: report_library(library),
        "alerts": alerts_report.report,
        "search": lambda: report_search(searching),
        "search-beside-wagtail": lambda: report_search_beside_wagtail(searching),
    }
    for name in names:
        reports[name]()


if __name__ == "__main__":
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        report(sys.argv[1:])
    else:
        named = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            report(sys.argv[1:])
        finally:
            connection.creation.destroy_test_db(named, verbosity=0)
