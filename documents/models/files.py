"""A file under one address, in all the versions it has had."""

from pathlib import PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import AbstractDocument
from wagtail.search import index

from documents.languages import LANGUAGES, language_name
from documents.querysets import DocumentQuerySet, FileVersionQuerySet
from documents.states import LOCKED_AWAY, State
from documents.storing import facts_of
from documents.versions import add_version, delete_with_versions
from files.kinds import kind_of
from files.names import safe_name
from pages.tree import tree_lock
from updates.models import Significance

LONGEST_PATH = 255


def place_in_storage(document, name: str) -> str:
    """Return where an upload is kept: a folder of its own that nobody can guess, so nothing is ever overwritten."""
    return f"documents/{uuid4().hex}/{safe_name(name)}"


class KeptDocuments(models.Manager.from_queryset(DocumentQuerySet)):
    """Leaves out what was deleted and is kept only because an edition refers to it."""

    def get_queryset(self):
        """Return the documents that staff and readers know of."""
        return super().get_queryset().filter(removed_at=None)


class LibraryDocument(AbstractDocument):
    """A file of the library. Its address gives the newest version that passed the check.

    Every new file makes a version (`save`), whoever saves it: the admin's screens, an import, code. `file` is what was
    uploaded last; what readers get is `current`.
    """

    file = models.FileField(upload_to=place_in_storage, max_length=LONGEST_PATH)
    language = models.CharField(
        max_length=12, choices=LANGUAGES, default="en", help_text="The language the file is written in."
    )
    current = models.ForeignKey(
        "documents.FileVersion", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = KeptDocuments()
    # For what an old edition refers to.
    with_removed = models.Manager.from_queryset(DocumentQuerySet)()

    # Each question leaves out what was removed, also when the admin searches.
    search_fields = [*AbstractDocument.search_fields, index.FilterField("removed_at")]
    current.wagtail_reference_index_ignore = True
    admin_form_fields = ("title", "file", "language", "collection")
    # What the form was told of a new file: see `documents.upload_forms`.
    new_version: dict = {}

    class Meta(AbstractDocument.Meta):
        verbose_name = "file"
        verbose_name_plural = "files"
        base_manager_name = "with_removed"

    def save(self, *args, **kwargs):
        """Save it; a file that was not there before becomes the next version, in the same transaction."""
        facts = facts_of(self.file) if self._is_new_file(kwargs.get("update_fields")) else None
        newest = self.newest_version() if self.pk else None
        if facts and newest and newest.sha256 == facts.sha256:
            # The very same file again: the one that is kept stands for it.
            self.file, facts = newest.file.name, None
        with transaction.atomic():
            if not self._state.adding and kwargs.get("update_fields") is None:
                kwargs["update_fields"] = self._fields_of_its_own(with_file=bool(facts))
            super().save(*args, **kwargs)
            if facts:
                add_version(document=self, facts=facts, now=timezone.now(), **self.new_version)
                self.new_version = {}

    def _fields_of_its_own(self, *, with_file: bool) -> list[str]:
        """Return what saving writes. What the check and a deletion decide meanwhile is never put back from memory."""
        theirs = {self._meta.pk.name, "current", "removed_at"} | (set() if with_file else {"file"})
        return [field.name for field in self._meta.concrete_fields if field.name not in theirs]

    def clean(self):
        """Check the end of the name; of a file that was refused before, there is nothing more to say."""
        if self.file:
            super().clean()

    def _is_new_file(self, update_fields) -> bool:
        """Whether saving these fields (None: all) stores a file. An upload that was refused may still hang on here."""
        return (update_fields is None or "file" in update_fields) and bool(self.file) and not self.file._committed

    def delete(self, *args, **kwargs):
        """Delete the file with all its versions, unless an edition refers to it: then it is kept for that edition.

        Raises ProtectedError while a resource offers it.
        """
        # As who passes or publishes: on PostgreSQL the two would wait for each other's rows.
        with tree_lock():
            if (offered := self.resource_files.all()).exists():
                raise ProtectedError("A resource offers this file.", set(offered))
            if self.edition_files.exists():
                # Not saved: Wagtail would look for it among those that are there, to index it.
                self.removed_at = timezone.now()
                type(self).with_removed.filter(pk=self.pk).update(removed_at=self.removed_at)
                return 0, {}
            return delete_with_versions(self, super().delete)

    def newest_version(self):
        """Return the version uploaded last, checked or not; None for a document that has no file yet."""
        return self.versions.order_by("number").last()

    @property
    def filename(self) -> str:
        """What the file is called: as it is given out where that is at hand, else as it is stored."""
        given_out = self._state.fields_cache.get("current")
        return given_out.name if given_out else super().filename

    @property
    def url(self) -> str:
        """The address that always gives the newest checked version."""
        return self.url_of(self.filename)

    def url_of(self, name: str) -> str:
        """Return that address with this name at its end."""
        return address_of_file(self.pk, name)

    @property
    def language_name(self) -> str:
        """The language in English words."""
        return language_name(self.language)


def address_of_file(key: int, name: str) -> str:
    """Return the address that always gives the newest checked version of a file, with this name at its end."""
    return reverse("wagtaildocs_serve", args=[key, name])


class FileVersion(models.Model):
    """One state of a file: never overwritten. What is known of it was found by the check (`documents.checking`)."""

    document = models.ForeignKey(LibraryDocument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="1, 2, 3… for each file, without gaps.")
    file = models.FileField(max_length=LONGEST_PATH)
    name = models.CharField(max_length=150, help_text="What the file is called when it is downloaded.")
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    significance = models.CharField(max_length=5, choices=Significance, default=Significance.MAJOR)
    note = models.TextField("what changed", blank=True)

    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=300, blank=True, help_text="Why it was refused or taken back.")
    passed_at = models.DateTimeField(null=True, help_text="From then on readers were given it.")
    # The check takes a row for a while; killed half-way, somebody else takes it afterwards.
    not_before = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    media_type = models.CharField(max_length=100, blank=True)
    pages = models.PositiveIntegerField(null=True)
    language = models.CharField(max_length=35, blank=True, help_text="As the file says itself (BCP 47).")
    title = models.CharField(max_length=255, blank=True, help_text="As the file says itself.")
    is_tagged = models.BooleanField(null=True)
    faults = models.JSONField(default=list, help_text="Codes of files.findings.FAULTS: what some people cannot read.")
    preview = models.FileField(max_length=LONGEST_PATH, blank=True)

    objects = FileVersionQuerySet.as_manager()

    # It belongs to its document; that it has one is no use of the document.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["document", "-number"]
        indexes = [
            models.Index(fields=["uploaded_at"], condition=Q(state="waiting"), name="versions_to_check"),
            models.Index(fields=["sha256"], name="version_by_sha256"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_start_at_1"),
            models.CheckConstraint(
                condition=~Q(state="passed") | Q(passed_at__isnull=False), name="passed_version_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(LOCKED_AWAY)) | ~Q(problem=""), name="no_version_refused_without_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.name}, version {self.number}"

    @property
    def extension(self) -> str:
        """The end of the name, without the dot, in lower case."""
        return PurePosixPath(self.name).suffix[1:].lower()

    @property
    def type_name(self) -> str:
        """What people call this kind of file: "PDF", "Word document"…"""
        kind = kind_of(self.name)
        return kind.label if kind else self.extension.upper()

    @property
    def url(self) -> str:
        """The address of this version; for a superseded one a page that says so."""
        return reverse("documents:version", args=[self.document_id, self.number])

    @property
    def file_url(self) -> str:
        """The address of the file itself."""
        return reverse("documents:version_file", args=[self.document_id, self.number, self.name])

    @property
    def preview_url(self) -> str:
        """The address of the picture of its first page; empty where there is none."""
        return reverse("documents:preview", args=[self.document_id, self.number]) if self.preview else ""


class FilePassage(models.Model):
    """Words of a version, page by page, for the search. No page of the site ever opens a file to show itself."""

    version = models.ForeignKey(FileVersion, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    place = models.CharField(max_length=120, blank=True, help_text="page 3, slide 2, sheet Costs")
    text = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="one_passage_per_position")]

    def __str__(self):
        return f"{self.version}, {self.place}"
