"""The addresses of what is printed: below a chapter, a part, and the manual itself."""

from datetime import date

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from pages.models import WithdrawnAs
from procedures import pdf
from procedures.contents import Contents, contents_of
from procedures.models.contents import ContentsEntry
from procedures.print_answers import CannotPrint, Order, answer
from procedures.printing import MOST_IN_PDF, MOST_PRINTED, Choice, Copy, choose, keys_below, keys_listed_on
from procedures.services import manual_above
from updates.days import NotADay, day_in_form
from updates.history import KeepsHistory, format_day

MOST_ASKED_FOR = 2000


def day_asked_for(request) -> date | None:
    """Return the day of `?on=`, None without one. Raises CannotPrint for a day that is none or is still to come."""
    typed = request.GET.get("on", "")[:40].strip()
    if not typed:
        return None
    try:
        day = day_in_form(typed)
    except NotADay as error:
        raise CannotPrint(str(error)) from error
    if day > timezone.localdate():
        raise CannotPrint(f"{format_day(day)} is still to come. Nobody can say yet what will be in force then.")
    return day


class PrintsChapter:
    """Mixin for the chapter: on paper and as a PDF, as it is or with `?on=` as it was."""

    readable_when_withdrawn = (*KeepsHistory.readable_when_withdrawn, "print", "pdf")

    @path("print/", name="print")
    def print_view(self, request):
        """Answer the chapter as it goes on paper."""
        return self._printed(request, as_pdf=False)

    @path("pdf/", name="pdf")
    def pdf_view(self, request):
        """Answer the chapter as a PDF."""
        return self._printed(request, as_pdf=True)

    def _printed(self, request, *, as_pdf: bool):
        if self.withdrawn_as == WithdrawnAs.CONSOLIDATED and not request.GET.get("on"):
            # There is only its past to be read; its own address leads to what took its place.
            return redirect(self.get_url(request))
        try:
            order = self._order(request)
        except CannotPrint as refusal:
            return self.history_view(request, message=str(refusal), typed=request.GET["on"][:40])
        return answer(request, order, as_pdf=as_pdf)

    def _order(self, request) -> Order:
        day = day_asked_for(request)
        contents = self.contents()
        copy = self._copy_of(day) if day else self._copy_of_now(contents)
        return Order(
            page=self,
            choice=Choice((copy,), day),
            contents=contents,
            title=f"{copy.number} {copy.page.title}".strip(),
            file_name=f"{copy.number}-{copy.page.title}-edition-{copy.edition.number if copy.edition else 'draft'}",
            is_single=True,
        )

    def _copy_of_now(self, contents: Contents | None) -> Copy:
        line = contents.line(self.pk) if contents else None
        # A withdrawn chapter has none in force: the last one is read, under the notice.
        return Copy(self, line.number if line else "", self.history().first())

    def _copy_of(self, day: date) -> Copy:
        edition = self.history().select_related("revision").in_force(on=day).first()
        if edition is None:
            raise CannotPrint(self._why_not_in_force(day))
        entry = ContentsEntry.objects.filter(page_id=self.pk).listed(on=day).first()
        return Copy(self.state_in(edition), entry.number if entry else "", edition)


class PrintsPart(RoutablePageMixin):
    """Mixin for the part: all chapters in it, one after the other."""

    @path("print/", name="print")
    def print_view(self, request):
        """Answer the chapters of the part as they go on paper."""
        return self._printed(request, as_pdf=False)

    @path("pdf/", name="pdf")
    def pdf_view(self, request):
        """Answer the chapters of the part as a PDF."""
        return self._printed(request, as_pdf=True)

    def _printed(self, request, *, as_pdf: bool):
        try:
            order = self._order(request)
        except CannotPrint as refusal:
            return refusal.answer(request, self)
        return answer(request, order, as_pdf=as_pdf)

    def _order(self, request) -> Order:
        day = day_asked_for(request)
        manual = manual_above(self)
        contents = contents_of(manual.pk) if manual else None
        line = contents.line(self.pk) if contents else None
        if line is None:
            raise CannotPrint("This part is not in the list of contents. Print its chapters one by one.")
        keys = keys_listed_on(manual_id=contents.manual.pk, part_id=self.pk, day=day) if day else None
        if keys is None:
            keys = keys_below(contents, [self.pk])
        return Order(
            page=self,
            choice=choose_some(contents, keys, day),
            contents=contents,
            title=f"{line.number} {self.title}",
            file_name=f"{line.number}-{self.title}",
        )


class PrintsManual:
    """Mixin for the manual: a form to choose chapters, and addresses of a choice that can be shared."""

    @path("print/", name="print")
    def print_form(self, request, *, message: str = ""):
        """Answer the form. What is chosen in the address is ticked."""
        contents = contents_of(self.pk)
        context = {
            "page": self,
            "lines": contents.lines,
            "chosen": set(_chosen(request)),
            "typed": request.GET.get("on", "")[:40],
            "today": timezone.localdate(),
            "message": message,
            "pdf_is_on": pdf.is_switched_on(),
            "most_printed": MOST_PRINTED,
            "most_in_pdf": MOST_IN_PDF,
            "noindex": True,
            "canonical_url": self.full_url,
        }
        return TemplateResponse(request, "procedures/print_form.html", context)

    @path("print/set/", name="print_set")
    def print_view(self, request):
        """Answer the chosen chapters as they go on paper."""
        return self._printed(request, as_pdf=False)

    @path("pdf/set/", name="pdf_set")
    def pdf_view(self, request):
        """Answer the chosen chapters as a PDF."""
        return self._printed(request, as_pdf=True)

    def _printed(self, request, *, as_pdf: bool):
        try:
            order = self._order(request)
        except CannotPrint as refusal:
            return self.print_form(request, message=str(refusal))
        return answer(request, order, as_pdf=as_pdf)

    def _order(self, request) -> Order:
        contents = contents_of(self.pk)
        chosen = _chosen(request)
        if not chosen:
            raise CannotPrint("Choose at least one part or chapter.")
        day = day_asked_for(request)
        choice = choose_some(contents, keys_below(contents, chosen), day)
        return Order(
            page=self,
            choice=choice,
            contents=contents,
            title=self.title,
            file_name=f"{self.title}-{len(choice.copies)}-chapters",
        )


def choose_some(contents: Contents, keys: list[int], day: date | None) -> Choice:
    """Return the choice. Raises CannotPrint where it holds nothing, or more than anything may print."""
    if not keys:
        raise CannotPrint("There are no chapters in it.")
    if len(keys) > MOST_PRINTED:
        raise CannotPrint(f"These are {len(keys)} chapters. {MOST_PRINTED} can be printed at once: choose fewer.")
    choice = choose(contents=contents, keys=keys, day=day)
    if not choice.copies:
        why = f"was in force on {format_day(day)}" if day else "can be read by the public now"
        raise CannotPrint(f"None of these chapters {why}.")
    return choice


def _chosen(request) -> list[int]:
    typed = request.GET.getlist("c")[:MOST_ASKED_FOR]
    return [int(key) for key in typed if key.isdecimal() and key.isascii() and len(key) < 10]
