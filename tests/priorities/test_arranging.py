"""Staff pin and hide what a priority gathers: at once, without a draft, and only who may publish it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gathering.by_topic import SHOWN
from gathering.models import Piece
from priorities.models import Arrangement
from priorities.services import NothingThere, arrange
from tests.documents.factories import add_library, add_resource
from tests.enquiries.factories import make_staff
from tests.factories import add_archive, add_bulletin, add_home, forget_stored_pages, make_manager, news
from tests.priorities.factories import add_area, add_priorities, add_year, make_topic

pytestmark = pytest.mark.django_db


class Place:
    """A priority that gathers a tool and an item of a bulletin."""

    def __init__(self):
        home = add_home()
        self.topic = make_topic("Neglect")
        self.area = add_area(add_year(add_priorities(home), date.today().year), title="Neglect", topics=[self.topic])
        self.tool = add_resource(add_library(home), title="The tool")
        self.tool.topics.set([self.topic])
        self.tool.save_revision().publish()
        self.issue = add_bulletin(add_archive(home), items=[news("Neglect: an item")], title="The issue")
        self.piece = Piece.objects.get()


@pytest.fixture
def place(db):
    return Place()


def do(place, action, key):
    return arrange(area=place.area, key=key, action=action, user=None, now=timezone.now())


class TestArrange:
    def test_pinned_things_come_first_and_stand_nowhere_else(self, client, place):
        do(place, "pin", f"piece-{place.piece.pk}")
        said = client.get(place.area.url).content.decode()
        assert "Start here" in said
        assert said.count("Neglect: an item") == 1

    def test_pinned_things_make_room_for_others_below(self, client, place):
        library = place.tool.get_parent().specific
        for number in range(SHOWN + 2):
            tool = add_resource(library, title=f"Another tool {number}")
            tool.topics.set([place.topic])
            tool.save_revision().publish()
            if number < SHOWN:
                do(place, "pin", f"page-{tool.pk}")
        said = client.get(place.area.url).content.decode()
        listed = said[said.index("Documents and tools") : said.index("What has changed")]
        assert "Another tool 7" in listed
        assert "Another tool 5" not in listed
        assert f"All {SHOWN + 3}" in listed

    def test_hidden_things_show_no_more_here_and_stay_on_the_rest_of_the_site(self, client, place):
        assert "The tool" in client.get(place.area.url).content.decode()
        do(place, "hide", f"page-{place.tool.pk}")
        forget_stored_pages()
        assert "The tool" not in client.get(place.area.url).content.decode()
        assert "The tool" not in client.get(f"{place.area.url}everything/documents-and-tools/").content.decode()
        assert client.get(place.tool.url).status_code == 200

    def test_undo_leaves_it_to_itself(self, client, place):
        do(place, "hide", f"page-{place.tool.pk}")
        do(place, "undo", f"page-{place.tool.pk}")
        assert "The tool" in client.get(place.area.url).content.decode()

    def test_twice_is_once_and_the_last_word_counts(self, place):
        for action in ("pin", "pin", "hide"):
            do(place, action, f"page-{place.tool.pk}")
        assert list(Arrangement.objects.values_list("is_hidden", flat=True)) == [True]

    def test_pinned_things_that_readers_may_not_see_do_not_show(self, client, place):
        do(place, "pin", f"page-{place.tool.pk}")
        do(place, "pin", f"piece-{place.piece.pk}")
        place.tool.unpublish()
        place.issue.unpublish()
        said = client.get(place.area.url).content.decode()
        assert "The tool" not in said
        assert "Neglect: an item" not in said

    @pytest.mark.parametrize("key", ["", "page-", "page-0", "piece-x", "page-٣", "user-1", "page-" + "9" * 40])
    def test_what_is_not_there_is_refused(self, place, key):
        with pytest.raises(NothingThere):
            do(place, "pin", key)

    def test_a_priority_cannot_be_pinned_to_itself(self, place):
        with pytest.raises(NothingThere):
            do(place, "pin", f"page-{place.area.pk}")


class TestScreen:
    def test_shows_what_is_gathered_and_does_what_its_buttons_say(self, client, place):
        client.force_login(make_manager())
        address = f"{reverse('priorities_arrange', args=[place.area.pk])}?list=news"
        assert "Neglect: an item" in client.get(address).content.decode()
        response = client.post(address, {"action": "pin", "key": f"piece-{place.piece.pk}"}, follow=True)
        assert "is pinned. Readers see it first." in response.content.decode()
        assert response.redirect_chain[0][0] == address

    def test_a_forged_button_changes_nothing(self, client, place):
        client.force_login(make_manager())
        address = reverse("priorities_arrange", args=[place.area.pk])
        for sent in ({"action": "drop", "key": f"page-{place.tool.pk}"}, {"action": "pin", "key": "page-999999"}, {}):
            assert client.post(address, sent, follow=True).status_code == 200
        assert not Arrangement.objects.exists()

    def test_whoever_may_not_publish_the_page_is_turned_away(self, client, place):
        client.force_login(make_staff())
        address = reverse("priorities_arrange", args=[place.area.pk])
        client.get(address)
        client.post(address, {"action": "pin", "key": f"page-{place.tool.pk}"})
        assert not Arrangement.objects.exists()
