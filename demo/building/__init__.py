"""Builds the demonstration site: whole or not at all, and only where there is no site yet."""

from datetime import date

from django.utils.text import slugify
from wagtail.models import Site

from bulletins.quarters import add_months
from content.models import GlossaryPage, GlossaryTerm
from demo.building.board import build_board
from demo.building.bulletins import build_bulletins
from demo.building.library import build_library
from demo.building.manual import build_manual
from demo.building.past import let_all_be_told
from demo.building.priorities import build_priorities
from demo.building.references import References
from demo.content import glossary, home, organisation, pages
from demo.content.writing import block
from enquiries.models import EnquirySettings
from home.models import HomePage, InformationPage
from organisation.models import Area, Contact, ContactsPage, EmergencyLine, OrganisationSettings
from pages.models import Audience, BasePage, Topic
from pages.tree import tree_lock
from updates.models import WhatsNewPage

REVIEW_MONTHS = 12


def build_demonstration(*, today: date, hostname: str = "127.0.0.1", port: int = 8000) -> bool:
    """Build the demonstration site and return True; where a home page exists, change nothing and return False.

    `today` decides which quarters the bulletins are for and when pages are due for review.
    """
    with tree_lock():
        if HomePage.objects.exists():
            return False
        _build_taxonomies()
        references = _build_references(today)
        front = _build_home(hostname, port)
        build_manual(front=front, references=references, today=today)
        build_library(front=front, references=references, today=today)
        _build_contacts_page(front)
        _build_whats_new(front)
        _build_glossary(front)
        explanations = {page.slug: page for page in _build_explanations(front, pages.EXPLANATIONS, references, today)}
        # Before the bulletins, which link to it.
        build_board(front=front, references=references, today=today)
        build_bulletins(front=front, references=references, today=today)
        areas = build_priorities(front=front, references=references, today=today)
        _finish_home(front, references, areas)
        _build_settings(front, explanations, references.contacts)
        let_all_be_told()
        EnquirySettings.objects.create(education_lead=references.contacts["Education safeguarding adviser"])
        return True


def _publish(page):
    page.save_revision().publish()


def _build_taxonomies():
    for model, names in ((Topic, home.TOPICS), (Audience, home.AUDIENCES)):
        for name in names:
            model.objects.get_or_create(slug=slugify(name), defaults={"name": name})


def _build_references(today) -> References:
    """Build the areas and the contacts directory."""
    areas = {
        name: Area.objects.get_or_create(name=name, defaults={"sort_order": order})[0]
        for order, name in enumerate(organisation.AREAS)
    }
    contacts = {}
    for record in organisation.CONTACTS:
        fields = {name: value for name, value in record.items() if name != "areas"}
        contact = Contact(**fields, reviewed_on=today, review_due=add_months(today, REVIEW_MONTHS))
        contact.areas = [areas[name] for name in record["areas"]]
        contact.full_clean()
        contact.save()
        contacts[contact.team] = contact
    return References(contacts=contacts, areas=areas)


def _build_home(hostname, port) -> HomePage:
    """Put our home page in the place of the one that Wagtail makes."""
    root = BasePage.get_first_root_node()
    for welcome in root.get_children():
        welcome.delete()
    front = root.add_child(
        instance=HomePage(
            title=home.TITLE, slug="home", search_description=home.SUMMARY, introduction=home.INTRODUCTION, live=False
        )
    )
    Site.objects.all().delete()
    Site.objects.create(
        hostname=hostname, port=port, root_page=front, is_default_site=True, site_name=organisation.NAME
    )
    return front


def _build_contacts_page(front):
    page = ContactsPage(
        title=home.CONTACTS_TITLE, slug="contacts", search_description=home.CONTACTS_SUMMARY, live=False
    )
    _publish(front.add_child(instance=page))


def _build_whats_new(front):
    page = WhatsNewPage(
        title=home.WHATS_NEW_TITLE,
        slug="whats-new",
        search_description=home.WHATS_NEW_SUMMARY,
        introduction=home.WHATS_NEW_INTRODUCTION,
        live=False,
    )
    _publish(front.add_child(instance=page))


def _build_glossary(front):
    for entry in glossary.ENTRIES:
        term = GlossaryTerm(**entry._asdict())
        term.full_clean()
        term.save()
    page = GlossaryPage(title=glossary.TITLE, slug="words", search_description=glossary.SUMMARY, live=False)
    _publish(front.add_child(instance=page))


def _build_explanations(parent, explanations, references, today):
    for explanation in explanations:
        page = InformationPage(
            title=explanation.title,
            slug=explanation.slug,
            search_description=explanation.summary,
            body=references.placed(explanation.body),
            reviewed_on=today,
            review_due=add_months(today, REVIEW_MONTHS),
            live=False,
        )
        _publish(parent.add_child(instance=page))
        yield page
        yield from _build_explanations(page, explanation.children, references, today)


def _finish_home(front, references, areas):
    below = {page.slug: page for page in front.get_children()}
    places = references.chapters | below
    front.tasks = [
        block("link", {"title": title, "page": places[name].pk, "address": ""}) for title, name in home.TASKS
    ]
    front.priorities = [
        block("priority", {"title": area.title, "summary": area.summary, "page": area.pk}) for area in areas.values()
    ]
    front.news_page = below["send-us-your-news"]
    _publish(front)


def _build_settings(front, explanations, contacts):
    below = {page.slug: page for page in front.get_children()}
    settings = OrganisationSettings.for_site(Site.objects.get(is_default_site=True))
    settings.name = organisation.NAME
    settings.short_name = organisation.SHORT_NAME
    settings.address = organisation.ADDRESS
    settings.staying_safe_page = below["staying-safe-online"]
    settings.contacts_page = below["contacts"]
    settings.practitioner_title = "If you work with children"
    settings.practitioner_page = below["if-you-work-with-children"]
    settings.header_menu = _menu(
        below, "procedures", "library", "bulletins", "priorities", "board", "contacts", "about"
    )
    settings.footer_menu = _menu(
        below | explanations,
        "whats-new",
        "words",
        "accessibility",
        "privacy",
        "cookies",
        "staying-safe-online",
        "send-us-your-news",
    )
    settings.emergency_lines = [
        EmergencyLine(contact=contacts[team], area_label=label, sort_order=order)
        for order, (label, team) in enumerate(organisation.EMERGENCY_LINES)
    ]
    settings.full_clean()
    settings.save()


def _menu(pages_by_slug, *slugs):
    return [block("link", {"page": pages_by_slug[slug].pk, "address": "", "title": ""}) for slug in slugs]
