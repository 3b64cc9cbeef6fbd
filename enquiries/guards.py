"""What keeps programs out of a form without asking people anything: a field nobody sees, and a signed key.

The key is a random number, signed with the moment the form was made. Too young a key: a program. No key, a changed or
an old one: the form is shown again with a fresh key and everything that was typed. The same key twice: the same form
sent twice (see `Enquiry.form_key`). Nothing of this needs a cookie, a session or JavaScript.

django-formguard does the like, and was looked at (0.11): its token cannot tell one form from another, an expired one is
shown again as it is, so that whoever writes for long can never send, it logs network addresses, and it brings a style
sheet of its own.
"""

from uuid import UUID, uuid4

from django import forms
from django.core import signing

from enquiries.fields import Line

SALT = "enquiries.form"
# Nobody reads the form and fills it in as fast as this.
SHORTEST_SECONDS = 3
# A form may stay open over a night.
LONGEST_SECONDS = 24 * 60 * 60

TOO_FAST = "Please wait a moment, then send it again. Everything you wrote is still here."
TOO_OLD = "This form was open for a long time. Look through what you wrote, then send it again."
TRAPPED = "Something was filled in that people do not see. It has been emptied: please send it again."


def new_key(*, form_key: UUID | None = None) -> str:
    """Return the signed key of a form that is made now."""
    return signing.dumps((form_key or uuid4()).hex, salt=SALT)


class TrapInput(forms.TextInput):
    """A field that is off the screen, out of the tab order and hidden from screen readers."""

    template_name = "enquiries/trap.html"


class GuardedForm(forms.Form):
    """A form with both guards. After `is_valid()`, `form_key` is the form's number."""

    # Called what programs like to fill in.
    website = Line(required=False, label="Website", widget=TrapInput)
    key = Line(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_key
        self.form_key: UUID | None = None

    def _post_clean(self):
        """Look at the guards last; what they object to is said above the form, and sending again gets through."""
        super()._post_clean()
        objection = self._objection()
        # With something else to put right the form is sent again anyway, and a little later.
        if objection and not self.errors:
            self.add_error(None, objection)

    def _objection(self) -> str:
        """Return what is wrong, after setting it right for the next time; empty when nothing is."""
        key = self.cleaned_data.get("key") or ""
        try:
            self.form_key = UUID(hex=signing.loads(key, salt=SALT, max_age=LONGEST_SECONDS))
        except signing.BadSignature:  # Also when it has expired.
            self.replace("key", new_key())
            return TOO_OLD
        if self.cleaned_data.get("website"):
            self.replace("website", "")
            return TRAPPED
        try:
            signing.loads(key, salt=SALT, max_age=SHORTEST_SECONDS)
        except signing.SignatureExpired:
            return ""
        return TOO_FAST

    def replace(self, name: str, value: str):
        """Show another value than the one that was sent."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value
