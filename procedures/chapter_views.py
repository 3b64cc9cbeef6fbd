"""The addresses of a chapter besides its own: how to cite it, and where a section has gone."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.routable_page.models import path

from content.fetching import fetched_together, rendered
from procedures.sections import RawSection, raw_sections, raw_sections_of
from updates.models import Edition


@dataclass(frozen=True)
class GoneSection:
    """A section that the chapter no longer has, and the last edition that had it."""

    section: RawSection
    edition: Edition
    url: str


class ChapterViews:
    """Mixin for the chapter: citation and lasting links."""

    def permanent_path(self, code: str = "") -> str:
        """Return the short address that lasts: of the chapter, or of the section with this code."""
        key = self.alias_of_id or self.pk
        return reverse("procedures:section", args=[key, code]) if code else reverse("procedures:chapter", args=[key])

    @path("cite/", name="cite")
    @path("cite/<str:code>/", name="cite_section")
    def cite_view(self, request, code: str = ""):
        """Answer what to write when quoting the chapter, or a section: title, section, edition, date, link."""
        section = next((one for one in raw_sections_of(self.sections.raw_data) if one.code == code), None)
        if code and section is None:
            raise Http404("There is no such section.")
        contents = self.contents()
        context = {
            "page": self,
            "section": section,
            "line": contents.line(self.pk) if contents else None,
            "manual": contents.manual if contents else None,
            "edition": self.history().current().first(),
            "today": timezone.localdate(),
            "permanent_url": request.build_absolute_uri(self.permanent_path(code)),
            "noindex": True,
            "canonical_url": self.full_url,
        }
        return TemplateResponse(request, "procedures/cite.html", context)

    @path("gone/<str:code>/", name="gone")
    def gone_view(self, request, code: str):
        """Answer the chapter with a note that the section a link led to is no longer in it."""
        if any(section.code == code for section in raw_sections_of(self.sections.raw_data)):
            return redirect(f"{self.get_url(request)}#s-{code}")
        gone = self._last_with(request, code)
        with fetched_together(self):
            context = self.get_context(request) | {
                "gone_section": gone,
                "section_is_gone": True,
                "noindex": True,
                "canonical_url": self.full_url,
            }
            return rendered(TemplateResponse(request, self.get_template(request), context))

    def _last_with(self, request, code: str) -> GoneSection | None:
        """Return the section with this code from the last edition that had it; None when none ever had."""
        # The database looks first: reading a hundred editions for a code that somebody made up would take seconds.
        candidates = self.history().filter(revision__content__sections__icontains=f'"{code}-')
        for edition in candidates.select_related("revision")[:3]:
            found = next((one for one in raw_sections(edition.revision.content) if one.code == code), None)
            if found:
                url = f"{self.url_of('edition', request, edition.number)}#s-{code}"
                return GoneSection(found, edition, url)
        return None
