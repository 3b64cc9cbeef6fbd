"""Who sees links: whoever may change a page, contact or setting sees those that are used there."""

from django.db.models import Q
from wagtail.permissions import policy_registry

from links.models import Link, LinkUse
from links.rows import types_of_rows
from pages.models import BasePage

CHANGE = "change"


def may_see(user) -> bool:
    """Tell whether somebody may change anything that links can be used in."""
    return _policy().user_has_permission(user, CHANGE) or bool(_types(user))


def uses_of(user):
    """Return the places, used on what somebody may change."""
    if user.is_superuser:
        return LinkUse.objects.all()
    return LinkUse.objects.filter(Q(page__in=pages_of(user).values("pk")) | Q(subject_type__in=_types(user)))


def links_of(user):
    """Return the links that are used on what somebody may change."""
    return Link.objects.used_in(uses_of(user))


def pages_of(user):
    """Return the pages that somebody may change."""
    return _policy().instances_user_has_any_permission_for(user, [CHANGE]).order_by()


def _types(user) -> list:
    return [
        content_type
        for content_type, model in types_of_rows().items()
        if user.has_perm(f"{model._meta.app_label}.{CHANGE}_{model._meta.model_name}")
    ]


def _policy():
    return policy_registry.get_by_type(BasePage)
