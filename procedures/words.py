"""What a raw block says, whichever way it was stored: the editor writes the same words in its own way."""

from html.parser import HTMLParser

EMPTY = (None, "", [], {}, ())
# What makes one tag differ from another for a reader: where a link leads.
SAID_BY_TAGS = {"href", "linktype", "id", "alt", "embedtype", "url"}
ALIKE = {"strong": "b", "em": "i"}


def said_by(value):
    """Return what a block's raw value says, in a form that can be compared; block ids and empty fields left out."""
    if isinstance(value, str):
        return _said_by_html(value) if "<" in value or "&" in value else " ".join(value.split())
    if isinstance(value, dict):
        said = {name: said_by(part) for name, part in value.items() if not (name == "id" and "type" in value)}
        return {name: part for name, part in said.items() if part not in EMPTY}
    if isinstance(value, list):
        return [said_by(part) for part in value]
    return value


def _said_by_html(html: str) -> tuple:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.result()


class _Reader(HTMLParser):
    """Reads rich text into tags and words; entities, spacing, order of attributes, editor's keys do not count."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self._parts: list = []
        self._words = ""

    def handle_starttag(self, tag, attrs):
        self._end_words()
        said = tuple(sorted((name, value) for name, value in attrs if name in SAID_BY_TAGS))
        self._parts.append((ALIKE.get(tag, tag), *said))

    def handle_endtag(self, tag):
        self._end_words()
        if tag != "br":
            self._parts.append(f"/{ALIKE.get(tag, tag)}")

    def handle_data(self, data):
        self._words += data

    def _end_words(self):
        if words := " ".join(self._words.split()):
            self._parts.append(words)
        self._words = ""

    def result(self) -> tuple:
        """Return what was read."""
        self._end_words()
        return tuple(self._parts)
