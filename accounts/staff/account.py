"""“Your account” in the admin, with what this site uses."""

from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NotificationsSettingsPanel


class NotificationsForm(NotificationPreferencesForm):
    """Asks about approval alone: there are no comments of Wagtail's here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("updated_comments_notifications", None)


class Notifications(NotificationsSettingsPanel):
    """Which mails somebody wants."""

    form_class = NotificationsForm


class StaffAccountView(AccountView):
    """Without a picture of oneself: it would be a public file, and this site gives out no such folder."""

    def get_panels(self):
        """Return what somebody can choose."""
        panels = [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
        return [self._ours(panel) for panel in panels]

    def _ours(self, panel):
        if isinstance(panel, NotificationsSettingsPanel):
            return Notifications(panel.request, panel.user, panel.profile)
        return panel
