"""News for the bulletin: the form, its file, the queue, and into an issue. What an item looks like: tests/bulletins."""

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from bulletins.models import BulletinPage
from enquiries import uploads
from enquiries.mail import send_owed
from enquiries.models import NewsSubmission
from enquiries.services import NotOpen, decide, erase_old, reopen
from enquiries.states import State
from enquiries.taking import CannotTakeNews, accept_news, receive_news
from files.confined import CannotExamine
from files.refusals import TooMuch
from tests.enquiries.factories import NEWS, add_news_page, make_closed, make_news, make_staff, news_filled_in, news_url
from tests.enquiries.test_form import read, summary_of, value_of
from tests.enquiries.test_mail import both_texts
from tests.enquiries.test_queue import text
from tests.factories import add_bulletin, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

page = once(add_news_page)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """Keep what is uploaded in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def poster(content=b"Come along.", name="poster.txt") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def stored(media) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def send(client, page, **fields):
    return client.post(news_url(page), news_filled_in(**fields))


class TestTheForm:
    def test_needs_title_text_agency_and_address(self, client, page):
        response = send(client, page, title="", text="", sender_agency="", sender_email="")
        assert [link.text for link in read(response).select(".govuk-error-summary a")] == [
            "Give it a title",
            "Write your news",
            "Enter your agency or team: readers see who it comes from",
            "Enter your e-mail address, so that we can answer",
        ]

    @pytest.mark.parametrize(("days", "missed"), [(0, False), (-1, True)])
    def test_says_which_issue_it_will_be_in(self, client, page, days, missed):
        today = timezone.localdate()
        add_bulletin(page, issue_date=today.replace(day=1), next_deadline=today + timedelta(days=days))
        issue = page.news_issue(on=today)
        shown = text(client.get(news_url(page)))
        assert f"For the bulletin of {issue.label}." in shown
        assert (f"The deadline for {issue.missed} has passed." in shown) is missed
        assert f"{issue.closes.day} {issue.closes:%B %Y}" in shown
        thanks = client.post(news_url(page), news_filled_in(), follow=True)
        assert f"for the bulletin of {issue.label}" in text(thanks)
        assert NewsSubmission.objects.get().for_issue == issue.label

    @pytest.mark.parametrize("name", ["title", "text"])
    def test_refuses_what_is_only_a_link(self, client, page, name):
        response = send(client, page, **{name: "https://spam.example/buy see www.spam.example"})
        assert "Say in words what it is about" in summary_of(response)
        assert not NewsSubmission.objects.exists()

    def test_takes_words_with_a_link(self, client, page):
        assert send(client, page, text="Book a place at https://training.example/neglect").status_code == 302

    def test_is_found_from_the_archive_and_from_each_issue(self, client, page):
        issue = add_bulletin(page, next_deadline=timezone.localdate())
        for address in (page.url, issue.url):
            links = [link["href"] for link in read(client.get(address)).main.find_all("a", string="Send us your news")]
            assert [client.get(link).url for link in links] == [news_url(page)]


class TestAFile:
    def test_is_kept_under_a_place_that_nobody_can_guess(self, client, page, media):
        assert send(client, page, file=poster()).status_code == 302
        sent = NewsSubmission.objects.get()
        assert sent.file_name == "poster.txt"
        assert sent.file.read() == b"Come along."
        assert len(Path(sent.file.name).parts[1]) == 32
        assert stored(media) == ["poster.txt"]

    @pytest.mark.parametrize(
        ("file", "said"),
        [
            (poster(b"MZ\x90\x00", "poster.pdf"), "This file is called a PDF, but"),
            (poster(b"x", "poster.exe"), "We do not take this kind of file."),
            (poster(b""), "This file is empty."),
            (poster(b"<html><script>", "poster.txt"), "it is a web page"),
            (poster(b"x" * (uploads.LARGEST_FILE + 1)), "we take at most 10 MB"),
        ],
        ids=["program", "kind", "empty", "web page", "size"],
    )
    def test_is_checked_as_those_of_the_library(self, client, page, media, file, said):
        response = send(client, page, file=file)
        assert response.status_code == 200
        assert said in summary_of(response)
        assert value_of(response, "text") == news_filled_in()["text"]
        assert not NewsSubmission.objects.exists()
        assert stored(media) == []

    def test_that_cannot_be_opened_is_found_out_by_the_whole_check(self, client, page, media):
        whole = BytesIO()
        with zipfile.ZipFile(whole, "w") as package:
            package.writestr("[Content_Types].xml", "<Types/>")
        response = send(client, page, file=poster(whole.getvalue(), "poster.docx"))
        assert "file" in summary_of(response)
        assert stored(media) == []

    @pytest.mark.parametrize(
        ("error", "said"), [(TooMuch(), "Make it smaller"), (CannotExamine(), "We cannot check files at the moment.")]
    )
    def test_that_takes_too_much_or_cannot_be_checked_is_not_kept(self, client, page, media, monkeypatch, error, said):
        def examine(self, path, *, name):
            raise error

        monkeypatch.setattr(uploads.Examiner, "examine", examine)
        assert said in summary_of(send(client, page, file=poster()))
        assert stored(media) == []

    def test_is_not_looked_into_while_something_else_is_wrong(self, client, page, monkeypatch):
        monkeypatch.setattr("enquiries.news_forms.check_file", None)
        response = send(client, page, title="", file=poster())
        assert "Choose the file again." in summary_of(response)
        assert "Give it a title" in summary_of(response)

    def test_beyond_what_is_taken_is_refused_unread(self, client, page):
        response = send(client, page, file=poster(b"x" * (uploads.LARGEST_FILE + 300_000)))
        assert response.status_code == 413
        assert "10 MB at most" in summary_of(response)

    def test_does_not_make_room_for_more_words(self, client, page):
        response = send(client, page, text="x" * 1_000_000, file=poster())
        assert response.status_code == 413
        assert len(response.content) < 100_000

    def test_comes_once_with_a_form_that_comes_twice(self, client, page, media):
        form = news_filled_in()
        for _ in range(2):
            client.post(news_url(page), form | {"file": poster()})
        assert NewsSubmission.objects.count() == 1
        assert stored(media) == ["poster.txt"]

    def test_is_not_left_behind_when_the_row_cannot_be_stored(self, page, media, monkeypatch):
        monkeypatch.setattr("enquiries.taking.receive", None)
        with pytest.raises(TypeError):
            receive_news(upload=poster(), form_key=None, now=timezone.now())
        assert stored(media) == []

    @pytest.mark.parametrize(
        "name", ["../../evil.txt", "a/b\\c.txt", "\u202etxt.exe.txt", "x" * 400 + ".txt", 'a".txt']
    )
    def test_with_an_odd_name_is_kept_under_a_plain_one(self, client, page, media, name):
        assert send(client, page, file=poster(name=name)).status_code == 302
        kept = Path(NewsSubmission.objects.get().file.path)
        assert kept.is_relative_to(media / "enquiries")
        assert kept.name.endswith("txt")


def send_file(client, page) -> NewsSubmission:
    assert send(client, page, file=poster()).status_code == 302
    return NewsSubmission.objects.first()


class TestErasing:
    def test_takes_the_file_when_the_row_goes(self, client, page, media, django_capture_on_commit_callbacks):
        news = send_file(client, page)
        decide(news, state=State.CLOSED, outcome="", user=None, now=timezone.now() - timedelta(days=400))
        with django_capture_on_commit_callbacks(execute=True):
            assert erase_old(now=timezone.now())[NewsSubmission] == 1
        assert stored(media) == []
        assert list((media / "enquiries").iterdir()) == []

    def test_by_staff_takes_it_too(self, client, page, media, django_capture_on_commit_callbacks):
        news = send_file(client, page)
        client.force_login(make_staff(NEWS.handles, "delete_newssubmission"))
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"{NEWS.queue}delete/{news.pk}/")
        assert stored(media) == []

    def test_that_is_undone_leaves_it(self, client, page, media):
        send_file(client, page).delete()
        assert stored(media) == ["poster.txt"], "nothing has been committed"

    def test_sweeps_up_what_no_row_names(self, client, page, media):
        news = send_file(client, page)
        uploads.default_storage.save("enquiries/0/orphan.txt", poster())
        call_command("erase_old_enquiries")
        assert stored(media) == ["orphan.txt", "poster.txt"], "it may be on its way into a row"
        named, later = {news.file.name}, timezone.now() + timedelta(days=2)
        assert uploads.erase_orphans(named=named, now=later) == 1
        assert stored(media) == ["poster.txt"]

    def test_has_nothing_to_sweep_before_the_first_file(self):
        assert uploads.erase_orphans(named=set(), now=timezone.now()) == 0


class TestTheQueue:
    def test_gives_the_file_to_those_who_work_on_it_and_as_something_to_save(self, client, page):
        news = send_file(client, page)
        address = f"{NEWS.queue}file/{news.pk}/"
        assert client.get(address).status_code == 302
        client.force_login(make_staff("change_amendmentsuggestion"))
        assert client.get(address).status_code in (302, 403)
        client.force_login(make_staff(NEWS.handles))
        assert address in client.get(NEWS.screen(news)).content.decode()
        response = client.get(address)
        assert b"".join(response.streaming_content) == b"Come along."
        assert response["Content-Disposition"] == 'attachment; filename="poster.txt"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]

    def test_says_404_where_there_is_no_file(self, client, page, media):
        client.force_login(make_staff(NEWS.handles))
        assert client.get(f"{NEWS.queue}file/{make_news().pk}/").status_code == 404
        news = send_file(client, page)
        Path(news.file.path).unlink()
        assert client.get(f"{NEWS.queue}file/{news.pk}/").status_code == 404

    def test_file_has_no_public_address(self, client, page):
        assert client.get(f"/media/{send_file(client, page).file.name}").status_code == 404

    def test_shows_what_was_sent_and_never_as_html(self, client):
        evil = "<script>alert(1)</script>"
        client.force_login(make_staff(NEWS.handles))
        news = make_news(**dict.fromkeys(("title", "text", "contact", "sender_agency", "file_name"), evil), file="x")
        for address in (NEWS.screen(news), NEWS.queue, f"{NEWS.queue}?for_issue=April+2017"):
            assert evil not in client.get(address).content.decode()
        assert evil in text(client.get(NEWS.screen(news)))

    def test_marks_what_is_mostly_links(self, client):
        client.force_login(make_staff(NEWS.handles))
        make_news(text="Buy now https://a.example cheap https://b.example pills https://c.example")
        assert "Mostly links" in text(client.get(NEWS.queue))

    def test_is_narrowed_to_an_issue(self, client):
        client.force_login(make_staff(NEWS.handles))
        april, july = make_news(), make_news(for_issue="July 2017")
        shown = text(client.get(f"{NEWS.queue}?for_issue=July+2017"))
        assert july.title in shown
        assert april.title not in shown


def accept(client, news, **fields):
    form = {"notes": "", "assigned_to": "", "draft": "", "action-accept": "1"} | fields
    return client.post(NEWS.screen(news), form, follow=True)


class TestAccepting:
    @pytest.fixture
    def manager(self, client):
        user = make_manager()
        client.force_login(user)
        return user

    @pytest.fixture
    def issue(self, page) -> BulletinPage:
        return add_bulletin(page, publish=False, quarter_label="April 2017", title="Spring")

    def test_puts_it_into_the_chosen_issue_and_tells_the_sender(self, client, manager, page, issue):
        news = make_news(page, acknowledged_at=timezone.now(), staff_told_at=timezone.now(), title="Secret clinic")
        shown = accept(client, news, issue=f"page-{issue.pk}", draft="Well done.", notes="Kept")
        news.refresh_from_db()
        assert (news.state, news.taken_into_id, news.taken_label) == ("accepted", issue.pk, "April 2017")
        assert f"/admin/pages/{issue.pk}/edit/" in shown.content.decode()
        draft = BulletinPage.objects.get(pk=issue.pk).get_latest_revision_as_object()
        assert draft.items[-1].value["heading"] == "Secret clinic"
        send_owed(now=timezone.now())
        assert "It will be in the bulletin of April 2017." in mail.outbox[0].body
        assert "Well done." in mail.outbox[0].body
        assert "Secret" not in both_texts(mail.outbox[0])

    def test_proposes_the_issue_that_the_sender_was_told(self, client, manager, page, issue):
        news = make_news(page, for_issue="April 2017")
        chosen = read(client.get(NEWS.screen(news))).select("select[name=issue] option[selected]")
        assert [option["value"] for option in chosen] == [f"page-{issue.pk}"]

    def test_without_an_issue_asks_for_one(self, client, manager, page):
        news = make_news(page)
        assert "Choose the issue that it goes into." in text(accept(client, news, issue="", notes="Kept"))
        assert "valid choice" in text(accept(client, news, issue="page-99999"))
        news.refresh_from_db()
        assert (news.state, news.notes) == ("new", "")

    def test_is_not_possible_for_who_may_not_write_the_issue(self, client, page, issue):
        client.force_login(make_staff(NEWS.handles))
        news = make_news(page)
        assert "There is no issue that you may write" in text(client.get(NEWS.screen(news)))
        accept(client, news, issue=f"page-{issue.pk}")
        news.refresh_from_db()
        assert news.state == "new"

    def test_is_not_possible_once_the_archive_is_gone(self, client, manager):
        news = make_news()
        assert "no issue" in text(client.get(NEWS.screen(news)))
        with pytest.raises(CannotTakeNews):
            accept_news(news, key="new-2017-04-01", outcome="", user=manager, now=timezone.now())

    def test_says_what_came_in_between_and_keeps_what_was_typed(self, client, manager, page, issue, monkeypatch):
        def refuse(*args, **kwargs):
            raise CannotTakeNews("Spring is locked.")

        monkeypatch.setattr("bulletins.models.take", refuse)
        news = make_news(page)
        shown = accept(client, news, issue=f"page-{issue.pk}", notes="Typed note")
        assert "Spring is locked." in text(shown)
        assert "Typed note" in text(shown)
        news.refresh_from_db()
        assert (news.state, news.notes) == ("new", "")

    def test_twice_at_once_makes_one_item(self, manager, page, issue):
        news = make_news(page)
        stale = NewsSubmission.objects.get()
        by = {"key": f"page-{issue.pk}", "outcome": "", "user": manager, "now": timezone.now()}
        accept_news(news, **by)
        with pytest.raises(NotOpen):
            accept_news(stale, **by)
        reopen(news, user=manager, now=timezone.now())
        accept_news(news, **by)
        draft = BulletinPage.objects.get(pk=issue.pk).get_latest_revision_as_object()
        assert [item.value["heading"] for item in draft.items].count(news.title) == 1

    def test_that_fails_half_way_leaves_nothing(self, manager, page, issue):
        news = make_closed(make_news, page=page)
        revisions = issue.revisions.count()
        with pytest.raises(NotOpen):
            accept_news(news, key=f"page-{issue.pk}", outcome="", user=manager, now=timezone.now())
        assert issue.revisions.count() == revisions
