"""Gives roles what rooms declare for them: a group each, with exactly that. It can be run again at any time."""

from collections import defaultdict
from functools import cache
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts.roles import EVERYBODY, Approved, Grant, Role

ADMIN = "wagtailadmin.access_admin"
# Wagtail makes these. Nobody is in them on a site that has our roles.
WAGTAILS_OWN = ("Editors", "Moderators")


class UnknownRight(Exception):
    """A room declares a right or page type that there is not."""


@cache
def all_grants() -> tuple[Grant, ...]:
    """Return what all rooms declare."""
    return tuple(grant for module in _modules() for grant in getattr(module, "GRANTS", ()))


@cache
def all_approved() -> tuple[Approved, ...]:
    """Return what all rooms declare to need a second person."""
    return tuple(one for module in _modules() for one in getattr(module, "APPROVED", ()))


def _modules() -> list:
    rooms = [config for config in apps.get_app_configs() if module_has_submodule(config.module, "roles")]
    return [import_module(f"{room.name}.roles") for room in rooms]


@transaction.atomic
def keep_roles() -> list[Group]:
    """Let there be a group for each role, with the rights that are declared and no others; return the groups.

    Groups that the site has made itself are left alone, and so are the people in ours. Raises UnknownRight.
    """
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    groups = [_kept(role, known) for role in EVERYBODY]
    Group.objects.filter(name__in=WAGTAILS_OWN, user=None).delete()
    return groups


def _kept(role: Role, known: dict[str, Permission]) -> Group:
    group, _ = Group.objects.get_or_create(name=role.name)
    grants = [grant for grant in all_grants() if role in grant.to]
    rights = {ADMIN} | {right for grant in grants for right in grant.rights}
    group.permissions.set(_of(rights, known))
    _keep_on_pages(group, grants, known)
    files = _of({right for grant in grants for right in grant.files}, known)
    _keep(GroupCollectionPermission, group, {(Collection.get_first_root_node().pk, each.pk) for each in files})
    return group


def _of(rights, known) -> list[Permission]:
    if unknown := sorted(set(rights) - set(known)):
        raise UnknownRight(f"There is no such right: {', '.join(unknown)}")
    return [known[right] for right in rights]


def _keep_on_pages(group: Group, grants: list[Grant], known) -> None:
    base = _page_model()._meta
    wanted: set[tuple[int, int]] = set()
    of_types: dict[str, set[str]] = defaultdict(set)
    for grant in grants:
        for name in grant.pages:
            of_types[name] |= set(grant.may)
    for name, actions in of_types.items():
        permissions = _of({f"{base.app_label}.{action}_{base.model_name}" for action in actions}, known)
        wanted |= {(page, permission.pk) for page in _pages_of(name) for permission in permissions}
    _keep(GroupPagePermission, group, wanted)


def _page_model():
    return apps.get_model(settings.WAGTAIL_PAGE_MODEL)


def _pages_of(name: str) -> list[int]:
    pages = _page_model().objects
    if not name:
        return [page.pk for page in pages.filter(depth=1)]
    try:
        return list(apps.get_model(name).objects.values_list("pk", flat=True))
    except (LookupError, ValueError) as error:
        raise UnknownRight(f"There is no such page type: {name}") from error


def _keep(model, group: Group, wanted: set[tuple[int, int]]) -> None:
    """Let the group have these (page or collection, permission) and no others."""
    place = "page_id" if model is GroupPagePermission else "collection_id"
    there = {(getattr(row, place), row.permission_id): row for row in model.objects.filter(group=group)}
    model.objects.filter(pk__in=[there[key].pk for key in set(there) - wanted]).delete()
    model.objects.bulk_create(
        model(group=group, permission_id=permission, **{place: key}) for key, permission in sorted(wanted - set(there))
    )
