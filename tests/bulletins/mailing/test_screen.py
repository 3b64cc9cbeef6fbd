"""The screen "Send by e-mail": who sees it, what it tells, and a test that goes to nobody else."""

import smtplib
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import GroupPagePermission, PageViewRestriction

from accounts.models import User
from bulletins.mail_views import SendingPanel
from tests.bulletins.mailing.factories import block, picture_block, with_body
from tests.factories import add_archive, add_bulletin, add_home, add_information, make_manager, news
from tests.once import once

pytestmark = pytest.mark.django_db

home = once(add_home)


@once
def archive(home):
    return add_archive(home)


def screen(page, version="") -> str:
    return reverse("bulletins_mail:screen", args=[page.pk]) + version


def preview(page) -> str:
    return reverse("bulletins_mail:html", args=[page.pk])


def text_of(client, address) -> str:
    soup = BeautifulSoup(client.get(address).content, "html.parser").find("main")
    return " ".join(soup.get_text(" ").split())


def make_editor(page, email="editor@board.example") -> User:
    """Make somebody who may edit pages below this one, but not publish them."""
    group = Group.objects.create(name=email)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=page.get_base_page(), permission_type="change")
    user = User.objects.create_user(email, "a long enough password")
    user.groups.add(group)
    return user


@pytest.fixture
def staff(client):
    client.force_login(make_manager())
    return client


class TestTheScreen:
    def test_shows_both_forms_the_subject_and_the_size(self, staff, archive):
        issue = add_bulletin(archive, title="Neglect", quarter_label="April 2030", items=[news("First thing")])
        text = text_of(staff, screen(issue))
        assert "Bulletin, April 2030: Neglect" in text
        assert "1. News: First thing" in text
        assert "KB of at most 90 KB" in text
        assert "Nothing to mend" in text
        assert staff.get(screen(issue)).content.decode().count(f'src="{preview(issue)}"') == 2

    def test_says_that_nobody_would_get_it_where_no_room_knows_readers(self, archive):
        assert "it would go to nobody (0 people)" in SendingPanel(add_bulletin(archive)).render_html({})

    def test_says_that_only_a_public_issue_can_be_sent(self, staff, archive):
        private = add_bulletin(archive)
        assert "this one is not public" not in text_of(staff, screen(private))
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        assert "this one is not public" in text_of(staff, screen(private))
        assert "this one is not public" in text_of(staff, screen(add_bulletin(archive, publish=False)))

    def test_can_be_given_readers_by_a_room_above(self, staff, archive):
        class Readers(Component):
            def render_html(self, parent_context=None):
                return "It would go to 7 people."

        def replace(request, page, panels):
            panels[0] = Readers()

        with hooks.register_temporarily("construct_bulletin_mail_panels", replace):
            text = text_of(staff, screen(add_bulletin(archive)))
        assert "It would go to 7 people." in text
        assert "nobody (0 people)" not in text

    def test_shows_the_draft_and_on_request_what_is_public(self, staff, archive):
        issue = add_bulletin(archive, title="Before")
        issue.title = "After"
        issue.save_revision()
        assert "quarter" not in text_of(staff, screen(issue))
        assert ": After" in text_of(staff, screen(issue))
        assert "This is your draft." in text_of(staff, screen(issue))
        assert ": Before" in text_of(staff, screen(issue, "?version=public"))

    def test_is_found_from_the_issue(self, staff, archive):
        issue = add_bulletin(archive)
        assert screen(issue) in staff.get(reverse("wagtailadmin_pages:edit", args=[issue.pk])).content.decode()
        assert screen(issue) in staff.get(reverse("wagtailadmin_explore", args=[archive.pk])).content.decode()
        other = staff.get(reverse("wagtailadmin_pages:edit", args=[archive.pk])).content.decode()
        assert screen(archive) not in other

    def test_is_for_nobody_who_may_not_edit_the_issue(self, client, home, archive):
        issue, elsewhere = add_bulletin(archive), add_information(home)
        client.force_login(make_editor(elsewhere))
        for answer in (client.get(screen(issue)), client.get(preview(issue)), client.post(screen(issue))):
            assert answer.status_code == 302
            assert answer.url == reverse("wagtailadmin_home")
        assert mail.outbox == []

    def test_is_for_nobody_who_is_not_signed_in(self, client, archive):
        issue = add_bulletin(archive, publish=False)
        for answer in (client.get(screen(issue)), client.get(preview(issue)), client.post(screen(issue))):
            assert "/sign-in/" in answer.url
        assert mail.outbox == []

    @pytest.mark.parametrize("name", ["bulletins_mail:screen", "bulletins_mail:html"])
    def test_exists_for_issues_only(self, staff, archive, name):
        assert staff.get(reverse(name, args=[archive.pk])).status_code == 404


class TestThePreview:
    def test_runs_nothing_and_is_shown_by_the_admin_alone(self, staff, archive):
        answer = staff.get(preview(add_bulletin(archive, items=[news("<script>x</script>")])))
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "img-src 'self' http://testserver;" in policy
        assert "frame-ancestors 'self'; sandbox allow-popups" in policy
        assert "script" not in policy
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert b"<script" not in answer.content

    def test_opens_links_beside_it(self, staff, archive):
        assert b'<base target="_blank">' in staff.get(preview(add_bulletin(archive))).content


