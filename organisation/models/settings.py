"""What the board says about itself: one row for each site, edited by staff."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable

from organisation.colours import INK, LIGHT_SURFACES, WHITE, check_readable, clean_colour
from organisation.links import LinkBlock, validate_address
from organisation.models.contacts import Contact
from organisation.panels import settings_form

DEFAULT_EXIT = "https://www.bbc.co.uk/weather"

# Field → (what it is called in a message, the colours it meets in the light scheme).
COLOURS = {
    "colour_brand": ("White words on the brand colour", {"white": WHITE}),
    "colour_link": ("Links", LIGHT_SURFACES),
    "colour_accent": ("Dark words on the accent colour", {"the colour of text": INK}),
}


class OrganisationSettings(ClusterableModel, BaseSiteSetting):
    """Name, look, menus and ways to help; nothing of this is written into templates."""

    class Noun(models.TextChoices):
        """What the organisation calls itself."""

        BOARD = "board", "Board"
        PARTNERSHIP = "partnership", "Partnership"

    name = models.CharField(max_length=120, blank=True)
    short_name = models.CharField(max_length=40, blank=True)
    noun = models.CharField("board or partnership", max_length=20, choices=Noun, default=Noun.BOARD)
    address = models.TextField(blank=True, validators=[MaxLengthValidator(500)])
    logo_text = models.CharField("name beside the mark", max_length=80, blank=True)
    mark = models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    colour_brand = models.CharField("brand colour", max_length=7, blank=True)
    colour_link = models.CharField("link colour", max_length=7, blank=True)
    colour_accent = models.CharField("accent colour", max_length=7, blank=True)
    exit_url = models.CharField(
        "where “Leave this page” goes",
        max_length=300,
        default=DEFAULT_EXIT,
        validators=[URLValidator(schemes=["https"]), validate_address],
    )
    staying_safe_page = models.ForeignKey(
        "pages.BasePage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    contacts_page = models.ForeignKey(
        "pages.BasePage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    practitioner_title = models.CharField("words of the link for professionals", max_length=80, blank=True)
    practitioner_page = models.ForeignKey(
        "pages.BasePage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    practitioner_address = models.CharField("or an address", max_length=500, blank=True, validators=[validate_address])
    shows_review_due = models.BooleanField("show readers when a page is due for review", default=True, db_default=True)
    header_menu = StreamField([("link", LinkBlock())], blank=True, max_num=7, collapsed=True)
    footer_menu = StreamField([("link", LinkBlock())], blank=True, max_num=12, collapsed=True)
    updated_at = models.DateTimeField(auto_now=True)

    edit_handler = settings_form

    class Meta:
        verbose_name = "settings of the organisation"

    def clean(self):
        """Insist on colours that can be read, and on links that are whole."""
        super().clean()
        faults = dict(self._colour_faults())
        if self.practitioner_page_id and self.practitioner_address:
            faults["practitioner_address"] = "Choose a page or write an address: one of the two."
        if bool(self.practitioner_page_id or self.practitioner_address) != bool(self.practitioner_title):
            faults["practitioner_title"] = "A link needs both: where it goes, and the words that people press."
        if faults:
            raise ValidationError(faults)

    def _colour_faults(self):
        for name, (what, against) in COLOURS.items():
            if not getattr(self, name):
                continue
            try:
                setattr(self, name, clean_colour(getattr(self, name)))
                check_readable(getattr(self, name), against=against, what=what)
            except ValidationError as fault:
                yield name, fault


class EmergencyLine(Orderable):
    """A number in the header for somebody who is worried about a child."""

    settings = ParentalKey(OrganisationSettings, on_delete=models.CASCADE, related_name="emergency_lines")
    # The header must not lose a number because a record was tidied away.
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="emergency_lines")
    area_label = models.CharField("area", max_length=60, blank=True)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["settings", "contact"], name="one_emergency_line_per_contact")]

    def __str__(self):
        return f"{self.area_label}: {self.contact}" if self.area_label else str(self.contact)
