"""Forms of the admin that ask before something is overwritten or shown to everybody."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Site


class RefusesToOverwrite(WagtailAdminModelForm):
    """Notices that somebody else saved the same thing since this form was opened.

    Saving again, after having been told, is allowed. The model needs `updated_at`.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.current_version = self._version()
        self.fields["version"].initial = self.current_version

    def _version(self) -> str:
        updated_at = self.instance.pk and self.instance.updated_at
        return updated_at.isoformat() if updated_at else ""

    def clean(self):
        """Refuse once what would undo somebody else's change."""
        cleaned = super().clean()
        seen = cleaned.get("version")
        if seen and seen != self.current_version:
            # What is shown again carries the newer version: pressing Save once more is then a decision.
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = self.current_version
            at = timezone.localtime(self.instance.updated_at)
            raise ValidationError(
                f"Somebody else saved this at {at:%H:%M} on {at.day} {at:%B}, after you had opened it. Yours is not "
                "saved yet. Look at theirs in another tab first; to put yours in its place, press Save again.",
                code="overwrites",
            )
        return cleaned


class AlertBannerForm(RefusesToOverwrite):
    """Asks for an explicit yes before a banner is shown on every page."""

    confirm = forms.BooleanField(
        required=False,
        label="Yes, show it on every page",
        help_text="Only needed when no page is chosen. Tick it when the wording and the times are right.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django hides a second copy of a field with a changing default in the form, to tell whether it was changed.
        # Wagtail's panels leave that copy out, and the field would count as changed every time.
        self.fields["starts_at"].show_hidden_initial = False

    def clean(self):
        """Say what will happen, and go on only after the tick."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if not (starts and ends) or ends <= timezone.now():
            return cleaned
        section = cleaned.get("section")
        changed = set(self.changed_data) - {"version", "confirm"}
        if _covers_a_site(section) and changed and not cleaned.get("confirm"):
            self.add_error("confirm", _what_will_happen(cleaned, starts=starts, ends=ends))
        return cleaned


def _covers_a_site(section) -> bool:
    """Whether a banner is for everything: it names no section, or one that holds a site's front page."""
    return section is None or Site.objects.filter(root_page__path__startswith=section.path).exists()


def _what_will_happen(cleaned: dict, *, starts, ends) -> str:
    begin = "at once" if starts <= timezone.now() else f"from {_moment(starts)}"
    return (
        f"This {cleaned.get('level', '')} banner will be at the top of every page of the site, {begin} until "
        f"{_moment(ends)}. Every reader will see it. To go ahead, tick “Yes, show it on every page” and save again."
    )


def _moment(value) -> str:
    local = timezone.localtime(value)
    return f"{local.day} {local:%B %Y, %H:%M}"
