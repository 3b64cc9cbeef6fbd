"""Several people at one page: one withdraws it while others withdraw or publish it."""

import pytest
from wagtail.models import PageLogEntry

from pages.models import BasePage
from tests.pages.tree_checks import tree_faults
from tests.updates.factories import change, form_data, make_chapter
from tests.updates.test_concurrency import at_once, holding_the_tree, impatience, signed_in
from updates.withdrawing.models import Withdrawal

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def whole(page) -> bool:
    """Tell whether page, record and edition say the same."""
    page = BasePage.objects.get(pk=page.pk)
    held = Withdrawal.objects.open().filter(page=page).values_list("way", flat=True)
    in_force = page.editions.current().count()
    return list(held) == ([page.withdrawn_as] if page.withdrawn_as else []) and in_force == int(page.live)


def withdrawing(client, page, way, reason="Because."):
    return lambda: client.post(f"/admin/pages/{page.pk}/withdraw/", {"way": way, "reason": reason})


class TestAtOnce:
    def test_the_same_withdrawal_is_one(self):
        page = make_chapter(published=True)
        done = at_once(*[withdrawing(signed_in(), page, "withdrawn") for _ in range(4)])
        assert [response.status_code for response in done] == [302] * 4
        assert Withdrawal.objects.count() == 1
        assert PageLogEntry.objects.filter(page=page.pk, action="updates.withdraw").count() == 1
        assert whole(page)

    def test_different_withdrawals_and_a_publication_leave_one_truth(self):
        page = make_chapter(published=True)
        staff = [signed_in() for _ in range(3)]
        for round_ in range(3):
            data = form_data(page, title=f"Round {round_}", change_significance="minor", **{"action-publish": "1"})
            done = at_once(
                withdrawing(staff[0], page, "withdrawn", f"Round {round_}"),
                withdrawing(staff[1], page, "error", f"Round {round_}"),
                lambda data=data: staff[2].post(f"/admin/pages/{page.pk}/edit/", data),
            )
            assert [response.status_code for response in done] == [302] * 3
            assert whole(page)
            assert tree_faults() == []
        ends = Withdrawal.objects.order_by("pk").values_list("ended_at", flat=True)
        assert None not in list(ends)[:-1]

    def test_who_waits_too_long_is_told_and_nothing_is_done(self):
        page = make_chapter(published=True)
        client = signed_in()
        with impatience(), holding_the_tree():
            assert withdrawing(client, page, "error")().status_code == 503
        assert BasePage.objects.get(pk=page.pk).live
        assert not Withdrawal.objects.exists()
        change(page, title="Still at work", significance="minor").publish()
        assert whole(page)
