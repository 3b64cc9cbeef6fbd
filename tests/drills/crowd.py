"""One of several processes that write to the page tree at once."""

import random
import time
from collections.abc import Iterator

from django.test import Client
from treebeard.exceptions import InvalidMoveToDescendant

from accounts.models import User
from pages.models import BasePage
from pages.tree import TreeBusy
from tests.drills.stock import page_type
from tests.pagetypes.models import PlainPage
from tests.updates.factories import change, form_data, make_chapter


class Crowd:
    """Publishes, moves, reorders and adds pages at random, half in the admin and half by code.

    Every title is used once, so that each publication can be found again.
    """

    def __init__(self, *, number: int):
        self.number = number
        self.chance = random.Random(number)
        self.titles = 0
        self.client = Client(raise_request_exception=False)
        self.client.force_login(User.objects.create_superuser(f"editor{number}@board.example", "long enough a word"))

    def work(self, *, seconds: int) -> Iterator[dict]:
        """Yield what was done: {"did", "title"} when promised, with "refused" or "error" when it was not."""
        deeds = [self.publish, self.publish_in_admin, self.add, self.add_in_admin, self.move, self.move_in_admin]
        deeds += [self.publish, self.publish_in_admin, self.reorder_in_admin]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            deed = self.chance.choice(deeds)
            result = {"did": deed.__name__}
            try:
                deed(result)
            except (TreeBusy, InvalidMoveToDescendant) as reason:
                result["refused"] = str(reason)
            except Exception as error:
                # Whatever goes wrong is counted; the drill goes on.
                result["error"] = f"{type(error).__name__}: {error}"
            yield result

    def new_title(self) -> str:
        """Return a title that no other page or process uses."""
        self.titles += 1
        return f"Title {self.number}-{self.titles}"

    def some(self, model):
        """Return a page of the type, at random."""
        return self.chance.choice(list(model.objects.filter(url_path__contains="folder-")))

    def sent(self, result, address, data, *, title=""):
        """Send a form in the admin; the answer is a promise when it is a redirect."""
        status = self.client.post(address, data).status_code
        if status == 503:
            result["refused"] = "busy"
        elif status >= 400 or (title and status != 302):
            result["error"] = f"{address} answered {status}"
        elif title:
            result["title"] = title

    def publish(self, result):
        """Publish a change by code, a moment after it was saved as a draft."""
        title = self.new_title()
        revision = change(self.some(page_type()), title=title, significance="major", note=title)
        time.sleep(self.chance.random() * 0.02)
        revision.publish()
        result["title"] = title

    def publish_in_admin(self, result):
        """Publish a change as an editor does."""
        title, page = self.new_title(), self.some(page_type())
        answer = {"change_significance": "major", "change_note": title, "action-publish": "1"}
        # The address stays as it is at that moment, whatever another editor does.
        self.sent(result, f"/admin/pages/{page.pk}/edit/", form_data(page, title=title, **answer), title=title)

    def add(self, result):
        """Add a page by code."""
        title = self.new_title()
        make_chapter(self.some(PlainPage), published=True, title=title, model=page_type())
        result["title"] = title

    def add_in_admin(self, result):
        """Add a page as an editor does."""
        title, model = self.new_title(), page_type()
        data = form_data(model(title=title, slug=title.lower().replace(" ", "-")), **{"action-publish": "1"})
        address = f"/admin/pages/add/pagetypes/{model._meta.model_name}/{self.some(PlainPage).pk}/"
        self.sent(result, address, data, title=title)

    def move(self, result):
        """Move a page, or now and then a whole folder, by code."""
        self.some(page_type() if self.chance.random() < 0.8 else PlainPage).move(self.some(PlainPage), "last-child")

    def move_in_admin(self, result):
        """Move a page as an editor does."""
        page, folder = self.some(page_type()), self.some(PlainPage)
        self.sent(result, f"/admin/pages/{page.pk}/move/{folder.pk}/confirm/", {})

    def reorder_in_admin(self, result):
        """Drag a page to the first place."""
        page = BasePage.objects.get(pk=self.some(page_type()).pk)
        self.sent(result, f"/admin/pages/{page.pk}/set_position/?position=0", {})
