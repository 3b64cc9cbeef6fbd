"""The forms of alerts: what to hear of and how often, and the address."""

from itertools import groupby

from django import forms

from alerts.addresses import LONGEST, Address, NotAnAddress, read_address
from alerts.models import Frequency
from enquiries.fields import Line, too_long
from enquiries.guards import GuardedForm
from gathering.declared import AlertTopic

NOT_AN_ADDRESS = "Enter an e-mail address in the usual form, such as name@agency.example"
NOTHING_CHOSEN = "Choose at least one thing that you want to hear of"
HOW_OFTEN = [("", "No e-mails"), *Frequency.choices]
# What who may not be told the name of a page sees instead.
NOT_PUBLIC = "A page that is not public at the moment"
ONES_OWN = "What you have chosen before"


class AddressField(forms.EmailField):
    """An address, in the form in which it is kept: see `alerts.addresses`. Its value is an `Address`."""

    def __init__(self):
        super().__init__(
            label="Your e-mail address",
            max_length=LONGEST,
            help_text="It is all that we ask. We send a link there, and nothing else until you have used it.",
            error_messages={
                "required": "Enter your e-mail address",
                "invalid": NOT_AN_ADDRESS,
                "max_length": too_long(LONGEST),
            },
        )
        self.widget.attrs |= {"autocomplete": "email", "spellcheck": "false"}
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        """Return the address as mail needs it, without what cannot be seen: people paste addresses."""
        text = Line(required=False).to_python(value)
        try:
            return read_address(text).mailbox
        except NotAnAddress:
            return text

    def clean(self, value) -> Address:
        """Return the address. Raises ValidationError for what is none."""
        try:
            return read_address(super().clean(value))
        except NotAnAddress as error:
            raise forms.ValidationError(NOT_AN_ADDRESS, code="invalid") from error


class TopicsForm(forms.Form):
    """How often to hear of each thing. `chosen`: {key: frequency} of what is chosen at first.

    After `is_valid()`, `choices` is {key: frequency} of what was chosen.
    """

    def __init__(self, *args, topics: list[AlertTopic], chosen: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.topics = topics
        for topic in topics:
            self.fields[_name(topic.key)] = forms.ChoiceField(
                label=topic.title,
                choices=HOW_OFTEN,
                initial=chosen.get(topic.key, ""),
                required=False,
                error_messages={"invalid_choice": f"Choose how often you want to hear of “{topic.title}”"},
            )

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen, without what nobody wants to hear of."""
        chosen = {topic.key: self.cleaned_data.get(_name(topic.key)) for topic in self.topics}
        return {key: frequency for key, frequency in chosen.items() if frequency}

    def groups(self) -> list[tuple[str, list]]:
        """Return (heading, fields below it) in order."""
        return [
            (group, [self[_name(topic.key)] for topic in topics])
            for group, topics in groupby(self.topics, key=lambda topic: topic.group)
        ]


class RegistrationForm(GuardedForm, TopicsForm):
    """What to hear of, and the address."""

    address = AddressField()

    def clean(self):
        """Insist on something."""
        cleaned = super().clean()
        if self.topics and not self.choices and not any(_name(topic.key) in self.errors for topic in self.topics):
            self.add_error(_name(self.topics[0].key), NOTHING_CHOSEN)
        return cleaned


class LinkForm(GuardedForm):
    """The address alone: for a link to what one has chosen."""

    address = AddressField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = "The one to which your alerts go."


def own_topics(keys, *, known: dict[str, AlertTopic], offered: list[AlertTopic]) -> list[AlertTopic]:
    """Return what a subscriber has beyond what is offered to everybody; what may not be named without its name."""
    everybody = {topic.key for topic in offered}
    own = [key for key in keys if key not in everybody]
    return [AlertTopic(key, ONES_OWN, known[key].title if key in known else NOT_PUBLIC) for key in own]


def _name(key: str) -> str:
    return f"topic-{key.replace(':', '-')}"
