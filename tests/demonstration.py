"""The demonstration site for tests that begin with it: built once by each worker, and then written again as rows.

Building it takes twenty seconds, and its rows a tenth of one. A test of the building calls `build_demonstration`.
"""

from datetime import date

from wagtail.models import Site

from demo.building import build_demonstration
from home.models import HomePage
from tests.written_once import written_once


def have_demonstration(*, today: date, hostname: str = "127.0.0.1", port: int = 8000) -> bool:
    """Do what `build_demonstration` does, with the rows and files of an earlier call for the same day."""
    if HomePage.objects.exists():
        return False
    _built_on(today.isoformat())
    # What the name and the port are written into, and nothing else.
    Site.objects.update(hostname=hostname, port=port)
    Site.clear_site_root_paths_cache()
    return True


@written_once
def _built_on(day: str) -> HomePage:
    assert build_demonstration(today=date.fromisoformat(day))
    return HomePage.objects.get()
