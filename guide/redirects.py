"""Settings → Redirects where there is one site: nobody is asked for which, and what the form asks for is plain.

Wagtail's own screens, reached before its own addresses; with a second site they are as Wagtail has them.
"""

from django import forms
from django.urls import path
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.models import Site


def is_the_only_site() -> bool:
    """Tell whether there is nothing to choose among."""
    return Site.objects.count() < 2


class PlainRedirectForm(RedirectForm):
    """The form with plain words. The site, where it is not asked for, stays what it was: Wagtail's checks need it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if is_the_only_site():
            self.fields["site"].widget = forms.HiddenInput()
        for name, (label, help_text) in WORDS.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text


WORDS = {
    "old_path": ("Old address", "Without the name of the site, for example: /procedures/old-chapter/"),
    "is_permanent": (
        "For good",
        "Search engines forget the old address. Untick it for a redirect that you will remove.",
    ),
    "redirect_page": ("Leads to this page", "It is followed wherever the page is moved."),
    "redirect_link": ("Or to this address", "For what is no page of this site. Leave it empty if you chose a page."),
}


class PlainFilters(RedirectsReportFilterSet):
    """The filters, without the site where there is one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if is_the_only_site():
            del self.filters["site"]


class RedirectList(views.IndexView):
    """The list, without the column "Site" where there is one."""

    filterset_class = PlainFilters

    @property
    def columns(self):
        """Leave it out."""
        return [one for one in super().columns if one.name != "site" or not is_the_only_site()]


class AddRedirect(views.CreateView):
    """A new one."""

    form_class = PlainRedirectForm


class EditRedirect(views.EditView):
    """One that there is."""

    form_class = PlainRedirectForm


urlpatterns = [
    path("redirects/", RedirectList.as_view()),
    path("redirects/results/", RedirectList.as_view(results_only=True)),
    path("redirects/add/", AddRedirect.as_view()),
    path("redirects/<int:redirect_id>/", EditRedirect.as_view()),
]
