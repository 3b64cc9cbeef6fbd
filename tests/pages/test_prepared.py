"""A question that is put together once answers as the one it was made from."""

from datetime import timedelta

import pytest
from django.db.models import DateTimeField, IntegerField
from django.utils import timezone

from pages.models import BasePage
from pages.prepared import Parameter, Prepared
from pages.querysets import of_visible_pages
from tests.factories import add_home, add_information

pytestmark = pytest.mark.django_db


class TestPrepared:
    def test_gives_what_the_question_gives_each_time_with_other_values(self, django_assert_num_queries):
        home = add_home()
        ends = timezone.now() + timedelta(days=1)
        pages = [add_information(home, title=title, expire_at=ends) for title in ("One", "100 %", "Three")]
        made = []

        def make():
            made.append(1)
            wanted = [Parameter("first", IntegerField()), Parameter("second", IntegerField())]
            visible = BasePage.objects.filter(of_visible_pages(now=Parameter("now", DateTimeField())))
            return visible.filter(pk__in=wanted).exclude(title="% %s").order_by("title").values_list("pk", "title")

        asked = Prepared(make)
        one, two, three = (page.pk for page in pages)
        with django_assert_num_queries(3):
            assert asked.rows(now=timezone.now(), first=one, second=two) == [(two, "100 %"), (one, "One")]
            assert asked.rows(now=timezone.now(), first=three, second=three) == [(three, "Three")]
            assert asked.rows(now=ends + timedelta(seconds=1), first=one, second=two) == []
        assert len(made) == 1

    def test_a_value_that_was_not_given_is_an_error(self):
        asked = Prepared(lambda: BasePage.objects.filter(pk=Parameter("key", IntegerField())).values_list("pk"))
        with pytest.raises(KeyError, match="key"):
            asked.rows()