class TestWhatIsWrong:
    def test_is_said_with_the_name_of_the_item(self, staff, home, archive):
        hidden = add_information(home, title="Zebra", publish=False)
        link = f'<p><a linktype="page" id="{hidden.pk}">the plan</a></p>'
        items = [
            news("Empty", "<p> </p>", source=home.pk),
            news("Linked", link),
            news("Chosen", kind="highlight", page=hidden.pk),
            with_body(picture_block(999, "", caption=""), block("text", "<p>x</p>"), heading="Pictured"),
        ]
        text = text_of(staff, screen(add_bulletin(archive, items=items, introduction=link)))
        assert "Look at this first (6)" in text
        assert "In the introduction, “the plan” leads nowhere" in text
        assert "“Empty”: there is no text in this item." in text
        assert "“Linked”: “the plan” leads nowhere" in text
        assert "“Chosen”: a page chosen here is gone or not public" in text
        assert "“Pictured”: a picture chosen here is gone" in text
        assert "“Pictured”: a picture has no description" in text

    def test_is_also_that_an_issue_is_empty_or_too_large(self, staff, archive):
        assert "There is no item in this issue yet." in text_of(staff, screen(add_bulletin(archive, items=[])))
        rich = "<p>It happened here, and it may happen again.</p>" * 60
        large = add_bulletin(archive, items=[news(f"Item {number}", rich) for number in range(30)])
        assert "only the beginning of each item is in it" in text_of(staff, screen(large))

    def test_costs_as_many_queries_for_three_items_as_for_thirty(self, django_assert_max_num_queries, staff, archive):
        counts = []
        for size in (3, 30):
            issue = add_bulletin(archive, items=[news(f"Item {number}") for number in range(size)])
            staff.get(screen(issue))
            with django_assert_max_num_queries(60) as captured:
                staff.get(screen(issue))
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestATest:
    def test_goes_to_whoever_asks_and_to_nobody_else(self, client, archive):
        issue = add_bulletin(archive, title="Neglect", quarter_label="April 2030")
        client.force_login(make_editor(archive))
        make_manager("other@board.example")
        answer = client.post(screen(issue), {"to": "other@board.example", "email": "x@y.example"}, follow=True)
        assert "A test is on its way to editor@board.example." in answer.content.decode()
        message = mail.outbox[0]
        assert len(mail.outbox) == 1
        assert message.recipients() == ["editor@board.example"]
        assert message.subject == "[Test] Bulletin, April 2030: Neglect"
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
        assert "This is a test, sent to you alone." in message.body
        assert "This is a test, sent to you alone." in message.alternatives[0][0]
        assert "This is a test" not in client.get(preview(issue)).content.decode()

    def test_of_a_draft_says_so(self, staff, archive):
        staff.post(screen(add_bulletin(archive, publish=False, title="Neglect")))
        assert mail.outbox[0].subject.startswith("[Test] Draft: Bulletin")
        assert "This is a test of a draft" in mail.outbox[0].body

    def test_of_a_changed_issue_is_of_the_version_on_the_screen(self, staff, archive):
        issue = add_bulletin(archive, title="Before")
        issue.title = "After"
        issue.save_revision()
        staff.post(screen(issue))
        staff.post(screen(issue, "?version=public"))
        subjects = [message.subject for message in mail.outbox]
        assert subjects[0].startswith("[Test] Draft: ")
        assert subjects[0].endswith("After")
        assert subjects[1].endswith("Before")
        assert "Draft" not in subjects[1]

    def test_can_be_sent_ten_times_an_hour_by_each_person(self, client, archive):
        issue = add_bulletin(archive)
        client.force_login(make_manager())
        answers = [client.post(screen(issue), follow=True).content.decode() for _ in range(11)]
        assert len(mail.outbox) == 10
        assert "You have sent ten tests within an hour." in answers[-1]
        client.force_login(make_manager("second@board.example"))
        client.post(screen(issue))
        assert len(mail.outbox) == 11

    def test_needs_an_address(self, client, archive):
        user = make_manager()
        User.objects.filter(pk=user.pk).update(email="")
        client.force_login(user)
        answer = client.post(screen(add_bulletin(archive)), follow=True).content.decode()
        assert "Your account has no e-mail address." in answer
        assert mail.outbox == []

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (ConnectionRefusedError("10.0.0.1 refused"), "The mail server did not answer"),
            (TimeoutError(), "The mail server did not answer"),
            (smtplib.SMTPServerDisconnected("gone"), "The mail server did not answer"),
            (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no")}), "does not take mail for manager@"),
        ],
        ids=["refused", "slow", "gone", "address"],
    )  # fmt: skip
    def test_that_cannot_be_sent_says_so(self, staff, archive, monkeypatch, caplog, error, words):
        monkeypatch.setattr(EmailBackend, "send_messages", mock.Mock(side_effect=error))
        answer = staff.post(screen(add_bulletin(archive)), follow=True).content.decode()
        assert words in answer
        assert "10.0.0.1" not in answer
        assert "board.example" not in caplog.text

    def test_is_not_sent_by_looking(self, staff, archive):
        issue = add_bulletin(archive)
        staff.get(screen(issue))
        staff.get(preview(issue))
        assert mail.outbox == []
