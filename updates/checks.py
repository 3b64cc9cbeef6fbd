"""System checks: what every tracked page type promises."""

from django.core.checks import Error, register
from wagtail.models import get_page_models


@register("pages")
def check_tracked_pages_ask_the_question(app_configs, **kwargs):
    """A tracked page type shows the change question; without it nobody could publish a second edition."""
    return [
        Error(
            f"{model.__name__} does not ask whether people need to know what changed.",
            hint="Add updates.panels.change_question_panel to its panels.",
            obj=model,
            id="updates.E001",
        )
        for model in get_page_models()
        if model.is_tracked and not {"change_significance", "change_note"} <= _fields_of(model)
    ]


def _fields_of(model) -> set[str]:
    return set(model.get_edit_handler().get_form_class().base_fields)
