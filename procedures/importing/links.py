"""Links between the files of a manual: which chapter each one means."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from content.reading.linking import safe_href
from content.reading.outline import Block, Box, BulletList, ListItem, Run, Runs, Table
from content.reading.rich_text import PAGE
from procedures.importing.report import ManualReport, quoted

DANGEROUS = {"javascript", "vbscript", "data", "about", "blob", "file", "cid"}
CANONICAL = re.compile(r"""<link[^<>]{0,300}\brel=["']?canonical["']?[^<>]{0,300}>""", re.I)
HREF = re.compile(r"""\bhref=["']?(https?://[^"'\s<>]{1,1000})""", re.I)
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://[^\s<>]{1,1000})", re.I)
ENDINGS = ("", ".html", ".htm", ".docx", ".txt", "/index.html", "/index.htm")
OLD_ENDINGS = re.compile(r"\.(?:html?|xhtml|aspx?|php|docx?|txt|pdf)$", re.I)


def kept_address(href: str) -> str:
    """Return an address as it is kept until all chapters are known: also relative ones, none that run something."""
    href = "".join(character for character in href if character > " ")
    scheme = href.partition(":")[0].lower()
    if ":" not in href or not re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
        return href[:2000]
    if scheme in DANGEROUS:
        return ""
    return safe_href(href)


def old_address_in(html: str) -> str:
    """Return the address at which a saved page says it stood, or ""."""
    head = html[:20_000]
    if found := SAVED_FROM.search(head):
        return unescape(found[1])
    link = CANONICAL.search(head)
    found = HREF.search(link[0]) if link else None
    return unescape(found[1]) if found else ""


def resolved_path(href: str, *, base: str) -> str | None:
    """Return the path that a relative address means, seen from the file `base`; None for one outside."""
    try:
        path = unquote(urlsplit(href).path)
    except ValueError:
        return None
    if not path:
        return None
    start = "" if path.startswith("/") else str(PurePosixPath(base).parent)
    found = normpath(f"{start}/{path.lstrip('/')}").lstrip("/")
    return None if found.startswith("..") else found


@dataclass
class Linker:
    """Finds the page that an address in a chapter means.

    `pages`: keys of pages by path of their file, `others`: further files that came along; `old_site`: the address of
    the folder in which the files stood, "" when nobody said.
    """

    pages: dict[str, int]
    titles: dict[int, str]
    others: set[str]
    old_site: str = ""
    by_address: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        self.lower: dict[str, int] = {}
        names = Counter(PurePosixPath(path).name.casefold() for path in self.pages)
        self.by_name = {
            name: key for path, key in self.pages.items() if names[name := PurePosixPath(path).name.casefold()] == 1
        }
        for path, key in self.pages.items():
            self.lower.setdefault(path.casefold(), key)
        for path, key in self.pages.items():
            # A link to a web page also means the Word document that was made of it.
            self.lower.setdefault(OLD_ENDINGS.sub("", path).casefold(), key)

    def resolved(self, runs: Runs, *, path: str, report: ManualReport) -> Runs:
        """Return the runs of the chapter in the file `path` with their links as they may be stored."""
        return [run if not run.href else replace(run, href=self._href(run, path, report)) for run in runs]

    def _href(self, run: Run, path: str, report: ManualReport) -> str:
        words, href = quoted(run.text.strip() or "a picture"), run.href
        if href.startswith(PAGE):
            return href
        if href.startswith("#"):
            report.counts["own_anchors"] += 1
            return ""
        relative = self._below_old_site(href)
        if relative is None:
            if self.old_site and bare_address(href).startswith(bare_address(self.old_site).partition("/")[0] + "/"):
                report.link(f"{words} still leads to the old site: {quoted(href)}.")
            return safe_href(href)
        key = self.by_address.get(bare_address(href)) or self._page(relative, path)
        if key is None:
            if relative == href:
                return self._lost(words, href, path, report)
            report.link(f"{words} leads to {quoted(href)} on the old site, which did not come along. Change the link.")
            return href
        self._say(words, href, key, report)
        return f"{PAGE}{key}"

    def _say(self, words: str, href: str, key: int, report: ManualReport) -> None:
        report.counts["links"] += 1
        anchor = href.partition("#")[2]
        lost = f" The place in it, {quoted('#' + anchor)}, is lost: it leads to the top." if anchor else ""
        report.link(f"{words} now leads to {quoted(self.titles.get(key, ''))}.{lost}")

    def _lost(self, words: str, href: str, path: str, report: ManualReport) -> str:
        name = resolved_path(href, base=path) or ""
        if name in self.others:
            report.link(f"{words} led to the file {quoted(name)}. Add it to the documents, and link to it there.")
        else:
            report.link(f"{words} led to {quoted(href)}, which is none of the files. Only the words are kept.")
        return ""

    def _below_old_site(self, href: str) -> str | None:
        """Return an address seen from the folder of the manual; a relative one as it is; None for another site."""
        try:
            parts = urlsplit(href)
            if not parts.scheme and not parts.netloc:
                return href
            site = urlsplit(self.old_site)
            if not self.old_site or _host(parts) != _host(site):
                return f"/{href}" if bare_address(href) in self.by_address else None
        except ValueError:
            return None
        folder = site.path.rstrip("/") + "/"
        return f"/{parts.path.removeprefix(folder)}" if parts.path.startswith(folder) else None

    def _page(self, href: str, path: str) -> int | None:
        names = [resolved_path(href, base=path)]
        if href.startswith("/") and self.old_site:
            # A path from the top of the old site, while the files are those of one folder of it.
            folder = urlsplit(self.old_site).path.strip("/")
            names.append((names[0] or "").removeprefix(f"{folder}/") if folder else names[0])
        for name in filter(None, names):
            stem = OLD_ENDINGS.sub("", name).casefold()
            for candidate in (name.casefold(), *(f"{name}{ending}".casefold() for ending in ENDINGS), stem):
                if candidate in self.lower:
                    return self.lower[candidate]
        # Folders may have changed when the pages were saved: a name that only one file has is enough.
        return self.by_name.get(PurePosixPath(unquote(urlsplit(href).path)).name.casefold())


def with_links(block: Block, resolved: Callable[[Runs], Runs]) -> Block:
    """Return a block with each of its runs passed through `resolved`."""
    if isinstance(block, BulletList):
        items = [
            ListItem(resolved(item.runs), [with_links(nested, resolved) for nested in item.lists])
            for item in block.items
        ]
        return BulletList(block.ordered, items)
    if isinstance(block, Table):
        return replace(block, rows=[[resolved(cell) for cell in row] for row in block.rows])
    if isinstance(block, Box):
        return Box([with_links(inner, resolved) for inner in block.blocks])
    return replace(block, runs=resolved(block.runs)) if hasattr(block, "runs") else block


def _host(parts) -> str:
    return (parts.hostname or "").removeprefix("www.")


def bare_address(address: str) -> str:
    """Return an address without what does not tell pages apart."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{_host(parts)}{unquote(parts.path).rstrip('/')}".casefold() if parts.hostname else ""
