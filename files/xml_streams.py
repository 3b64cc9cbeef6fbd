"""XML read as it comes, piece by piece: memory does not grow with the file, and no entity is ever resolved."""

from collections.abc import Iterable, Iterator
from xml.parsers import expat

from files.refusals import Damaged

NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


class Enough(Exception):
    """A handler has seen what it wanted; the rest of the XML is not read."""


class Handler:
    """Hears what is in XML: `start_NAME(attributes)` and `end_NAME()` for the names it has methods for, and `text`.

    Names are without their namespace, so that p is a paragraph in Word, PowerPoint and OpenDocument, in each edition of
    these formats; in names of methods, `_` stands for a hyphen. What is inside an element of `skipped` is not heard.
    """

    skipped: frozenset[str] = frozenset()

    def __init__(self):
        self.starts = self._methods("start_")
        self.ends = self._methods("end_")

    def _methods(self, prefix: str) -> dict:
        names = [name for name in dir(self) if name.startswith(prefix)]
        return {name.removeprefix(prefix).replace("_", "-"): getattr(self, name) for name in names}

    def text(self, data: str):
        """Hear words between elements; they may come in several pieces."""


def listen(chunks: Iterable[bytes], handler: Handler):
    """Read XML and tell the handler. Raises Damaged for what is no XML, or has a document type (XML bombs need one)."""
    reader = _Reader(handler)
    try:
        for chunk in chunks:
            reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except Enough:
        return
    except expat.ExpatError as error:
        if error.code == NO_MEMORY:
            raise MemoryError from None
        raise Damaged from None


def guarded(chunks: Iterable[bytes], *, is_xml: bool) -> Iterator[bytes]:
    """Yield the pieces of a part that another library will read. Raises Damaged when it has a document type.

    That can only stand before the first element. What is there is let pass when it is no XML and need not be.
    """
    parser, chunks = expat.ParserCreate(), iter(chunks)
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    for chunk in chunks:
        yield chunk
        try:
            parser.Parse(chunk, False)
        except Enough:
            break
        except expat.ExpatError:
            if is_xml:
                raise Damaged from None
            break
    yield from chunks


def _refuse(*_):
    # No Office program writes one. Entities that multiply, or name files and addresses, are declared there.
    raise Damaged


def _stop(*_):
    raise Enough


class _Reader:
    def __init__(self, handler: Handler):
        self.handler, self.inside_skipped = handler, 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = _refuse

    def start(self, name, attributes):
        name = _local(name)
        if self.inside_skipped or name in self.handler.skipped:
            self.inside_skipped += 1
        elif heard := self.handler.starts.get(name):
            heard({_attribute(key): value for key, value in attributes.items()})

    def end(self, name):
        if self.inside_skipped:
            self.inside_skipped -= 1
        elif heard := self.handler.ends.get(_local(name)):
            heard()

    def text(self, data):
        if not self.inside_skipped:
            self.handler.text(data)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _attribute(name: str) -> str:
    """Return the name of an attribute: `r:id` for references to other parts, which stand beside a plain `id`."""
    space, _, local = name.rpartition(" ")
    return f"r:{local}" if space.endswith("/relationships") else local
