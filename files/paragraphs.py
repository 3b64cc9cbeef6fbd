"""Paragraphs heard in the XML of a document, gathered under the heading or place they stand at."""

from files.words import MOST_IN_PASSAGE, Words
from files.xml_streams import Enough, Handler


class Paragraphs(Handler):
    """Hears paragraphs, which may stand inside each other (text boxes), and keeps their words in `words`."""

    def __init__(self, words: Words):
        super().__init__()
        self.words, self.place, self.page = words, "", None
        self._open: list[list[str]] = []
        self._gathered: list[str] = []
        self._length = 0

    def begin_paragraph(self):
        """A paragraph begins."""
        self._open.append([])

    def hear(self, data: str):
        """Keep words of the innermost open paragraph; others are not text."""
        if self._open:
            self._open[-1].append(data)
            self._length += len(data)
            if self._length > 4 * MOST_IN_PASSAGE:
                # One paragraph with all the words of a book: it is kept in pieces.
                self._gathered.append("".join(self._open[-1]))
                self._open[-1].clear()
                self._pause()

    def end_paragraph(self) -> str:
        """A paragraph ends; return its words. Raises Enough when no more is wanted."""
        text = "".join(self._open.pop()) if self._open else ""
        self._gathered.append(text)
        if self._length > MOST_IN_PASSAGE:
            self._pause()
        return text

    def end_heading(self) -> str:
        """A paragraph ends that is a heading: what comes now stands below it, with the heading's own words first."""
        text = self.end_paragraph()
        if text.strip():
            own = self._gathered.pop() if self._gathered else ""
            self.move_on(place=text)
            self._gathered.append(own)
        return text

    def move_on(self, *, place: str, page: int | None = None):
        """What comes now stands at another place. Raises Enough when no more is wanted."""
        self._pause()
        self.place, self.page = place, page

    def flush(self):
        """Keep what was gathered; called once more at the end."""
        self.words.add(" ".join(self._gathered), place=self.place, page=self.page)
        self._gathered.clear()
        self._length = 0

    def _pause(self):
        self.flush()
        if self.words.are_full:
            self.words.is_cut = True
            raise Enough
