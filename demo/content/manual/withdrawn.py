"""Two chapters that are no longer in force: one became part of another, one was withdrawn."""

from datetime import date

from demo.content.manual.history import begun
from demo.content.manual.writing import Chapter, Withdrawn, callout, section

PHONES = Chapter(
    title="Children’s Mobile Phones and Cameras",
    slug="mobile-phones-and-cameras",
    summary="Pictures and messages on children’s telephones.",
    scope="""
    For schools, carers and youth workers who deal with pictures and messages on children’s telephones.
    """,
    related=["E-Safety and Internet Abuse"],
    topics=["Online safety"],
    audiences=["Schools", "Voluntary groups"],
    sections=[
        section("Pictures", "Do not look at an intimate picture of a child, and do not pass it on. Tell the police."),
        section("Messages", "Keep threatening messages. Help the child to block the sender after that, not before."),
        section("Rules of the house", "Agree with children when telephones are used, and keep to it yourself."),
    ],
    withdrawn=Withdrawn(
        date(2017, 3, 28),
        "consolidated",
        "Telephones are no longer a world of their own. What was said here is in the chapter on safety online.",
        replacement="E-Safety and Internet Abuse",
    ),
)

RESTRICTED_TRAVEL = Chapter(
    title="Seeing Children while Travel is Restricted",
    slug="seeing-children-while-travel-is-restricted",
    summary="How children were seen while people were asked to stay at home.",
    scope="""
    For everyone who visits families, for as long as people are asked to stay at home. A child who cannot be visited is
    not a child who is safe.
    """,
    related=["Child Protection Conferences"],
    topics=["Child protection"],
    audiences=["Social workers", "Health staff", "Schools"],
    sections=[
        section(
            "Who is visited all the same",
            "Every child with a child protection plan, every baby under one year, and every child about whom somebody "
            "has a new worry.",
            callout("You must", "Speak with the child where nobody listens, on a walk or at the door if need be."),
        ),
        section(
            "Calls by video", "Ask to see the kitchen, the bedroom and the child. End the call if somebody prompts."
        ),
        section("Conferences", "Held by video or telephone. Parents who cannot join are heard beforehand."),
        section("School", "A place in school is kept open for every child with a social worker."),
    ],
    history=[begun(date(2020, 3, 30))],
    withdrawn=Withdrawn(
        date(2022, 4, 4),
        "withdrawn",
        "The restrictions have ended. Visits and conferences are held as the other chapters say.",
    ),
)
