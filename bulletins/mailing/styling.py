"""Styles, written into each element: what stands in the head of a mail, many mail programs throw away.

The one source is templates/emails/bulletin/styles.css. What cannot stand in an element (the dark scheme) stays in the
head, for programs that read it.
"""

from functools import cache

from css_inline import CSSInliner
from django.template.loader import get_template

# Fetches nothing, whatever the HTML says.
_inliner = CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)


@cache
def _source() -> str:
    return get_template("emails/bulletin/styles.css").template.source


def document_with_styles(html: str) -> str:
    """Return a whole document with its styles in its elements."""
    return _inliner.inline(html)


def with_styles(fragment: str) -> str:
    """Return a piece of a document in the same way, without what belongs in the head."""
    return _inliner.inline_fragment(fragment, _source())
