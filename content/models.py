"""The glossary: what the words mean that people in this work use every day."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel

from content.lettering import letter_of, sort_key
from content.marking import Word
from pages.models import BasePage
from pages.passages import DeclaredPassage, PassageKind

TERMS_PER_PAGE = 400


class GlossaryTerm(models.Model):
    """A word, the ways in which it is written, and what it means."""

    term = models.CharField(max_length=120, help_text="In full, for example: local authority designated officer.")
    acronym = models.CharField(
        "short form", max_length=30, blank=True, help_text="For example: LADO. Capital letters count: MASH is not mash."
    )
    other_forms = models.CharField(
        "also written as",
        max_length=250,
        blank=True,
        help_text="With commas between, for example: child protection enquiries, section 47 investigation. "
        "A plural that only adds an s is known.",
    )
    definition = models.TextField(
        "what it means", max_length=600, help_text="One to three plain sentences, without another word of this kind."
    )
    is_marked = models.BooleanField(
        "mark it in texts",
        default=True,
        help_text="Where the word is first used on a page, it leads to this meaning. "
        "Leave this out for a word that is also used in other senses.",
    )
    slug = models.SlugField(max_length=80, unique=True, editable=False)

    panels = [
        FieldPanel("term"),
        FieldPanel("acronym"),
        FieldPanel("other_forms"),
        FieldPanel("definition"),
        FieldPanel("is_marked"),
    ]

    class Meta:
        verbose_name = "glossary word"
        verbose_name_plural = "glossary words"
        ordering = [Lower("term")]
        constraints = [
            models.UniqueConstraint(
                Lower("term"), name="one_meaning_per_term", violation_error_message="This word is explained already."
            ),
            models.UniqueConstraint(
                Lower("acronym"),
                condition=~Q(acronym=""),
                name="one_meaning_per_acronym",
                violation_error_message="This short form is explained already.",
            ),
        ]

    def __str__(self):
        return f"{self.term} ({self.acronym})" if self.acronym else self.term

    def save(self, *args, **kwargs):
        """Give a new word its anchor; it stays when the word is written in another way."""
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def forms(self) -> tuple[str, ...]:
        """Return every way in which it is written."""
        written = [self.term, self.acronym, *self.other_forms.split(",")]
        return tuple(dict.fromkeys(" ".join(form.split()) for form in written if form.strip()))

    def as_word(self) -> Word:
        """Return what readers see of it."""
        return Word(slug=self.slug, name=str(self), definition=self.definition, forms=self.forms())

    def clean(self):
        """Refuse what could never be found in a text, and what another word claims."""
        self.term, self.acronym = " ".join(self.term.split()), " ".join(self.acronym.split())
        self.other_forms = ", ".join(" ".join(form.split()) for form in self.other_forms.split(",") if form.strip())
        if short := [form for form in self.forms() if sum(map(str.isalnum, form)) < 2]:
            raise ValidationError(f"“{short[0]}” is too short: a word has two letters at least.")
        own = {form.casefold() for form in self.forms()}
        for other in GlossaryTerm.objects.exclude(pk=self.pk):
            if taken := own & {form.casefold() for form in other.forms()}:
                raise ValidationError(f"“{min(taken)}” belongs to “{other}” already. A word can mean one thing only.")

    def _free_slug(self) -> str:
        wanted = slugify(self.acronym or self.term)[:70].strip("-") or "word"
        taken = set(GlossaryTerm.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        candidates = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
        return next(slug for slug in candidates if slug not in taken)


class GlossaryPage(BasePage):
    """All glossary words, from A to Z."""

    parent_page_types = ["home.HomePage", "procedures.ManualPage", "procedures.PartPage"]
    subpage_types = []
    template = "content/glossary_page.html"

    class Meta:
        verbose_name = "glossary"

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the page itself and each of its words."""
        return [self.passage_of_page(), *(_passage_of(term) for term in GlossaryTerm.objects.all())]

    def get_context(self, request, *args, **kwargs):
        """Add `page_obj`, `groups`: (letter, its words), and `letters`: (letter, where it begins)."""
        words = sorted((term.as_word() for term in GlossaryTerm.objects.all()), key=lambda word: sort_key(word.name))
        paginator = Paginator(words, TERMS_PER_PAGE)
        shown = paginator.get_page(request.GET.get("page"))
        groups = groupby(shown, key=lambda word: letter_of(word.name))
        return super().get_context(request, *args, **kwargs) | {
            "page_obj": shown,
            "groups": [(letter, list(members)) for letter, members in groups],
            "letters": _letters(words, shown),
        }


def _passage_of(term: GlossaryTerm) -> DeclaredPassage:
    return DeclaredPassage(
        PassageKind.WORDS,
        str(term),
        term.definition,
        anchor=f"word--{term.slug}",
        also=term.other_forms,
        on_its_own=True,
    )


def _letters(words: list[Word], shown) -> list[tuple]:
    """Return (letter, address) for each letter that has words."""
    first_at: dict = {}
    for position, word in enumerate(words):
        first_at.setdefault(letter_of(word.name), position // TERMS_PER_PAGE + 1)
    return [
        (letter, f"#{letter.anchor}" if number == shown.number else f"?page={number}#{letter.anchor}")
        for letter, number in first_at.items()
    ]
