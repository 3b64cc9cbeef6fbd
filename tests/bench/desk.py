"""What staff do at their desk, and what one time of it costs: of any Wagtail site, in the process that asks.

`admin.py` asks our site, `stock/work.py` a stock one. Time is the processor's, of the whole process, spent on one
request through all middleware; what a database server spends is not in it.
"""

import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.blocks import StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import querydict_from_html

CHILDREN = 3_000
# Stands in the text of the chapter that is saved, and is another number each time.
CHANGING = "No. 00000"
DASHBOARD, EXPLORER = "dashboard", f"explorer, {CHILDREN:,} pages"
OPENED, DRAFT_OPENED = "editor, public page opened", "editor, draft opened"
SAVED, SAVED_BY_ITSELF, PUBLISHED = "editor, draft saved", "editor, saved by itself", "editor, published"


class Desk:
    """What can be done, by name: `do` it once, in milliseconds, or tell the `queries` of doing it once.

    `full` is the page with very many children, `chapter` what is edited and `free` what may be published without
    anybody else. `answers` are fields of the editor that only one of the sites has.
    """

    def __init__(self, *, editor, manager, full, chapter, free, answers: dict | None = None):
        self._people = {"editor": _signed_in(editor), "manager": _signed_in(manager)}
        self._pages = {"chapter": chapter, "free": free}
        self._answers = answers or {}
        self._forms: dict[str, dict] = {}
        self._times = 0
        self._is_handed_in = False
        home, explorer = reverse("wagtailadmin_home"), reverse("wagtailadmin_explore", args=[full.pk])
        self._acts: dict[str, Callable] = {
            f"{DASHBOARD}, an editor's": lambda: self._people["editor"].get(home),
            f"{DASHBOARD}, a manager's": lambda: self._people["manager"].get(home),
            EXPLORER: lambda: self._people["editor"].get(explorer),
            OPENED: lambda: self._people["editor"].get(_edit(chapter)),
            SAVED: lambda: self._save("editor", "chapter"),
            SAVED_BY_ITSELF: lambda: self._save("editor", "chapter", accept="application/json"),
            # Now there is a draft beside what is public, of which both sites have more to say.
            DRAFT_OPENED: lambda: self._people["editor"].get(_edit(chapter)),
            PUBLISHED: lambda: self._save("manager", "free", **{"action-publish": "1"}),
            # Last, because nobody hands it in twice.
            f"{DASHBOARD}, an editor's, something handed in": lambda: self._with_something_handed_in("editor", home),
            f"{DASHBOARD}, a manager's, something waits": lambda: self._with_something_handed_in("manager", home),
        }

    def names(self) -> list[str]:
        """Return what can be done."""
        return list(self._acts)

    def do(self, name: str) -> float:
        """Do it once and return the milliseconds. Raises RuntimeError when the site refuses."""
        begun = time.process_time()
        response = self._acts[name]()
        spent = 1000 * (time.process_time() - begun)
        if response.status_code != (302 if name in (SAVED, PUBLISHED) else 200):
            raise RuntimeError(f"{name}: {response.status_code} {response.content.decode()[:2000]}")
        return spent

    def queries(self, name: str) -> list[str]:
        """Do it once and return its queries."""
        with CaptureQueriesContext(connection) as captured:
            self.do(name)
        return [query["sql"] for query in captured]

    def _with_something_handed_in(self, who: str, address: str):
        if not self._is_handed_in:
            handed_in = self._save("editor", "chapter", **{"action-submit": "1"})
            if handed_in.status_code != 302:
                raise RuntimeError(f"Handing in: {handed_in.status_code}")
            self._is_handed_in = True
        return self._people[who].get(address)

    def _save(self, who: str, which: str, *, accept="text/html", **buttons):
        if which not in self._forms:
            self._forms[which] = self._form(who, self._pages[which])
        self._times += 1
        number = f"No. {self._times:05d}"
        fields = {
            name: value.replace(CHANGING, number) if isinstance(value, str) else value
            for name, value in self._forms[which].items()
        }
        return self._people[who].post(_edit(self._pages[which]), fields | buttons, headers={"accept": accept})

    def _form(self, who: str, page) -> dict:
        """Return the fields as a browser would send them; those of blocks are put together by its scripts.

        Without the revision that was opened: nobody else is at work.
        """
        html = self._people[who].get(_edit(page)).content.decode()
        fields = dict(querydict_from_html(html, form_id="page-edit-form").lists())
        draft = page.get_latest_revision_as_object()
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                fields |= _posted(field.stream_block, getattr(draft, field.name), field.name)
        fields = {name: value for name, value in fields.items() if not name.startswith("loaded_revision")}
        if CHANGING not in str(fields):
            raise RuntimeError(f"Nothing in “{page}” says {CHANGING}.")
        return fields | self._answers


def _signed_in(user) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client


def _edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _posted(block, value, name: str) -> dict:
    """Return {field: what a browser sends} of a block and those in it."""
    if isinstance(block, StreamBlock):
        fields = {f"{name}-count": len(value)}
        for place, child in enumerate(value):
            begins = f"{name}-{place}"
            fields |= {f"{begins}-type": child.block_type, f"{begins}-id": child.id or "", f"{begins}-order": place}
            fields |= {f"{begins}-deleted": ""} | _posted(child.block, child.value, f"{begins}-value")
        return fields
    if isinstance(block, StructBlock):
        of_children = (_posted(child, value[key], f"{name}-{key}") for key, child in block.child_blocks.items())
        return {key: sent for fields in of_children for key, sent in fields.items()}
    sent = block.field.widget.format_value(block.value_for_form(value))
    return {name: "" if sent is None else sent}
