"""Why a file cannot be read, in words for staff."""


class CannotImport(Exception):
    """Nothing can be made from what was given. The message tells staff why, and what to do."""


class FileTooLarge(CannotImport):
    """The file is larger than any document with words."""


class TooLong(CannotImport):
    """The file has more lines or elements than any document has; it would take minutes to read."""

    def __init__(self):
        super().__init__("This file is far too long to be read at once. Split it, and import the pieces.")


class NothingToRead(CannotImport):
    """The file has no words in it."""

    def __init__(self):
        super().__init__("There are no words in this file. Check that it is the right one.")


class NotText(CannotImport):
    """The file is neither plain text nor HTML."""
