"""What somebody with a link says of a draft comes back to its editor, once, and is erased in time."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone

from drafts import services
from drafts.mail import send_owed
from drafts.models import DraftComment, DraftLink
from drafts.services import KEPT_DAYS, TooManyComments, erase_old
from tests.drafts.factories import add_draft, comment_on, filled_in, make_editor_of, path_of, share
from tests.factories import add_home, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db


@once
def home():
    return add_home()


@once
def page(home):
    return add_draft(home, title="A new policy", slug="new-policy")


@pytest.fixture
def link(page):
    return share(page, user=make_manager(), about="Head teachers")


class TestAComment:
    def test_is_stored_with_the_part_of_the_draft_it_is_about(self, client, page, link):
        answer = client.post(path_of(link, page), filled_in(section="the-plan"))
        assert answer["Location"].endswith("?sent=1#draft-comment")
        assert "Thank you" in client.get(answer["Location"]).content.decode()
        comment = DraftComment.objects.get()
        assert (comment.name, comment.text, comment.section) == ("Ash", "It is seven days.", "The plan")
        assert (comment.page_id, comment.link) == (page.pk, link)

    def test_is_stored_once_however_often_it_is_sent(self, client, page, link):
        sent = filled_in()
        assert {client.post(path_of(link, page), sent).status_code for _ in range(2)} == {302}
        assert DraftComment.objects.count() == 1

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"name": " "}, "Enter your name"),
            ({"text": ""}, "Write your comment"),
            ({"text": "x" * 5001}, "This must be 5,000 characters or fewer."),
            ({"name": "x" * 81}, "This must be 80 characters or fewer."),
            ({"section": "elsewhere"}, "This part is not in the draft any more."),
            ({"website": "https://a.example/"}, "Something was filled in that people do not see."),
            ({"key": "made up"}, "This form was open for a long time."),
            ({"text": "About J.S., DOB 3/4/2015."}, "This looks as if it holds a date of birth."),
        ],
    )
    def test_is_shown_again_with_what_is_wrong_and_what_was_written(self, client, page, link, fields, said):
        text = client.post(path_of(link, page), filled_in(**fields)).content.decode()
        assert said in text
        assert "Draft, not published" in text
        assert not DraftComment.objects.exists()

    def test_may_hold_what_looks_like_details_when_it_is_sent_again(self, client, page, link):
        client.post(path_of(link, page), filled_in(text="DOB 3/4/2015 <b>x</b>", warned="yes"))
        assert DraftComment.objects.get().may_hold_details

    def test_is_refused_beyond_as_many_as_a_link_may_have(self, client, page, link):
        with mock.patch.object(services, "MOST_COMMENTS", 1):
            comment_on(link, page)
            with pytest.raises(TooManyComments):
                comment_on(link, page)
            text = client.post(path_of(link, page), filled_in(text="One more")).content.decode()
        assert "has taken as many comments as it can" in text
        assert "One more" in text

    def test_that_is_far_too_large_is_not_read(self, client, page, link):
        answer = client.post(path_of(link, page), filled_in(text="x" * 300_000))
        assert answer.status_code == 413
        assert "Draft, not published" in answer.content.decode()

    def test_needs_a_link_that_works(self, client, page, link):
        link.revoked_at = timezone.now()
        link.save()
        assert client.post(path_of(link, page), filled_in()).status_code == 410
        assert not DraftComment.objects.exists()


class TestTheMail:
    def test_tells_who_made_the_link_once_without_a_word_of_it(self, page, link):
        comment_on(link, page)
        comment_on(link, page, text="Zebra")
        assert send_owed(now=timezone.now()) == (1, 0)
        assert send_owed(now=timezone.now()) == (0, 0)
        [sent] = mail.outbox
        assert sent.to == [link.made_by.email]
        assert sent.subject == "Comment on the draft “A new policy”"
        assert "2 comments have come" in sent.body
        assert f"/admin/drafts/{page.pk}/#comments" in sent.body
        assert "Zebra" not in str(sent.message())

    def test_is_not_sent_to_who_may_not_edit_the_page_any_more(self, page):
        editor = make_editor_of(page)
        comment_on(share(page, user=editor), page)
        editor.groups.clear()
        assert send_owed(now=timezone.now()) == (0, 0)
        assert not DraftComment.objects.filter(told_at=None).exists()

    def test_is_tried_again_later_when_it_fails(self, page, link):
        comment_on(link, page)
        now = timezone.now()
        with mock.patch("django.core.mail.EmailMultiAlternatives.send", side_effect=SMTPServerDisconnected):
            assert send_owed(now=now) == (0, 1)
        assert send_owed(now=now) == (0, 0)
        assert send_owed(now=now + timedelta(minutes=2)) == (1, 0)


class TestErasing:
    def test_takes_links_and_comments_some_time_after_they_have_ended(self, page, link):
        now = timezone.now()
        comment_on(link, page)
        erase_old(now=link.ends_at + timedelta(days=KEPT_DAYS) - timedelta(minutes=1))
        assert DraftComment.objects.count() == 1
        stopped = share(page)
        DraftLink.objects.filter(pk=stopped.pk).update(revoked_at=now)
        erase_old(now=now + timedelta(days=KEPT_DAYS, minutes=1))
        assert list(DraftLink.objects.all()) == [link]
        erase_old(now=link.ends_at + timedelta(days=KEPT_DAYS, minutes=1))
        assert not DraftComment.objects.exists()
