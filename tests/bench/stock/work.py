"""A stock site that does what it is told, a line of JSON each: `{"do": "editor, opened"}` → `{"ms": 41.2}`.

The first line says what stands in its chapter: `{"sections": […]}`.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.stock.settings"
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402, TID251  (settings first; a stock site's own)
from django.core.management import call_command  # noqa: E402
from wagtail.models import Page  # noqa: E402, TID251

from tests.bench.copies import add_copies  # noqa: E402
from tests.bench.desk import CHILDREN, Desk  # noqa: E402
from tests.bench.stock import models  # noqa: E402


def build(sections: list[dict]) -> Desk:
    """Make the site, whose chapter has these sections, in their raw form."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    home = Page.objects.get(depth=2)
    full, few = (_published(home, Page(title=title, slug=title)) for title in ("full", "few"))
    chapter, free = (_chapter(few, title, sections) for title in ("Children at risk", "Working together"))
    add_copies(full, free, up_to=CHILDREN)
    editor = User.objects.create_user("editor")
    editor.groups.set(Group.objects.filter(name="Editors"))
    manager = User.objects.create_superuser("manager")
    return Desk(editor=editor, manager=manager, full=full, chapter=chapter, free=free)


def _chapter(parent, title: str, sections) -> models.ChapterPage:
    slug = title.lower().replace(" ", "-")
    return _published(parent, models.ChapterPage(title=title, slug=slug, sections=json.dumps(sections)))


def _published(parent, page):
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def main() -> None:
    """Build the site, and do what is asked until there is nothing more."""
    desk = build(json.loads(sys.stdin.readline())["sections"])
    print(json.dumps({"names": desk.names()}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = {"ms": desk.do(asked["do"])} if "do" in asked else {"queries": desk.queries(asked["count"])}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
