"""The screen on which somebody chooses the topic that stays, reads what will move, and merges."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from alerts.models import Subscriber
from explorer.terms.merging import CannotMerge, merge_topics, relations_of
from explorer.terms.uses import Use, address_of_pages, drafts_with, pages_with_pieces
from gathering.models import Piece
from pages.models import BasePage, FormerTopic, Topic
from pages.tree import TreeBusy
from priorities.models import PriorityAreaPage

BUSY = "Nothing was merged: others are publishing just now. Try again in a minute."
# What the lines below say in words of their own.
SAID = {BasePage.topics.through, Piece.topics.through, FormerTopic}


class ChooseForm(forms.Form):
    """Which topic stays."""

    into = forms.ModelChoiceField(
        Topic.objects.none(),
        label="The topic that stays",
        empty_label="Choose a topic",
        error_messages={"invalid_choice": "There is no such topic any more. Choose another."},
    )

    def __init__(self, *args, gone: Topic, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Topic.objects.exclude(pk=gone.pk)


class MergeTopic(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Merges the topic of the address into another: chosen, read and confirmed, in this order."""

    model = Topic
    form_class = ChooseForm
    template_name = "explorer/terms/merge.html"
    header_icon = "tag"
    permission_required = "change"

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not delete a topic, too: one of the two goes."""
        if not self.user_has_permission("delete"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def gone(self) -> Topic:
        """The topic that goes."""
        return get_object_or_404(Topic, pk=self.kwargs["pk"])

    @property
    def page_title(self):
        """What is done here."""
        return f"Merge “{self.gone}” into another topic"

    def get_breadcrumbs_items(self):
        """Lead back to the topic and the list."""
        lists = {"url": reverse("topics:index"), "label": "Topics"}
        back = {"url": self._address_of("topics:edit", self.gone), "label": str(self.gone)}
        return [*super().get_breadcrumbs_items(), lists, back, {"url": "", "label": "Merge"}]

    def get_form_kwargs(self):
        """Read the choice from the address, too: it is what leads on to the question."""
        given = self.request.GET if self.request.method == "GET" and "into" in self.request.GET else None
        return super().get_form_kwargs() | {"gone": self.gone} | ({"data": given} if given else {})

    def get_context_data(self, **kwargs):
        """Add what will move once the other one is chosen."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        stays = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
        context |= {"gone": self.gone, "stays": stays, "edit_url": self._address_of("topics:edit", self.gone)}
        context["has_others"] = form.fields["into"].queryset.exists()
        if stays:
            other_way = f"{self._address_of('topics:merge', stays)}?into={self.gone.pk}"
            context |= {"moves": list(what_moves(self.gone, stays)), "other_way_url": other_way}
        return context

    def form_valid(self, form):
        """Merge them."""
        stays = form.cleaned_data["into"]
        try:
            merge_topics(gone=self.gone.pk, stays=stays.pk, user=self.request.user, now=timezone.now())
        except CannotMerge as error:
            messages.error(self.request, f"Nothing was merged. {error}")
            return redirect("topics:index")
        except TreeBusy:
            messages.error(self.request, BUSY)
            return redirect(f"{self._address_of('topics:merge', self.gone)}?into={stays.pk}")
        messages.success(self.request, f"“{self.gone}” is now part of “{stays}”.")
        return redirect(self._address_of("topics:edit", stays))

    def _address_of(self, name: str, topic: Topic) -> str:
        return reverse(name, args=[topic.pk])


def what_moves(gone: Topic, stays: Topic) -> Iterator[Use]:
    """Yield what names the topic that goes, as the screen says it."""
    if how_many := gone.pages.count():
        both = BasePage.objects.filter(topics=gone).filter(topics=stays).count()
        words = "1 page carries it" if how_many == 1 else f"{how_many} pages carry it"
        yield Use(words + (f"; {both} of them the other one, too" if both else ""), address=address_of_pages(gone))
    if drafts := drafts_with(gone):
        yield Use("1 draft carries it" if len(drafts) == 1 else f"{len(drafts)} drafts carry it", drafts)
    if pages := pages_with_pieces(gone):
        yield Use("it was chosen for single items, decisions or findings on these pages", pages)
    found = Piece.objects.filter(topics=gone, has_chosen_topics=False).count()
    if found:
        yield Use("1 item has it by its title" if found == 1 else f"{found} items have it by their titles or links")
    yield from _readers(gone, stays)
    if former := ", ".join(f"“{one.name}”" for one in gone.former.all()):
        yield Use(f"it has taken in before: {former}")
    for relation in relations_of(gone):
        model = relation.field.model
        if model not in SAID and (rows := model._base_manager.filter(**{relation.field.name: gone}).count()):
            yield Use(f"{rows} {model._meta.verbose_name if rows == 1 else model._meta.verbose_name_plural}")


def _readers(gone: Topic, stays: Topic) -> Iterator[Use]:
    """Yield the priority areas that gather by one of the two: they gather by what both were."""
    areas = PriorityAreaPage.objects.filter(Q(topics=gone) | Q(topics=stays)).distinct().order_by("path")
    if not areas:
        return
    keys = {f"priority:{area.pk}" for area in areas}
    readers = Subscriber.objects.active().filter(subscriptions__topic__in=keys).distinct().count()
    who = "" if not readers else ", and 1 reader hears of it" if readers == 1 else f", and {readers} readers hear of it"
    yield Use(f"these priority areas gather from then on what is about either{who}", tuple(areas))
