"""The page that shows the contacts directory."""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from organisation.models.contacts import Area, Contact
from pages.models import BasePage
from pages.passages import DeclaredPassage, PassageKind


@dataclass(frozen=True)
class AreaChoice:
    """An entry of the area filter."""

    name: str
    url: str
    is_current: bool


class ContactsPage(BasePage):
    """All contacts, by agency, for the whole area or a part of it."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
    template = "organisation/contacts_page.html"
    asks_for_feedback = False
    passage_kind = PassageKind.CONTACTS

    class Meta:
        verbose_name = "contacts page"

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the page itself and each contact on it."""
        contacts = Contact.objects.prefetch_related("areas")
        return [self.passage_of_page(), *map(_passage_of, contacts)]

    def get_context(self, request, *args, **kwargs):
        """Add `areas` for the filter and `groups`: (agency, its contacts)."""
        context = super().get_context(request, *args, **kwargs)
        areas = list(Area.objects.all())
        current = next((area for area in areas if area.slug == request.GET.get("area")), None)
        contacts = Contact.objects.prefetch_related("areas")
        if current:
            contacts = contacts.serving(current)
        by_agency = groupby(contacts, key=lambda contact: contact.agency)
        context["groups"] = [(agency, list(members)) for agency, members in by_agency]
        context["areas"] = self._choices(areas, current, request.path)
        return context

    def _choices(self, areas: list[Area], current: Area | None, url: str) -> list[AreaChoice]:
        """Return the filter's entries, "All areas" first; none where there is nothing to choose."""
        if len(areas) < 2:
            return []
        return [AreaChoice("All areas", url, current is None)] + [
            AreaChoice(area.name, f"{url}?{urlencode({'area': area.slug})}", area == current) for area in areas
        ]


def _passage_of(contact: Contact) -> DeclaredPassage:
    areas = ", ".join(area.name for area in contact.areas.all())
    ways = [contact.phone_display, contact.out_of_hours_phone_display, contact.email]
    return DeclaredPassage(
        PassageKind.CONTACTS,
        contact.title,
        [contact.purpose, contact.out_of_hours_note, " · ".join(filter(None, ways)), areas],
        anchor=f"contact-{contact.pk}",
        label=contact.agency if contact.team else "",
        on_its_own=True,
    )
