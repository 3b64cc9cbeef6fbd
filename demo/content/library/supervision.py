"""Resource: the supervision policy."""

from datetime import date

from demo.content.library.papers import Callout, Paper, Table, Ticks, form, section
from demo.content.library.writing import Resource, one_file

PAPER = Paper(
    title="Safeguarding supervision policy",
    version="1",
    dated=date(2026, 1, 16),
    opening="""
    Nobody should carry a worry about a child alone. This policy says who is entitled to safeguarding supervision, how
    often, and what good supervision does. Put your agency’s own names and times in where it says so.
    """,
    body=(
        section(
            "What supervision is for",
            """
            - to keep the child in view when the adults are loud, charming or exhausting
            - to think: what do I know, what do I assume, what would change my mind?
            - to decide, and to write the decision down
            - to look after the person who does the work

            It is not an appraisal, and it is not a list of tasks read aloud.
            """,
        ),
        section(
            "Who, and how often",
            Table(
                "The least that each agency offers",
                ("Whose work", "How often", "With whom"),
                (
                    ("Holds cases of children with a protection plan", "Every four weeks", "Their manager, one to one"),
                    (
                        "Health visitors, school nurses, midwives with worrying cases",
                        "Every three months, and when asked",
                        "A safeguarding nurse",
                    ),
                    (
                        "Safeguarding leads in schools and nurseries",
                        "Every half-term",
                        "A trained colleague from another school, or in a group",
                    ),
                    ("Family doctors and practice staff", "Every three months", "The named doctor, in a group"),
                    (
                        "Volunteers who work with families",
                        "Every two months",
                        "The person who leads the group’s safeguarding",
                    ),
                ),
                (42, 28, 30),
            ),
            """
            A supervisor has no more than eight people to supervise, has been trained for it, and has supervision too. New
            staff have it every two weeks for the first three months.
            """,
        ),
        section(
            "The hour",
            """
            1. How are you? Not as a courtesy: tired people miss things.
            2. Decisions of last time: what was done, and what difference did it make to the child?
            3. One or two children in depth, one of them chosen by the supervisor.
            4. What is the child’s day like? When were they last seen, by whom, and what did they say?
            5. What do other agencies know or think? Where do we disagree?
            6. Decisions: who does what, by when, and what happens if it does not work?
            """,
            Callout(
                "Ask about the family that nobody brings",
                "The child who is never talked about is often the one everybody has become used to.",
            ),
        ),
        section(
            "Between the hours",
            """
            Whoever is worried can ask on the same day. Name here who that is, and who stands in for them. A decision made
            in a corridor is written down like any other.
            """,
            form("In our agency", "Role", "Supervisor on call", "Stands in", "Reached by", room=8),
        ),
        section(
            "When you and your supervisor disagree",
            """
            Say so, and have it recorded. You can ask the supervisor’s manager or your named professional. The escalation
            policy is for disagreements between agencies; inside an agency, the same courtesy and the same hurry apply.
            """,
        ),
        section(
            "Records",
            """
            Decisions about a child go into the child’s record on the same day, with the reason. What is about the member
            of staff goes into the supervision record, which both sign. An hour that had to be cancelled is held within
            five working days.
            """,
        ),
        section(
            "Is ours any good?",
            Ticks(
                (
                    "Every member of staff knows the date of their next supervision.",
                    "Records show thinking, and not only tasks.",
                    "Somebody outside the team reads six records a year.",
                    "Staff have been asked this year whether it helps, and told what came of it.",
                )
            ),
        ),
    ),
)

SUPERVISION = Resource(
    title="Safeguarding supervision policy",
    slug="safeguarding-supervision-policy",
    summary="Who is entitled to safeguarding supervision, how often, and what happens in the hour. To fit to your own agency.",
    purpose="""<p>For managers and safeguarding leads. It is a Word file, so that you can put in your own names and
    times. The table says what the board expects at the least.</p>""",
    resource_type="policy",
    topics=("Child protection", "Inspections and audits"),
    audiences=("Social workers", "Health staff", "Schools", "Voluntary groups"),
    owner_team="Safeguarding nurses",
    approved_by="Learning and improvement sub-group of the board",
    approved_months_ago=10,
    review_months=2,
    files=(
        one_file(
            "Policy, to fit to your agency", "safeguarding-supervision-policy.docx", (300, "First published.", PAPER)
        ),
    ),
)
