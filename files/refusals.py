"""Why a file is not taken, in words for whoever uploaded it."""


class Refused(Exception):
    """The file is not taken. The text says what is wrong with it, and what to do."""


class NotAllowed(Refused):
    """The kind of file is not on the list."""


class Empty(Refused):
    """There is nothing in the file."""


class TooLarge(Refused):
    """The file is larger than allowed, packed or unpacked."""


class WrongContent(Refused):
    """What is in the file is not what its name says."""


class Protected(Refused):
    """The file can only be opened with a password."""

    def __init__(self):
        super().__init__("This file is protected with a password. Save it without one, and upload it again.")


class HasMacros(Refused):
    """The file carries a program that would run on a reader's computer."""


class Damaged(Refused):
    """The file is cut off, or broken inside."""

    def __init__(self, what: str = "file"):
        super().__init__(
            f"This {what} is damaged or cut off. Open it in the program it was made with, save it under a new name, "
            "and upload that."
        )


class TooMuch(Refused):
    """Reading the file took more memory or time than one file may take."""

    def __init__(self):
        super().__init__(
            "This file took too much memory or time to read. Make it smaller, or split it, and upload the parts."
        )


class Crashed(Refused):
    """The program that reads files did not survive this one."""

    def __init__(self):
        super().__init__(
            "This file cannot be read: it is damaged, or takes too much memory. Open it in the program it was made "
            "with, save it under a new name, and upload that."
        )


REFUSALS = {
    kind.__name__: kind
    for kind in (NotAllowed, Empty, TooLarge, WrongContent, Protected, HasMacros, Damaged, TooMuch, Crashed)
}


def refusal(sentence: str, *, why: str) -> Refused:
    """Return a refusal that was made in another process; `why` is the name of its class."""
    kind = REFUSALS.get(why, Refused)
    return kind.__new__(kind, sentence)


def in_words(size: int) -> str:
    """Return a number of bytes as people say it: “4.5 MB”."""
    for unit, length in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size >= length:
            return f"{size / length:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
