"""Structured data for search engines (schema.org, as JSON-LD)."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# As Django's json_script: nothing in the data can end the element or open another one.
ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def structured_data(page, organisation):
    """Write what the page says of itself as JSON-LD. It is data, not a script: a Content-Security-Policy lets it be."""
    data = {"@context": "https://schema.org"} | page.structured_data(publisher=getattr(organisation, "name", ""))
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)
