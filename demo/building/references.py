"""What content refers to by name – teams, areas, chapters – and their keys in its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from organisation.models import Area, Contact
from pages.models import BasePage

# [[Escalation Policy]] or [[Escalation Policy|the policy]]
LINK_TO_CHAPTER = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")


@dataclass(frozen=True)
class References:
    """What content may refer to, by the names that it uses. A name that is not there raises KeyError."""

    contacts: Mapping[str, Contact]
    areas: Mapping[str, Area]
    chapters: dict[str, BasePage] = field(default_factory=dict)
    # Heading of a bulletin's item → (key of the page it is about, place on that page).
    sources: dict[str, tuple[int, str]] = field(default_factory=dict)

    def placed(self, raw):
        """Return raw content with keys in the place of names."""
        if isinstance(raw, str):
            return LINK_TO_CHAPTER.sub(self._link, raw)
        if isinstance(raw, list):
            return [self.placed(item) for item in raw]
        if not isinstance(raw, dict):
            return raw
        if raw.get("type") == "contact":
            return raw | {"value": self.contacts[raw["value"]].pk}
        placed = {name: self.placed(value) for name, value in raw.items()}
        if raw.get("type") == "local":
            placed["value"]["area"] = self.areas[raw["value"]["area"]].pk
        return placed

    def with_source(self, item: dict) -> dict:
        """Return an item of a bulletin with the page and place it is about, where there is one."""
        page, place = self.sources.get(item["value"]["heading"], (None, ""))
        return item | {"value": item["value"] | {"source": page, "source_place": place}} if page else item

    def _link(self, match) -> str:
        title, words = match.groups()
        return f'<a linktype="page" id="{self.chapters[title].pk}">{words or title}</a>'
