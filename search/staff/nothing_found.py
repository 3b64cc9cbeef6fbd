"""The words that find nothing, each with what can be done about it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from counting.reports import OfSomeDays
from search.insight.figures import FoundNothing, gaps
from search.insight.masking import LONGEST_KEPT
from search.models import PromotedAnswer, SameWords, WordsInHand
from search.staff import rights
from search.staff.viewsets import PromotedAnswerViewSet, SameWordsViewSet

URL_NAME = "search_staff:nothing_found"


class _ForWhoSees:
    """A screen for those who may see what readers look for; anybody else is turned away."""

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not."""
        if not rights.may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class NothingFound(_ForWhoSees, OfSomeDays, WagtailAdminTemplateMixin, TemplateView):
    """The list, and below it what somebody sees to."""

    template_name = "search/admin/nothing_found.html"
    page_title = "Nothing found"
    header_icon = "search"

    def get_breadcrumbs_items(self):
        """Say where we are."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the words, with the ways to mend each that the person signed in may take."""
        found = gaps(period=self.period, now=timezone.now())
        in_hand = list(WordsInHand.objects.select_related("who"))
        return super().get_context_data(**kwargs) | {
            "index_url": reverse(URL_NAME),
            "period": self.period,
            "rows": [(one, list(_ways(one, self.request.user))) for one in found.still],
            "mended": found.mended,
            "given": [one for one in in_hand if one.who_id or one.note],
            "left": [one for one in in_hand if not (one.who_id or one.note)],
        }


def _ways(one: FoundNothing, user):
    """Yield (address, what the button says) of what somebody may do about words."""
    for model, viewset, name, says in (
        (SameWords, SameWordsViewSet, "words", "Add words for the same"),
        (PromotedAnswer, PromotedAnswerViewSet, "phrases", "Put an answer first"),
    ):
        if user.has_perm(f"search.add_{model._meta.model_name}"):
            yield f"{reverse(viewset().get_url_name('add'))}?{urlencode({name: one.known})}", says
    yield f"{reverse('search_staff:give')}?{urlencode({'words': one.words})}", "Give to somebody"


class InHandForm(forms.ModelForm):
    """Who sees to some words, and how."""

    class Meta:
        model = WordsInHand
        fields = ["who", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = rights.who_may_see()
        self.fields["who"].empty_label = "Nobody: nothing has to be done"


class Give(_ForWhoSees, WagtailAdminTemplateMixin, CreateView):
    """Say who sees to some words, or that nothing has to be done."""

    form_class = InHandForm
    template_name = "search/admin/give.html"
    page_title = "Who sees to it?"
    header_icon = "search"

    @cached_property
    def words(self) -> str:
        """The words that the address names."""
        words = " ".join(self.request.GET.get("words", "").split())
        if not 0 < len(words) <= LONGEST_KEPT:
            raise Http404("No words are named.")
        return words

    def get_page_subtitle(self):
        """Name the words."""
        return self.words

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        back = {"url": reverse(URL_NAME), "label": NothingFound.page_title}
        return [*super().get_breadcrumbs_items(), back, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the words and the way back."""
        return super().get_context_data(**kwargs) | {"words": self.words, "back_url": reverse(URL_NAME)}

    def form_valid(self, form):
        """Write it down; who comes second changes what the first said."""
        row = form.save(commit=False)
        said = {"who": row.who, "note": row.note, "since": timezone.now(), "by": self.request.user}
        WordsInHand.objects.update_or_create(words=self.words, defaults=said)
        messages.success(self.request, _said(row, self.words))
        return redirect(URL_NAME)


def _said(row: WordsInHand, words: str) -> str:
    if row.who_id:
        return f"{row.who} sees to “{words}”."
    return f"“{words}” is not listed any more. You can list it again below."


@require_POST
def take_back(request, pk):
    """List words again, because it is done or was no good idea."""
    if not rights.may_see(request.user):
        raise PermissionDenied
    row = get_object_or_404(WordsInHand, pk=pk)
    row.delete()
    messages.success(request, f"“{row.words}” is listed again if it still finds nothing.")
    return redirect(URL_NAME)


urlpatterns = [
    path("searches/nothing-found/", NothingFound.as_view(), name="nothing_found"),
    path("searches/nothing-found/give/", Give.as_view(), name="give"),
    path("searches/nothing-found/<int:pk>/take-back/", take_back, name="take_back"),
]
