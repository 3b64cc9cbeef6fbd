"""What is said at once when somebody saves a page: which of its links lead where readers cannot go."""

from datetime import datetime

from links import ours
from links.addresses import Kind
from links.walking import FoundLink, links_in

AT_MOST = 5
_SAID = {
    ours.GONE: "leads to a page that is gone",
    ours.NOT_PUBLISHED: "leads to a page that is not public: it is not published",
    ours.WITHDRAWN: "leads to a page that is not public: it was withdrawn",
    ours.PRIVATE: "leads to a page that is not public: it is private",
    ours.FILE_GONE: "leads to a file that is gone",
    ours.FILE_HIDDEN: "leads to a file that readers cannot have yet",
    ours.NOTHING_THERE: "leads to an address of this site where there is nothing",
    ours.FOR_STAFF: "leads to the editors’ screens, where readers are asked to sign in",
    ours.NO_MAILBOX: "is not an e-mail address",
    ours.NO_NUMBER: "is not a telephone number that can be rung",
    ours.NO_ADDRESS: "is no address that browsers can follow",
}


def warnings_about(page, *, now: datetime) -> list[str]:
    """Return a sentence for each link of a page, as it is in memory, that leads where readers cannot go.

    Links to other sites are not asked after: that is done at night.
    """
    links = [link for link in links_in(page) if link.target.kind != Kind.WEB]
    faults = ours.faults_of({link.target for link in links}, now=now)
    wrong = [_sentence(link, fault) for link in links if (fault := faults[link.target.address])]
    more = len(wrong) - AT_MOST
    if more > 0:
        wrong[AT_MOST:] = [f"Links on this page that lead where readers cannot go, besides these: {more}."]
    return wrong


def _sentence(link: FoundLink, fault: str) -> str:
    named = f"The link “{link.words or link.target.address}”"
    if not link.words and link.target.kind in (Kind.PAGE, Kind.FILE):
        named = "A link"
    return f"{named} in “{link.place}” {_SAID[fault]}."
