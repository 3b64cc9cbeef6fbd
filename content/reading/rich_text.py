"""The outline as rich text: only the tags that an editor could have made, everything else escaped."""

from dataclasses import replace
from html import escape
from itertools import groupby

from content.reading.linking import linked
from content.reading.outline import BulletList, Heading, Paragraph, Run, Runs

# The item's own heading is an h2.
FIRST_HEADING, LAST_HEADING = 3, 4
# The address of a run that links to a page of this site: "page:12".
PAGE = "page:"


def html_of(block: Paragraph | Heading | BulletList, *, split_level: int = 2) -> str:
    """Return a block as rich text. A heading one level below the one that items begin with becomes an h3."""
    if isinstance(block, Paragraph):
        inner = inline(block.runs)
        return f"<p>{inner}</p>" if inner else ""
    if isinstance(block, Heading):
        tag = f"h{min(max(FIRST_HEADING, block.level - split_level + 2), LAST_HEADING)}"
        return f"<{tag}>{inline(block.runs).replace('<br/>', ' ')}</{tag}>"
    return _list(block)


def inline(runs: Runs) -> str:
    """Return runs as rich text without a paragraph around them, addresses in them as links."""
    parts = []
    for run in linked(_trimmed(runs)):
        text = escape(run.text, quote=False).replace("\n", "<br/>")
        if run.italic:
            text = f"<i>{text}</i>"
        if run.bold:
            text = f"<b>{text}</b>"
        if run.href.startswith(PAGE):
            # No file can say so: `linking.safe_href` knows no such scheme.
            text = f'<a linktype="page" id="{int(run.href.removeprefix(PAGE))}">{text}</a>'
        elif run.href:
            text = f'<a href="{escape(run.href)}">{text}</a>'
        parts.append(text)
    return "".join(parts)


def as_paragraphs(blocks: list[Paragraph | Heading | BulletList]) -> str:
    """Return blocks for a field that allows paragraphs and lists only: headings become bold paragraphs."""
    parts = [f"<p><b>{escape(b.text, quote=False)}</b></p>" if isinstance(b, Heading) else html_of(b) for b in blocks]
    return "".join(parts)


def _trimmed(runs: Runs) -> Runs:
    """Return the runs without space at both ends; neighbours in the same style become one."""
    start, end = 0, len(runs)
    while start < end and not runs[start].text.strip():
        start += 1
    while end > start and not runs[end - 1].text.strip():
        end -= 1
    joined = []
    for style, group in groupby(runs[start:end], lambda run: (run.href, run.bold, run.italic)):
        joined.append(Run("".join(run.text for run in group), *style))
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip())
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return joined


def _list(block: BulletList) -> str:
    tag = "ol" if block.ordered else "ul"
    items = "".join(f"<li>{inline(item.runs)}{''.join(map(_list, item.lists))}</li>" for item in block.items)
    return f"<{tag}>{items}</{tag}>"
