"""Two topics that are the same become one: everything that names the one that goes names the one that stays."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StructBlock
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.fields import StreamField
from wagtail.models import ModelLogEntry, Revision, get_page_models

from accounts.roles import EVERYBODY, SITE_MANAGERS
from alerts.models import Message
from content.topics import TopicsBlock
from documents.importing.values import Values
from explorer.terms import merging
from explorer.terms.merging import CannotMerge, merge_topics, relations_of
from explorer.terms.uses import drafts_with, pages_with_pieces, uses_of
from gathering.models import Piece
from pages.models import BasePage, FormerTopic, Topic
from pages.tree import TreeBusy
from search.models import Passage
from search.recording import record_passages
from tests.alerts.factories import subscriber_to
from tests.board_business.factories import add_board, add_meeting, add_review, decision, finding, publish_again
from tests.documents.factories import add_library, add_resource
from tests.factories import add_home, add_information
from tests.once import once
from tests.priorities.factories import add_area, add_priorities, add_year
from tests.roles import add_home_with_roles, member
from updates.models import Edition, WhatsNewPage

pytestmark = pytest.mark.django_db


home = once(add_home_with_roles)


@pytest.fixture
def manager(client, home):
    """A browser in which a site manager is signed in."""
    client.force_login(member(SITE_MANAGERS))
    return client


@pytest.fixture
def cse(home) -> Topic:
    """The topic that goes."""
    return Topic.objects.create(name="CSE", slug="cse")


@pytest.fixture
def stays(home) -> Topic:
    """The topic that stays."""
    return Topic.objects.create(name="Child sexual exploitation", slug="child-sexual-exploitation")


def merge(gone, stays) -> Topic:
    return merge_topics(gone=gone.pk, stays=stays.pk, user=None, now=timezone.now())


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text().split())


def address_of(topic, into=None) -> str:
    return reverse("topics:merge", args=[topic.pk]) + (f"?into={into.pk}" if into else "")


def topics_of(page) -> list[str]:
    return [topic.slug for topic in BasePage.objects.get(pk=page.pk).topics.all()]


class TestMerging:
    def test_moves_pages_and_leaves_each_topic_once(self, home, cse, stays):
        one, both = add_information(home, topics=[cse]), add_information(home, topics=[cse, stays])
        draft = add_information(home, topics=[cse], publish=False)
        merge(cse, stays)
        assert [topics_of(page) for page in (one, both, draft)] == [[stays.slug]] * 3
        assert [topic.slug for topic in Topic.objects.all()] == [stays.slug]

    def test_moves_drafts_what_is_scheduled_and_editions(self, home, cse, stays):
        page = add_information(home)
        page.topics = [cse, stays]
        scheduled = page.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
        page.topics = [cse]
        page.save_revision()
        meeting = add_meeting(add_board(home), topics=[cse])
        edition = meeting.current_edition().revision
        publish_again(meeting)
        merge(cse, stays)
        for revision in (scheduled, edition, page.get_latest_revision()):
            revision.refresh_from_db()
            assert revision.content["topics"] == [stays.pk]
        assert drafts_with(stays) == (BasePage.objects.get(pk=page.pk),)

    def test_moves_what_was_chosen_for_decisions_and_findings(self, home, cse, stays):
        board = add_board(home)
        meeting = add_meeting(board, decisions=[decision(topics=["cse", stays.slug]), decision("Café", topics=["cse"])])
        review = add_review(board, good_practice=[finding(topics=["cse"])])
        merge(cse, stays)
        meeting.refresh_from_db()
        assert [block.value["topics"] for block in meeting.decisions] == [[stays.slug]] * 2
        assert meeting.decisions[1].value["heading"] == "Café"
        draft = meeting.get_latest_revision_as_object()
        assert [block.value["topics"] for block in draft.decisions] == [[stays.slug]] * 2
        review.refresh_from_db()
        assert review.good_practice[0].value["topics"] == [stays.slug]
        assert Piece.objects.filter(topics=stays).count() == 3
        assert {page.pk for page in pages_with_pieces(stays)} == {meeting.pk, review.pk}
        for content in Revision.objects.values_list("content", flat=True):
            assert '"cse"' not in str(content)

    def test_changes_nothing_else_that_has_the_word(self, home, cse, stays):
        page = add_meeting(add_board(home), slug="cse", title="cse", decisions=[decision("cse")])
        before = page.get_latest_revision().content
        merge(cse, stays)
        assert page.get_latest_revision().content == before

    def test_lets_the_search_find_all_by_the_one_that_stays(self, home, cse, stays):
        page = add_information(home, topics=[cse])
        meeting = add_meeting(add_board(home), decisions=[decision(topics=["cse"])])
        merge(cse, stays)
        assert Passage.objects.get(page=page).topics == [stays.pk]
        assert [stays.pk] in Passage.objects.filter(page=meeting).values_list("topics", flat=True)
        before = dict(Passage.objects.values_list("pk", "fingerprint"))
        record_passages(page=BasePage.objects.get(pk=meeting.pk).specific)
        assert dict(Passage.objects.values_list("pk", "fingerprint")) == before

    def test_publishes_nothing_and_tells_nobody(self, home, cse, stays):
        area = add_area(add_year(add_priorities(home)), topics=[cse])
        add_resource(add_library(home), topics=[cse])
        subscriber_to({f"priority:{area.pk}": "at_once"})
        before = Edition.objects.count(), Message.objects.count()
        merge(cse, stays)
        assert (Edition.objects.count(), Message.objects.count(), mail.outbox) == (*before, [])
        assert topics_of(area) == [stays.slug]

    def test_is_undone_as_a_whole(self, monkeypatch, home, cse, stays):
        page = add_information(home, topics=[cse])

        def fails(**kwargs):
            raise RuntimeError

        monkeypatch.setattr(merging, "record_passages", fails)
        with pytest.raises(RuntimeError):
            merge(cse, stays)
        assert topics_of(page) == ["cse"]
        assert page.get_latest_revision().content["topics"] == [cse.pk]
        assert not FormerTopic.objects.exists()

    def test_knows_every_way_to_name_a_topic(self, cse):
        pointing = {relation.field.model for relation in relations_of(cse)}
        assert pointing == {BasePage.topics.through, Piece.topics.through, FormerTopic}

    def test_knows_every_block_with_topics(self):
        names = {name for model in get_page_models() for name in blocks_with_topics(model)}
        assert names == {"topics"}

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_each_into_the_other_at_once_leaves_one(self):
        topics = [Topic.objects.create(name=name, slug=name.lower()) for name in ("One", "Two")]
        page = add_information(add_home(), topics=topics)
        both = threading.Barrier(2)

        def run(pair):
            try:
                both.wait(10)
                merge(*pair)
            except CannotMerge:
                return "refused"
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(run, (topics, topics[::-1])), key=str) == [None, "refused"]
        assert topics_of(page) == [Topic.objects.get().slug]


def blocks_with_topics(model):
    """Yield the names under which blocks of a page type keep topics."""
    waiting = [field.stream_block for field in model._meta.local_fields if isinstance(field, StreamField)]
    while waiting:
        block = waiting.pop()
        children = block.child_blocks if isinstance(block, BaseStreamBlock | StructBlock) else {}
        yield from (name for name, child in children.items() if isinstance(child, TopicsBlock))
        waiting += [*children.values(), *([block.child_block] if hasattr(block, "child_block") else [])]


class TestTheOldName:
    @pytest.fixture(autouse=True)
    def merged(self, home, cse, stays):
        merge(cse, stays)

    def test_leads_addresses_of_lists_and_feeds_on(self, client, home, stays):
        news = home.add_child(instance=WhatsNewPage(title="What is new", slug="new", search_description="All."))
        news.save_revision().publish()
        library = add_library(home)
        add_resource(library, topics=[stays])
        for address in (news.url, f"{news.url}feed/", library.url, "/search/"):
            answer = client.get(address, {"q": "a&b", "topic": "cse", "sort": "changed"})
            assert answer.status_code == 301
            assert answer.url == f"?q=a%26b&topic={stays.slug}&sort=changed"
            assert answer["Cache-Control"] == "no-cache"
        assert "1 resource" in text(client.get(library.url, {"topic": "cse"}, follow=True))

    def test_leaves_other_addresses_alone(self, client, home, manager, stays):
        for address in (f"{home.url}?topic={stays.slug}", f"{home.url}?topic=other", f"{home.url}?about=cse"):
            assert client.get(address).status_code == 200
        assert manager.get(reverse("wagtailadmin_explore_root"), {"topic": "cse"}).status_code == 200

    def test_goes_on_to_be_named_by_titles(self, home, stays):
        meeting = add_meeting(add_board(home), decisions=[decision("A new panel about CSE")])
        assert [topic.pk for topic in Piece.objects.get(page=meeting).topics.all()] == [stays.pk]

    def test_is_known_to_imports(self, stays):
        assert stays in Values().topics["cse"]

    def test_leads_on_through_a_second_merge(self, client, home, stays):
        last = Topic.objects.create(name="Exploitation", slug="exploitation")
        merge(stays, last)
        assert client.get(f"{home.url}?topic=cse").url == "?topic=exploitation"

    def test_belongs_to_a_new_topic_that_is_called_so(self, client, home):
        Topic.objects.create(name="cse", slug="cse")
        assert not FormerTopic.objects.exists()
        assert client.get(f"{home.url}?topic=cse").status_code == 200


class TestTheScreen:
    def test_is_led_to_from_the_topic(self, manager, cse, stays):
        for name in ("edit", "delete"):
            add_information(BasePage.objects.get(slug="home"), topics=[cse])
            shown = manager.get(reverse(f"topics:{name}", args=[cse.pk])).content.decode()
            assert address_of(cse) in shown

    def test_says_what_will_move_and_moves_nothing_yet(self, manager, home, cse, stays):
        add_information(home, topics=[cse, stays])
        add_information(home, topics=[cse])
        draft = add_information(home, title="A draft")
        draft.topics = [cse]
        draft.save_revision()
        add_meeting(add_board(home), title="May", decisions=[decision(topics=["cse"]), decision("Of CSE")])
        area = add_area(add_year(add_priorities(home)), title="Exploited children", topics=[stays])
        subscriber_to({f"priority:{area.pk}": "daily"})
        assert "The topic that stays" in text(manager.get(address_of(cse)))
        said = text(manager.get(address_of(cse, stays)))
        for sentence in (
            "“CSE” goes and “Child sexual exploitation” stays",
            "2 pages carry it; 1 of them the other one, too",
            "1 draft carries it: A draft",
            "It was chosen for single items, decisions or findings on these pages: May",
            "1 item has it by its title",
            "and 1 reader hears of it: Exploited children",
            "that have “cse” in their addresses lead to those of “child-sexual-exploitation”",
        ):
            assert sentence in said
        assert Topic.objects.filter(pk=cse.pk).exists()

    def test_merges_when_it_is_confirmed(self, manager, home, cse, stays):
        page = add_information(home, topics=[cse])
        answer = manager.post(address_of(cse), {"into": stays.pk}, follow=True)
        assert "“CSE” is now part of “Child sexual exploitation”." in text(answer)
        assert topics_of(page) == [stays.slug]
        entry = ModelLogEntry.objects.get(action=merging.MERGED)
        assert (entry.object_id, entry.data["gone"], entry.data["word"]) == (str(stays.pk), "CSE", "cse")
        assert entry.message == "Merged “CSE” into it"
        assert entry.user.groups.get().name == SITE_MANAGERS.name
        gone = ModelLogEntry.objects.get(action="wagtail.delete", object_id=str(cse.pk))
        assert gone.deleted
        assert "Merged “CSE” into it" in text(manager.get(reverse("topics:history", args=[stays.pk])))

    @pytest.mark.parametrize("into", ["", "x", "9" * 30, "0"])
    def test_refuses_what_is_no_topic(self, manager, cse, stays, into):
        for answer in (manager.get(address_of(cse), {"into": into}), manager.post(address_of(cse), {"into": into})):
            assert "The topic that stays" in text(answer)
        assert Topic.objects.count() == 2

    def test_refuses_the_topic_itself(self, manager, cse, stays):
        assert "There is no such topic any more." in text(manager.post(address_of(cse), {"into": cse.pk}))
        with pytest.raises(CannotMerge, match="into itself"):
            merge(cse, cse)

    def test_says_that_there_is_no_other(self, manager, cse):
        assert "“CSE” is the only topic" in text(manager.get(address_of(cse)))

    def test_refuses_when_the_other_one_went_meanwhile(self, monkeypatch, manager, cse, stays):
        original = merging._both

        def slowly(gone, kept):
            Topic.objects.filter(pk=kept).delete()
            return original(gone, kept)

        monkeypatch.setattr(merging, "_both", slowly)
        answer = manager.post(address_of(cse), {"into": stays.pk}, follow=True)
        assert "Nothing was merged. Somebody has deleted or merged one of the two meanwhile." in text(answer)

    def test_refuses_while_others_publish(self, monkeypatch, manager, cse, stays):
        def busy():
            raise TreeBusy

        monkeypatch.setattr(merging, "tree_lock", busy)
        answer = manager.post(address_of(cse), {"into": stays.pk}, follow=True)
        assert "Nothing was merged: others are publishing just now." in text(answer)
        assert Topic.objects.count() == 2

    def test_is_for_site_managers_alone(self, home, cse, stays):
        for role in set(EVERYBODY) - {SITE_MANAGERS}:
            browser = Client()
            browser.force_login(member(role))
            assert browser.get(address_of(cse)).status_code == 302
            assert browser.post(address_of(cse), {"into": stays.pk}).status_code == 302
        assert Topic.objects.count() == 2

    def test_of_a_topic_that_is_gone_is_not_found(self, manager, cse, stays):
        merge(cse, stays)
        assert manager.get(address_of(cse)).status_code == 404
        assert manager.get(f"/admin/topics/merge/{'9' * 30}/").status_code == 404

    def test_leaves_nothing_that_names_the_one_that_went(self, home, cse, stays):
        add_information(home, topics=[cse])
        key = cse.pk
        merge(cse, stays)
        assert uses_of(Topic(pk=key, name="CSE", slug="cse")) == []
