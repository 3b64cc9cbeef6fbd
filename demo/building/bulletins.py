"""Builds the archive of bulletins and its issues."""

from datetime import date

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Site

from bulletins.models import BulletinIndexPage, BulletinPage, BulletinSettings
from bulletins.quarters import quarter_of
from demo.building.past import morning_of, move_publication
from demo.building.references import References
from demo.content import bulletins, home
from pages.models import BasePage


def build_bulletins(*, front: BasePage, references: References, today: date) -> None:
    """Build the archive below the home page, with three issues: the latest is that of the present quarter."""
    built_from = timezone.now()
    office = references.contacts["Board office"]
    BulletinSettings.objects.create(site=Site.objects.get(is_default_site=True), contact=office)
    archive = front.add_child(
        instance=BulletinIndexPage(
            title=home.BULLETINS_TITLE, slug="bulletins", search_description=home.BULLETINS_SUMMARY, live=False
        )
    )
    archive.save_revision().publish()
    for issue in bulletins.issues(quarter_of(today, first_month=1)):
        page = BulletinPage(
            title=issue.title,
            slug=slugify(issue.label),
            search_description=issue.summary,
            introduction=issue.introduction,
            issue_date=issue.issue_date,
            quarter_label=issue.label,
            items=[references.with_source(item) for item in references.placed(issue.items)],
            contact=office,
            next_deadline=issue.next_deadline,
            live=False,
        )
        archive.add_child(instance=page).save_revision().publish()
        move_publication(page=page, built_from=built_from, to=min(morning_of(issue.issue_date), built_from))
