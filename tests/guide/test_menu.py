"""The menu arrives in the browser as Wagtail would send it; and what the start page asks of the database."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from telepath import Adapter
from wagtail.admin.menu import admin_menu
from wagtail.admin.telepath import JSContext, registry
from wagtail.admin.ui.sidebar import LinkMenuItem, SubMenuItem

from accounts.roles import PROCEDURE_EDITORS
from tests.factories import add_archive, add_home, make_manager
from tests.roles import given_roles, member

pytestmark = pytest.mark.django_db


class AsWagtail(Adapter):
    """Packs with telepath's own means, as Wagtail's adapters do."""

    def __init__(self, js_constructor):
        self.js_constructor = js_constructor

    def js_args(self, obj):
        return obj.js_args()


def unpacked(value, known=None):
    """Return what the browser makes of a packed value: texts that are said twice are said once and referred to."""
    known = {} if known is None else known
    if isinstance(value, list):
        return [unpacked(each, known) for each in value]
    if not isinstance(value, dict):
        return str(value) if hasattr(value, "_proxy____args") else value
    if "_ref" in value:
        return known[value["_ref"]]
    if "_type" in value:
        made = (value["_type"], unpacked(value["_args"], known))
    elif "_val" in value or "_list" in value or "_dict" in value:
        made = unpacked(next(value[key] for key in ("_val", "_list", "_dict") if key in value), known)
    else:
        return {key: unpacked(each, known) for key, each in value.items()}
    if "_id" in value:
        known[value["_id"]] = made
    return made


def test_the_menu_says_what_wagtail_would_say(rf):
    add_archive(add_home())
    request = rf.get("/admin/")
    request.user = make_manager()
    items = admin_menu.render_component(request)
    own = type(registry)(telepath_js_path=None)
    own.adapters = registry.adapters | {
        entry: AsWagtail(f"wagtail.sidebar.{entry.__name__}") for entry in (LinkMenuItem, SubMenuItem)
    }
    quick, slow = unpacked(JSContext().pack(items)), unpacked(own.js_context_class().pack(items))
    assert len(json.dumps(quick, default=str)) > 4_000
    assert quick == slow


class TestStartPage:
    """The bar of the issue is 1.2 times what a stock Wagtail asks, which is 20 questions; `make bench` compares."""

    def test_asks_little(self, django_assert_max_num_queries):
        given_roles()
        add_archive(add_home())
        for user in (make_manager(), member(PROCEDURE_EDITORS)):
            client = Client()
            client.force_login(user)
            client.get(reverse("wagtailadmin_home"))
            with django_assert_max_num_queries(20):
                assert client.get(reverse("wagtailadmin_home")).status_code == 200

    def test_says_what_waits_and_not_how_much_there_is(self):
        add_home()
        client = Client()
        client.force_login(make_manager())
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Site summary" not in page
        assert "Nothing waits for you" in page
