"""Resource: the escalation policy on one page."""

from datetime import date

from demo.content.library.papers import Callout, Paper, Table, phone, section
from demo.content.library.writing import Resource, one_file

OPENING = """
You think that another agency’s decision leaves a child unsafe. Say so the same day. You have a duty to speak up, and the
other person has a duty to listen.
"""
STEPS = Table(
    "The five steps",
    ("Step", "Who speaks to whom", "At the latest"),
    (
        ("1", "You ring the person who made the decision.", "The same day"),
        ("2", "Your manager or safeguarding lead speaks to their manager.", "One working day after step 1"),
        ("3", "Heads of service, or named professionals, speak to each other.", "Two working days after step 2"),
        ("4", "Directors or chief officers decide.", "Three working days after step 3"),
        ("5", "The chair of the board hears both sides and gives an opinion.", "Five working days after step 4"),
    ),
    (9, 57, 34),
)
DANGER = Callout(
    "A child in danger does not wait",
    f"""
    Ring 999, or children’s first response: city {phone("Children’s first response, city")}, county
    {phone("Children’s first response, county")}. Then escalate.
    """,
)
WORDS = section(
    "Words that help",
    """
    - “I am worried about this child, because…”
    - “What do you know that I do not?”
    - “I do not agree yet. I am going to ask my manager to ring yours today.”
    """,
)
RECORD = section(
    "Write it down",
    """
    Both sides record the disagreement and how it was settled. From step 3 on, send a short note to the board’s office,
    with no more about the child than is needed.
    """,
)
CONFERENCE = section(
    "During a conference",
    """
    If you disagree with what a conference decides, say so while you are there and ask for it to be written down. The
    decision stands until it is changed. Then begin at step 2.
    """,
)

FIRST = Paper("Escalation policy on one page", "1", date(2018, 5, 8), OPENING, (STEPS, DANGER, WORDS, RECORD))
SECOND = Paper(
    "Escalation policy on one page", "2", date(2025, 6, 4), OPENING, (STEPS, DANGER, CONFERENCE, WORDS, RECORD)
)

ESCALATION = Resource(
    title="Escalation policy on one page",
    slug="escalation-policy-on-one-page",
    summary="Five steps for the day on which you disagree with another agency, to print and pin up.",
    purpose="""<p>For the wall of a staff room or the first page of an induction pack. It leaves out nothing that you
    need on the day. The reasons are in the chapter [[Escalation Policy]].</p>""",
    resource_type="leaflet",
    topics=("Child protection",),
    audiences=("Social workers", "Health staff", "Police", "Schools", "Voluntary groups"),
    owner_team="Board office",
    approved_by="Policy and procedures sub-group of the board",
    approved_months_ago=18,
    review_months=5,
    files=(
        one_file(
            "One page to print",
            "escalation-policy-on-one-page.pdf",
            (3000, "First published.", FIRST),
            (530, "What to do when you disagree during a conference has been added.", SECOND),
        ),
    ),
)
