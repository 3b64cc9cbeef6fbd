"""A resource: an entry of the library, with the files it offers."""

from django.db import models
from django.template.response import TemplateResponse
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from content.fetching import fetched_together, rendered
from content.rich_text import SENTENCE_FEATURES
from documents.forms import ResourcePageForm
from documents.models.files import LibraryDocument
from documents.news import news_of
from documents.offers import OfferedFile, offered_by
from documents.panels import FilesPanel
from documents.passages import passages_of
from documents.resource_querysets import ResourceQuerySet
from gathering.declared import Newsworthy
from organisation.models import Contact
from pages.models import BasePage
from pages.passages import DeclaredPassage, PassageKind
from updates.history import KeepsHistory
from updates.models import Significance, TrackedPage
from updates.panels import change_question_panel


class ResourceType(models.TextChoices):
    """What a resource is. The order is that of the library's list of types."""

    TOOL = "tool", "Tool"
    GUIDANCE = "guidance", "Guidance"
    FORM = "form", "Form"
    TEMPLATE = "template", "Template"
    POLICY = "policy", "Policy"
    STRATEGY = "strategy", "Strategy"
    LEAFLET = "leaflet", "Leaflet"
    REPORT = "report", "Report"


class ResourcePage(KeepsHistory, TrackedPage):
    """A tool, a piece of guidance, a form…: what it is for, who answers for it, and its files."""

    resource_type = models.CharField("type", max_length=8, choices=ResourceType)
    purpose = RichTextField(
        "what it is for",
        blank=True,
        features=[*SENTENCE_FEATURES, "ul"],
        help_text="When to use it and how. Two to six sentences.",
    )
    owner_contact = models.ForeignKey(
        Contact,
        verbose_name="owner",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The team that answers for it. Whoever needs it in another format writes to them.",
    )
    approved_by = models.CharField(max_length=120, blank=True, help_text="For example: the board’s policy group")
    approved_on = models.DateField(null=True, blank=True)

    # What the library's list is sorted by, so that thousands need not be read to sort them. No part of what the page
    # says: in no revision (`serialize`), and never taken from one.
    sort_title = models.CharField(max_length=255, blank=True, editable=False, serialize=False)
    changed_at = models.DateTimeField(
        null=True, editable=False, serialize=False, help_text="When readers last had to know of a change."
    )
    downloads = models.PositiveIntegerField(
        default=0, editable=False, serialize=False, help_text="Of its files, within a year."
    )

    objects = PageManager.from_queryset(ResourceQuerySet)()

    # Whether it is being published because of its files alone: see `documents.announcing`.
    tells_of_files = False
    base_form_class = ResourcePageForm
    update_kind = "Resource"
    passage_kind = PassageKind.DOCUMENTS
    gathered_under = "Documents and tools"
    gathered_first = models.Q(resourcepage__resource_type=ResourceType.STRATEGY)
    gathered_first_word = ResourceType.STRATEGY.label
    template = "documents/resource_page.html"
    parent_page_types = ["documents.LibraryPage"]
    subpage_types = []
    shown_relations = ("owner_contact",)
    # What it offers is of then: see `offered_files`.
    shown_as_today = "Contacts, and files that its text links to,"
    compared_fields = (
        *TrackedPage.compared_fields,
        ("resource_type", "Type"),
        ("purpose", "What it is for"),
        ("owner_contact", "Owner"),
        ("approved_by", "Approved by"),
        ("approved_on", "Approved on"),
        ("compared_files", "Files"),
    )
    default_exclude_fields_in_copy = TrackedPage.default_exclude_fields_in_copy + ["changed_at", "downloads"]

    search_fields = BasePage.search_fields + [index.SearchField("purpose"), index.FilterField("resource_type")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("resource_type", help_text="Readers narrow the library by it."), FieldPanel("purpose")],
            heading="What is it, and what is it for?",
        ),
        MultiFieldPanel(
            [
                InlinePanel("files", label="File", help_text="In the order in which readers see them."),
                FilesPanel(),
            ],
            heading="Files",
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner_contact"),
                FieldRowPanel(
                    [FieldPanel("approved_by"), FieldPanel("approved_on", help_text="The day on which they said yes.")]
                ),
            ],
            heading="Who answers for it?",
        ),
        change_question_panel,
    ]

    class Meta:
        verbose_name = "resource"
        indexes = [
            models.Index(fields=["sort_title"], name="resources_by_title"),
            models.Index(fields=["-changed_at"], name="resources_by_change"),
            models.Index(fields=["-downloads"], name="resources_by_downloads"),
            models.Index(fields=["resource_type", "sort_title"], name="resources_by_type"),
        ]

    def save(self, *args, **kwargs):
        """Save it with the key by which its title is sorted."""
        self.sort_title = self.title.casefold()[:255]
        super().save(*args, **kwargs)

    def with_content_json(self, content):
        """Return the page as a revision has it, in the place of the list where it stands today."""
        page = super().with_content_json(content)
        page.changed_at, page.downloads = self.changed_at, self.downloads
        return page

    def save_revision(self, *args, **kwargs):
        """Save a draft that says which version of each file it offers, so that an edition can say so for ever."""
        self.name_versions()
        return super().save_revision(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Publish a draft. One that was scheduled before a file was replaced offers the version of now all the same."""
        _offer_versions_of_now(revision)
        super().publish(revision, *args, **kwargs)

    def name_versions(self):
        """Write down, on this object, the number of the version that each file's address gives now."""
        offered = list(self.files.all())
        numbers = LibraryDocument.with_removed.version_numbers(child.document_id for child in offered)
        for child in offered:
            child.version_number = numbers.get(child.document_id) or child.version_number
        self.files = offered

    @property
    def compared_files(self) -> str:
        """What a comparison of two editions says of the files that readers may know of, a paragraph each."""
        known = LibraryDocument.with_removed.open_to_readers().filter(pk__in=self.file_keys())
        keys = set(known.values_list("pk", flat=True))
        return "\n\n".join(str(child) for child in self.files.all() if child.document_id in keys)

    @property
    def current_workflow_state(self):
        """The review that publishing would end; none where only a new file is told of, so that the review goes on."""
        return None if self.tells_of_files else super().current_workflow_state

    def newsworthy(self, editions) -> list[Newsworthy]:
        """Return what a bulletin tells of these editions: that the resource is new, or what changed in it."""
        return news_of(self, editions)

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the resource and each page of the files that it offers."""
        label = self.get_resource_type_display()
        files = [child.title or child.document.title for child in self.files.select_related("document")]
        return [self.passage_of_page(self.purpose, label=label, also=" ".join(files)), *passages_of(self)]

    def file_keys(self) -> list[int]:
        """Return the keys of the files it offers, for the editions that refer to them."""
        return [child.document_id for child in self.files.all()]

    def offered_files(self) -> list[OfferedFile]:
        """Return what it offers to readers, in order; in an old state the versions of then. Two queries."""
        return offered_by(self.files.all(), as_it_was=self.is_past)

    def offered_file(self, key: int) -> OfferedFile | None:
        """Return the file with this key if readers can get it here, else None."""
        return next((offered for offered in self.offered_files() if offered.key == key), None)

    def formats_contact(self) -> Contact | None:
        """Return the team that makes a file in another format for those who need it."""
        return self.owner_contact

    def get_context(self, request, *args, **kwargs):
        """Add the files, and the edition in which readers last had to know of a change."""
        return super().get_context(request, *args, **kwargs) | {
            "files": self.offered_files(),
            "last_change": None if self.is_past else self.history().filter(significance=Significance.MAJOR).first(),
            "library": next(iter(reversed(self.trail())), None),
        }

    @path("", name="index")
    def index_view(self, request):
        """Answer the resource as it is now."""
        with fetched_together(self):
            return rendered(TemplateResponse(request, self.get_template(request), self.get_context(request)))


class ResourceFile(Orderable):
    """A file that a resource offers."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        LibraryDocument, on_delete=models.PROTECT, related_name="resource_files", verbose_name="file"
    )
    title = models.CharField(
        "how readers call it",
        max_length=150,
        blank=True,
        help_text="Empty: as the file is called in the library. For example: Assessment tool (Word)",
    )
    # Set when a draft is saved: see ResourcePage.save_revision.
    version_number = models.PositiveIntegerField(default=1, editable=False)

    panels = [
        FieldPanel(
            "document",
            help_text="Choose it from the library, or upload it here. When it changes, replace the file there: its "
            "address stays.",
        ),
        FieldPanel("title", heading="What readers call it"),
    ]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "document"], name="resource_offers_a_file_once")]

    def __str__(self):
        # What a comparison of two editions says of it.
        return f"{self.title or self.document.title}, version {self.version_number}"


def _offer_versions_of_now(revision):
    """Let a draft name the versions that the addresses of its files give now; what an edition holds stays as it is."""
    offered = revision.content.get("files", ())
    numbers = LibraryDocument.with_removed.version_numbers(child["document"] for child in offered)
    changed = [child for child in offered if numbers.get(child["document"]) not in (None, child["version_number"])]
    if changed and not revision.editions.exists():
        for child in changed:
            child["version_number"] = numbers[child["document"]]
        revision.save(update_fields=["content"])
