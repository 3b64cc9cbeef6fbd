"""What the library has already: files by their bytes, files by their names, resources by their titles."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import PageLogEntry

from documents.importing.report import quoted
from documents.models import FileVersion, LibraryDocument, ResourcePage
from documents.states import LOCKED_AWAY
from files.names import safe_name


class Known:
    """Asks the library. Use it inside `tree_lock`: what another import makes at the same time is then seen."""

    def __init__(self):
        # Staff may have given a resource another title since it was imported: it is known by its first one as well.
        made = PageLogEntry.objects.filter(
            action="wagtail.create", content_type=ContentType.objects.get_for_model(ResourcePage)
        )
        drafts = ResourcePage.objects.exclude(draft_title=F("title"))
        self._former_titles = {
            title.casefold(): key
            for titles in (made.values_list("label", "page_id"), drafts.values_list("draft_title", "pk"))
            for title, key in titles.iterator()
        }

    def versions(self, digests: Iterable[str]) -> dict[str, FileVersion]:
        """Return {SHA-256: the version that is this file}: of several one that readers can get, else the first."""
        found: dict[str, FileVersion] = {}
        rows = FileVersion.objects.filter(sha256__in=set(digests)).select_related("document").order_by("pk")
        for version in rows:
            if version.sha256 not in found or (why_not_again(found[version.sha256]) and not why_not_again(version)):
                found[version.sha256] = version
        return found

    def resource(self, title: str) -> ResourcePage | None:
        """Return the resource that has this title, or had it when it was made."""
        key = title.casefold()
        found = ResourcePage.objects.filter(sort_title=key[:255]).order_by("path").first()
        if found is None and key in self._former_titles:
            found = ResourcePage.objects.filter(pk=self._former_titles[key]).first()
        return found

    def documents(self, words: str) -> list[LibraryDocument]:
        """Return the files that these words mean: a SHA-256, the name of a file in any version, or a title."""
        by_digest = LibraryDocument.objects.filter(versions__sha256=words.strip().lower())
        by_name = LibraryDocument.objects.filter(versions__name__iexact=safe_name(words))
        by_title = LibraryDocument.objects.filter(title__iexact=" ".join(words.split()))
        meanings = (list(one.distinct().order_by("pk")[:10]) for one in (by_digest, by_name, by_title))
        return next(filter(None, meanings), [])


class Planned:
    """What a run that changes nothing would have made so far."""

    def __init__(self):
        self.digests: dict[str, str] = {}
        self._names: defaultdict[str, int] = defaultdict(int)

    def add(self, name: str, title: str, digest: str) -> None:
        """Remember a file that would be imported."""
        self.digests[digest] = title
        for words in {safe_name(name).casefold(), title.casefold(), digest}:
            self._names[words] += 1

    def would_have(self, words: str) -> bool:
        """Tell whether these words would mean one file."""
        return 1 in (self._names[safe_name(words).casefold()], self._names[words.casefold()])


def why_not_again(version: FileVersion) -> str:
    """Return why a file that is known must not be offered by an import; "" if it may be."""
    if version.state in LOCKED_AWAY:
        return f"This very file was {version.get_state_display().lower()} before: {version.problem}"
    if version.document.removed_at:
        return "This very file was deleted from the library. Upload it by hand if it is to be there again."
    return ""


def where(version: FileVersion) -> str:
    """Say where in the library a file is."""
    title = quoted(version.document.title)
    newest = version.document.newest_version()
    if newest.pk == version.pk:
        return f"It is in the library already, as {title}."
    return f"It is in the library already, as version {version.number} of {title}; version {newest.number} came later."
