"""What page types say of themselves to rooms that gather: their pieces, what of them belongs in the next bulletin, and
what of them people can hear of by e-mail.

No room is told about another. A page type has

* `declared_pieces()`, which returns a list of `DeclaredPiece`;
* `newsworthy(editions)`, which gets the editions of a period that readers have to know about, newest first, and returns
  a list of `Newsworthy`;
* `alert_topic()`, which returns the `AlertTopic` that this page offers its readers; it asks the database for nothing;
* `alert_topics()`, a class method, which returns a list of those that are offered where all are chosen from: of public
  pages alone, with one query at most;
* `topics_alerted_by(page)`, a class method, which returns those topics of this type whose subscribers hear of an update
  of another page, of whatever type; of public pages alone, with one query at most.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class DeclaredPiece:
    """A piece as its page declares it; see `gathering.models.Piece`.

    `topics`: slugs of those that staff chose for it. Where they chose none, it is about the topics that its title names
    and those of the pages it links to (`links`, keys of pages).
    """

    anchor: str
    group: str
    kind: str
    title: str
    day: date
    summary: str = ""
    topics: tuple[str, ...] = ()
    links: tuple[int, ...] = ()


@dataclass(frozen=True)
class Newsworthy:
    """Something that readers of the next bulletin may want to hear of.

    `key` names it for ever: what has been offered to an issue under this key is not offered again, so another wording
    of it has another key. `kind` is that of the item it becomes, as the bulletin's blocks are called ("decision",
    "inspection", "highlight", "priority_update", "procedures_update", "training", "news"); `values` are raw values of
    that block's fields, beside its heading; `text` is rich text for its body; `reason` is one line for staff that says
    why it is there.

    What has the same `joins` goes into one item, whose heading is `joined_heading`; in it, what has the same `under`
    (rich text: a smaller heading) stands under that once.
    """

    key: str
    kind: str
    heading: str
    reason: str
    moment: datetime
    page_id: int
    place: str = ""
    text: str = ""
    values: dict = field(default_factory=dict)
    joins: str = ""
    joined_heading: str = ""
    under: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlertTopic:
    """Something that people can ask to hear of by e-mail.

    `key` is stored with each subscription and means the same for ever: a word, or a word and what it is about, such as
    "bulletins", "library:tool", "page:12", "manual:7", "priority:9". `group` is the heading it is offered under,
    `title` its name there, `invitation` the words of the link on the page that offers it.
    """

    key: str
    group: str
    title: str
    invitation: str = ""
