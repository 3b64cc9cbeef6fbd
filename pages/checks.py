"""System checks: what every page type promises."""

from django.core.checks import Error, register
from wagtail.models import get_page_models

from pages.models import BasePage


@register("pages")
def check_page_types_extend_base_page(app_configs, **kwargs):
    """Every page type is a BasePage: topics, owner and `visible()` then hold for all of them."""
    return [
        Error(f"{model.__name__} does not extend pages.models.BasePage.", obj=model, id="pages.E001")
        for model in get_page_models()
        if not issubclass(model, BasePage)
    ]


@register("pages")
def check_page_types_state_the_tree(app_configs, **kwargs):
    """Every page type names its parents and children itself, so that nobody can put a page where it makes no sense."""
    return [
        Error(
            f"{model.__name__} does not state {name}.",
            hint=f"Add {name} = [...] to the class; an empty list means none.",
            obj=model,
            id="pages.E002",
        )
        for model in get_page_models()
        if model is not BasePage
        for name in ("parent_page_types", "subpage_types")
        if name not in vars(model)
    ]
