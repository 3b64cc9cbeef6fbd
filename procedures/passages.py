"""The sections of a chapter as passages that the search finds, read from the raw sections."""

from pages.passages import DeclaredPassage, PassageKind
from procedures.sections import anchor_of, raw_sections_of


def passages_of(chapter) -> list[DeclaredPassage]:
    """Return a passage for each section and subsection of a chapter, in order, without what stands below it."""
    return [
        DeclaredPassage(
            PassageKind.PROCEDURES,
            section.title,
            section.own,
            anchor=anchor_of(section.code),
            label=f"Section {section.number}",
        )
        for section in raw_sections_of(chapter.sections.raw_data)
    ]
