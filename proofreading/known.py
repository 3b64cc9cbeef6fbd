"""What the checks have to know of the site: its short forms, and the numbers and addresses in its directory."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from content.models import GlossaryTerm
from organisation.models import Contact, OrganisationSettings
from organisation.phones import read_phone


@dataclass(frozen=True)
class Known:
    """Words that need no explanation, in the letters they are written in; contacts by number and by address.

    `phones` are keyed by what is dialled (`tel:+441632960001`), `addresses` by the e-mail address in small letters.
    """

    short_forms: frozenset[str] = frozenset()
    phones: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)


def known() -> Known:
    """Return what the site knows now: three queries."""
    contacts = list(Contact.objects.all())
    board = OrganisationSettings.objects.values_list("name", "short_name")
    # Also those that are not marked in texts.
    words = [form for term in GlossaryTerm.objects.all() for form in term.forms()]
    names = [name for contact in contacts for name in (contact.agency, contact.team)]
    phones, addresses = {}, {}
    for contact in contacts:
        addresses.setdefault(contact.email.casefold(), str(contact))
        for number in filter(None, (contact.phone, contact.out_of_hours_phone)):
            if phone := read_phone(number):
                phones.setdefault(phone.href, str(contact))
    return Known(frozenset(_parts([*words, *names, *(name for names in board for name in names)])), phones, addresses)


def _parts(names: Iterable[str]):
    """Yield each name, and each word of it: who knows the NSPCC Helpline knows the NSPCC."""
    for name in names:
        yield name
        yield from name.replace("(", " ").replace(")", " ").replace("/", " ").split()
