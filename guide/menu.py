"""The menu, which every screen of the admin sends to the browser: in the order of the work, and packed quickly."""

from telepath import ObjectNode, ValueNode
from wagtail.admin.telepath import Adapter, register
from wagtail.admin.ui.sidebar import ActionMenuItem, LinkMenuItem, SubMenuItem

# By the name of an entry; what is not named comes after these, in the order it has.
ORDER = (
    "explorer",
    "bundles",
    "sent-in",
    "documents",
    "images",
    "glossary",
    "terms",
    "alerts",
    "readers-search",
    "organisation",
    "import-bulletin",
    "import-manual",
    "reports",
    "settings",
    "help",
)


def order_by_work(menu_items: list) -> None:
    """Put first what is done every day."""
    places = {name: place for place, name in enumerate(ORDER)}
    menu_items.sort(key=lambda item: (places.get(item.name, len(ORDER)), item.order))
    for place, item in enumerate(menu_items):
        item.order = place


class QuickAdapter(Adapter):
    """Packs an entry as Wagtail does, without looking at each of its texts and at the scripts of each entry.

    Wagtail writes out the scripts once an entry, which was a third of the time of our start page, and every screen of
    the admin has them anyway.
    """

    def __init__(self, js_constructor: str):
        self.js_constructor = js_constructor

    def build_node(self, obj, context):
        """Return the entry, and those below it."""
        texts, *below = obj.js_args()
        return ObjectNode(self.js_constructor, [ValueNode(texts), *map(context.build_node, below)])


def pack_quickly() -> None:
    """Take this in the place of Wagtail's for the entries of which there are many."""
    for entry in (ActionMenuItem, LinkMenuItem, SubMenuItem):
        register(QuickAdapter(f"wagtail.sidebar.{entry.__name__}"), entry)
