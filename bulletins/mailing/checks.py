"""System check: a kind of item, or a block in one, cannot be forgotten in the mail."""

from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from bulletins.blocks import ItemsBlock
from content.blocks import BodyBlock

FORMS = ("html", "txt")


@register("bulletins")
def check_everything_has_its_forms_in_the_mail(app_configs, **kwargs):
    """Every kind of item, and every block that may stand in one, has a template for HTML and one for plain text."""
    return [
        Error(f"{type(block).__name__} has no form in the mail: there is no template {path}.", id="bulletins.E001")
        for folder, stream in (("items", ItemsBlock()), ("blocks", BodyBlock()))
        for name, block in stream.child_blocks.items()
        for path in (f"emails/bulletin/{folder}/{name}.{form}" for form in FORMS)
        if not _exists(path)
    ]


def _exists(path: str) -> bool:
    try:
        get_template(path)
    except TemplateDoesNotExist:
        return False
    return True
