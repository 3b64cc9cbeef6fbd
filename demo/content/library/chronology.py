"""Resource: the chronology template."""

from datetime import date

from demo.content.library.papers import Callout, Paper, Table, blank, form, section
from demo.content.library.writing import Resource, one_file

PAPER = Paper(
    title="Chronology of a child’s life",
    version="1",
    dated=date(2026, 5, 12),
    wide=True,
    opening="""
    A chronology lists what happened to a child, in the order in which it happened, and what it meant for the child. It
    shows a pattern that single records hide. It is not a copy of the case notes.
    """,
    body=(
        section(
            "What belongs in it",
            """
            - births, deaths, moves, separations, changes of school
            - injuries, illnesses, appointments to which the child was not brought
            - times when the child was missing, hurt, frightened or left alone
            - referrals, what was decided, and what help was offered and taken
            - good times as well: when things went better, and with whose help
            """,
            Callout(
                "Ten minutes a week",
                "A chronology that is written week by week is used. One that is written for the conference is too late.",
            ),
        ),
        form(
            "The child", "About", "Name and date of birth", "Who lives with the child", "Kept by (name, agency)", room=8
        ),
        section(
            "Two lines as an example",
            Table(
                "An invented family",
                ("Date", "What happened", "Who saw or said it", "What it meant for the child", "What was done"),
                (
                    (
                        "14 January",
                        "Not brought to the dentist, for the third time since September.",
                        "School nurse",
                        "Eats on one side. Says it hurts “when it is cold”.",
                        "Rang Mum; went with her on 21 January.",
                    ),
                    (
                        "3 February",
                        "Collected from school by an uncle whom nobody there knew.",
                        "Class teacher",
                        "Went with him gladly. Did not know his name.",
                        "Mum rang back at 4 pm: her brother, agreed.",
                    ),
                ),
                (11, 27, 14, 26, 22),
            ),
            new_page=True,
        ),
        section(
            "The chronology",
            blank(
                "To fill in",
                "Date",
                "What happened",
                "Who saw or said it",
                "What it meant for the child",
                "What was done",
                widths=(11, 27, 14, 26, 22),
                rows=8,
                room=14,
            ),
        ),
        section(
            "Read it as a whole",
            form(
                "What the pattern tells you",
                "Ask yourself",
                "What happens again and again?",
                "What came before the bad times, and before the good ones?",
                "What do we not know?",
                "What is different for the child than a year ago?",
                room=12,
            ),
            new_page=True,
        ),
    ),
)

CHRONOLOGY = Resource(
    title="Chronology template",
    slug="chronology-template",
    summary="A table for what happened to a child and what it meant, with two lines as an example.",
    purpose="""<p>Begin it when you begin to work with a family, and bring it to supervision, to the core group and to
    the conference. Each agency keeps its own; the lead puts them together.</p><p>See also
    [[Child Protection Conferences]].</p>""",
    resource_type="template",
    topics=("Child protection", "Neglect"),
    audiences=("Social workers", "Health staff", "Schools", "Police"),
    owner_team="Board office",
    approved_by="Policy and procedures sub-group of the board",
    approved_months_ago=6,
    review_months=6,
    files=(one_file("Template", "chronology-template.docx", (190, "First published.", PAPER)),),
)
