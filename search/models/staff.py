"""What staff keep for the search: words for the same, answers for certain words, and when help comes first."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

from organisation.links import validate_address
from organisation.models import Contact
from pages.models import BasePage
from search.engine.words import words_of
from search.querysets import PromotedAnswerQuerySet

MOST_FORMS = 12
NOT_WORDS = "“{}” has no word that can be searched for."


def forms_in(text: str, separator: str) -> list[str]:
    """Return what stands between the separators, in one line each, without what is empty."""
    return [form for part in text.split(separator) if (form := " ".join(part.split()))]


class SameWords(models.Model):
    """Words that mean the same to whoever searches: who types one of them finds all of them."""

    words = models.CharField(
        "words for the same",
        max_length=400,
        unique=True,
        help_text="With commas between, for example: GCP, graded care profile, care profile. Plurals are known. "
        "The words of the glossary are known, too, with their short forms.",
    )

    panels = [FieldPanel("words")]

    class Meta:
        verbose_name = "words for the same"
        verbose_name_plural = "words for the same"
        ordering = ["words"]

    def __str__(self):
        return self.words

    def forms(self) -> list[str]:
        """Return the words, each in all of its letters."""
        return forms_in(self.words, ",")

    def clean(self):
        """Insist on two at least, and on words."""
        forms = self.forms()
        self.words = ", ".join(forms)
        if empty := [form for form in forms if not words_of(form)]:
            raise ValidationError({"words": NOT_WORDS.format(empty[0])})
        if not 2 <= len({words_of(form) for form in forms}) <= MOST_FORMS:
            raise ValidationError({"words": f"Write from two to {MOST_FORMS} that are different, with commas between."})


class EmergencyPhrase(models.Model):
    """Words after which the numbers for help come before anything else."""

    phrase = models.CharField(
        max_length=100,
        unique=True,
        help_text="For example: worried about a child. Whoever types these words, in this order and among others, sees "
        "first whom to ring. Endings do not matter, nor do small words such as “a”.",
    )

    panels = [FieldPanel("phrase")]

    class Meta:
        verbose_name = "words that bring help first"
        verbose_name_plural = "words that bring help first"
        ordering = ["phrase"]

    def __str__(self):
        return self.phrase

    def clean(self):
        """Insist on a word."""
        self.phrase = " ".join(self.phrase.split())
        if not words_of(self.phrase):
            raise ValidationError({"phrase": NOT_WORDS.format(self.phrase)})


class PromotedAnswer(models.Model):
    """An answer that staff put above what is found, for certain words and, if they like, for a time."""

    phrases = models.TextField(
        "for these words",
        max_length=1_000,
        help_text="One or more words a line. Whoever types all words of a line, in this order, sees the answer.",
    )
    title = models.CharField(max_length=120, help_text="The words of the link.")
    text = models.CharField(max_length=250, blank=True, help_text="One sentence under it. You may leave it out.")
    page = models.ForeignKey(
        BasePage, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="Where it leads."
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="Or a team to ask."
    )
    address = models.CharField("or an address", max_length=500, blank=True, validators=[validate_address])
    starts_on = models.DateField("from", null=True, blank=True, help_text="The first day. Empty: at once.")
    ends_on = models.DateField("until", null=True, blank=True, help_text="The last day. Empty: until you end it.")

    objects = PromotedAnswerQuerySet.as_manager()

    panels = [
        FieldPanel("phrases"),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("text")], heading="What do readers see?"),
        MultiFieldPanel(
            [
                PageChooserPanel("page"),
                FieldPanel("contact"),
                FieldPanel(
                    "address", help_text="On this site, for example /contacts/; or one that starts with https://"
                ),
            ],
            heading="Where does it lead?",
        ),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading="When?"),
    ]

    class Meta:
        verbose_name = "answer that comes first"
        verbose_name_plural = "answers that come first"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, contact=None, address="")
                | Q(page=None, contact__isnull=False, address="")
                | Q(page=None, contact=None) & ~Q(address=""),
                name="promoted_answer_leads_to_one_place",
                violation_error_message="Choose one: a page, a contact or an address.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="promoted_answer_ends_after_it_starts",
                violation_error_message="The last day must not come before the first one.",
            ),
        ]

    def __str__(self):
        return self.title

    def lines(self) -> list[str]:
        """Return the phrases it is for."""
        return forms_in(self.phrases, "\n")

    def clean(self):
        """Insist on words in each line."""
        lines = self.lines()
        self.phrases = "\n".join(lines)
        if empty := [line for line in lines if not words_of(line)]:
            raise ValidationError({"phrases": NOT_WORDS.format(empty[0])})
