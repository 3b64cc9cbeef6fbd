"""The ways to the screens, in the menus of pages."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.menus.pages import PageMenuItem

from bulletins.assembling.making import MakeItemView
from bulletins.assembling.rights import may_assemble, may_write_somewhere
from bulletins.assembling.views import AssembleView
from bulletins.models import BulletinIndexPage


class AssembleButton(PageMenuItem):
    """The way to the screen from the archive."""

    label = "Assemble the next bulletin"
    icon_name = "doc-full"
    priority = 17

    @cached_property
    def url(self):
        """The screen."""
        return reverse("bulletins_assembling:assemble", args=[self.page.pk])

    def is_shown(self, user):
        """Show it on an archive, to whoever may write its next issue."""
        return self.page.specific_class is BulletinIndexPage and may_assemble(self.page.specific, user)


class MakeItemButton(PageMenuItem):
    """The way from a page that has something to say for a bulletin."""

    label = "Put into a bulletin"
    icon_name = "doc-full"
    priority = 19

    @cached_property
    def url(self):
        """The screen."""
        return reverse("bulletins_assembling:make_item", args=[self.page.pk])

    def is_shown(self, user):
        """Show it on public pages that say something, to whoever may write an issue."""
        return self.page.live and hasattr(self.page.specific_class, "newsworthy") and may_write_somewhere(user)


urlpatterns = [
    # Below `pages/`, where whoever writes holds the tree lock.
    path("pages/<int:pk>/assemble-bulletin/", AssembleView.as_view(), name="assemble"),
    path("pages/<int:pk>/put-into-bulletin/", MakeItemView.as_view(), name="make_item"),
]
