"""Resource: the form for an early help assessment."""

from datetime import date

from demo.content.library.papers import Callout, Paper, Ticks, blank, form, phone, section
from demo.content.library.writing import Resource, one_file

FAMILY = section(
    "1. The family",
    form(
        "Children and adults",
        "About",
        "Children: names, dates of birth, schools or nurseries",
        "Parents and carers, and who else lives there",
        "Languages spoken at home; is an interpreter needed?",
        "Disabilities or health needs that we should plan for",
        "Filled in by (name, role, agency, telephone)",
    ),
)
AGREEMENT = section(
    "2. What we agreed",
    Ticks(
        (
            "I know what this assessment is for and who will see it.",
            "I agree that the services below may be told what is in it.",
            "I know that I can change my mind, and whom to ring.",
            "I know that information is shared without my agreement if a child may be suffering significant harm.",
        )
    ),
    form(
        "Agreement",
        "Who",
        "Services that may be told",
        "Parent or carer: name, date, signature",
        "Young person: name, date, signature",
    ),
)
QUESTIONS = (
    form(
        "The children",
        "Ask and watch",
        "Health, growth, sleep and food",
        "Feelings, friends, behaviour",
        "Learning, and days missed",
        "What each child says would help",
        room=17,
    ),
    form(
        "Parents and carers",
        "Ask and watch",
        "What goes well, and who helps",
        "What is hard at the moment",
        "Parents’ own health, worries, relationships",
        room=17,
    ),
    form("Around the family", "Ask and watch", "Home, money, work", "Relatives, neighbours, faith, groups", room=17),
)
STORY = section("3. The family’s own words", *QUESTIONS, new_page=True)
SCALE = section(
    "4. How things are today",
    """
    Ask everyone, including the children: where are we between 0 (it cannot go on like this) and 10 (we manage on our
    own)? Write down each number. Ask what would make it one higher.
    """,
    blank("Numbers", "Who", "Number today", "What would make it one higher", widths=(30, 18, 52), rows=4),
)


def plan(heading: str, *, meeting: str, review: str) -> tuple:
    """Return the plan of the family, with the times that held for this version."""
    return (
        section(
            heading,
            f"The team around the family meets within {meeting}. It looks at the plan with the family every {review}.",
            blank(
                "One page, no more",
                "What will be different",
                "Who does what",
                "By when",
                "How we shall see it",
                widths=(30, 28, 14, 28),
                rows=4,
                room=14,
            ),
            form(
                "Next",
                "What",
                "Lead practitioner, chosen by the family",
                "Date and place of the first meeting",
                "Date of the first review",
            ),
            new_page=True,
        ),
    )


DANGER = Callout(
    "If a child may be suffering significant harm",
    f"""
    Stop and ring children’s first response: city {phone("Children’s first response, city")}, county
    {phone("Children’s first response, county")}. You do not finish the form first.
    """,
)
OPENING = """
Write it with the family, in their words. It can be short. Ring the early help team first to ask whether there is an
assessment already.
"""

FIRST = Paper(
    title="Early help assessment",
    version="1",
    dated=date(2020, 11, 16),
    opening=OPENING,
    body=(DANGER, FAMILY, AGREEMENT, STORY, *plan("4. The plan", meeting="six weeks", review="three months")),
)
SECOND = Paper(
    title="Early help assessment",
    version="2",
    dated=date(2026, 11, 2),
    opening=OPENING,
    body=(DANGER, FAMILY, AGREEMENT, STORY, SCALE, *plan("5. The plan", meeting="three weeks", review="six weeks")),
)

ASSESSMENT = Resource(
    title="Early help assessment form",
    slug="early-help-assessment-form",
    summary="The form that any practitioner can begin with a family: their story, how things are today, and a plan of one page.",
    purpose="""<p>For everyone who works with families. You do not need permission to begin one.</p><ul><li>Agree it
    with the family.</li><li>Finish it within ten working days.</li><li>Send a copy to the early help team.</li></ul>
    <p>The chapter [[Providing Early Help]] says how, step by step.</p>""",
    resource_type="form",
    topics=("Early help", "Parents and carers"),
    audiences=("Health staff", "Schools", "Voluntary groups", "Social workers"),
    owner_team="Early help, city",
    approved_by="Early help sub-group of the board",
    approved_months_ago=1,
    review_months=11,
    files=(
        one_file(
            "Form",
            "early-help-assessment-form.docx",
            (2180, "First published.", FIRST),
            (
                20,
                "The first meeting is now within three weeks, the plan is looked at every six weeks, and everyone in the family is asked for a number between 0 and 10.",
                SECOND,
            ),
        ),
    ),
)
