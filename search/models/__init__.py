"""What is searched: passages of pages, and the log by which each machine's index follows them."""

from search.models.passages import Change, Passage

__all__ = ["Change", "Passage"]
