"""A chapter that readers may not see is named nowhere in the manual, and reached by none of its addresses."""

import json
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from procedures.models import ChapterPage
from tests.once import once
from tests.procedures.factories import add_amendments, add_chapter, add_manual, add_part, block, change, code, section
from tests.test_privacy import SECRET, WAYS, link_to, restrict
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


manual = once(add_manual)


@once
def hidden(manual):
    """A chapter that says the secret wherever it can, with an amendment that does."""
    chapter = add_chapter(
        manual,
        title=f"The {SECRET}",
        slug=SECRET,
        search_description=f"About a {SECRET}.",
        scope=f"<p>{SECRET}</p>",
        sections=[section(f"A {SECRET}")],
    )
    change(chapter, note=f"The {SECRET} moved.", scope=f"<p>{SECRET}s</p>")
    return chapter


@pytest.fixture
def addresses(manual, hidden):
    """Every address of the manual that could name another chapter; all that can point at it do."""
    amendments = add_amendments(manual)
    related = json.dumps([block("page", hidden.pk)])
    open_one = add_chapter(
        manual, title="Open", slug="open", related=related, sections=[section("A", block("text", link_to(hidden)))]
    )
    change(open_one, related=json.dumps([]))
    change(open_one, related=related)
    manual.escalation_page = hidden
    manual.save_revision().publish()
    own = ["", "on/{today}/", "editions/1/", "compare/1/2/", "compare/1/3/?view=sides", "history/", "cite/", "print/"]
    return [
        manual.url,
        f"{manual.url}on/{TODAY}/",
        f"{manual.url}print/",
        f"{manual.url}print/set/?c={open_one.pk}&c={hidden.pk}",
        amendments.url,
        f"{amendments.url}feed/",
        f"/suggest-an-amendment/{hidden.pk}/",
        f"/p/{hidden.pk}/",
        *(open_one.url + part.format(today=TODAY) for part in own),
        *(hidden.url + part.format(today=TODAY) for part in own),
        f"{hidden.url}cite/{code(hidden.sections.raw_data[0])}/",
    ]


def leaks(client, addresses) -> dict[str, str]:
    """Return {address: what stands around the secret} for every address that tells it."""
    for cache in caches.all():
        cache.clear()
    found = {}
    for address in addresses:
        response = client.get(address)
        text = response.content.decode().replace(f"/{SECRET}/", "/")
        if SECRET in text:
            place = text.index(SECRET)
            found[address] = text[max(0, place - 150) : place + 150]
    return found


class TestAChapter:
    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_that_is_hidden_shows_nowhere(self, client, addresses, hidden, hide):
        hide(ChapterPage.objects.get(pk=hidden.pk))
        assert leaks(client, addresses) == {}

    @pytest.mark.parametrize("hide", list(WAYS.values())[2:], ids=list(WAYS)[2:])
    def test_below_a_private_part_shows_nowhere(self, client, manual, addresses, hidden, hide):
        part = add_part(manual, slug="part")
        ChapterPage.objects.get(pk=hidden.pk).move(part, pos="last-child")
        hide(part)
        moved = ChapterPage.objects.get(pk=hidden.pk).url
        assert leaks(client, [*addresses, moved, f"{moved}on/{TODAY}/", f"{moved}print/"]) == {}

    def test_published_in_error_shows_nowhere(self, client, addresses, hidden):
        withdraw_page(page=hidden, way="error", reason="A mistake.", now=timezone.now())
        assert leaks(client, addresses) == {}

    def test_that_was_withdrawn_is_named_by_its_own_addresses_and_the_record_of_removals_alone(
        self, client, manual, addresses, hidden
    ):
        withdraw_page(page=hidden, way="withdrawn", reason="The law.", now=timezone.now() - timedelta(days=2))
        told = {address for address in leaks(client, addresses) if not address.startswith(hidden.url)}
        # A day on which it was in force is a record too; today it is not.
        assert told <= {f"{manual.url}amendments/", f"{manual.url}amendments/feed/"}

    def test_shows_everywhere_while_it_is_public(self, client, manual, addresses, hidden):
        """A test of the test: what is looked for would be found."""
        told = leaks(client, addresses)
        own = {f"{hidden.url}{part}" for part in ("", "history/", "cite/", "print/", "compare/1/2/", "editions/1/")}
        lists = {manual.url, f"{manual.url}on/{TODAY}/", f"{manual.url}print/", f"{manual.url}amendments/"}
        pointing = {f"{manual.url}open/", f"{manual.url}open/compare/1/2/", f"/suggest-an-amendment/{hidden.pk}/"}
        assert own | lists | pointing <= set(told)

    def test_tells_nothing_of_a_draft(self, client, manual, addresses):
        draft = ChapterPage.objects.get(slug="open").get_latest_revision_as_object()
        draft.title = f"Secret {SECRET} draft"
        draft.save_revision()
        opened = [address for address in addresses if "/open/" in address]
        restrict(ChapterPage.objects.get(slug=SECRET), "login")
        assert leaks(client, opened) == {}
