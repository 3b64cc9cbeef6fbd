"""Chapter: Providing Early Help."""

from datetime import date

from demo.content.manual.history import Change, added, moved, reworded, row_added
from demo.content.manual.writing import Chapter, callout, local, section, subsection, table
from demo.content.organisation import CITY, COUNTY
from demo.content.writing import contact

LEVELS = table(
    "Four levels of need",
    ["Level", "What the child needs", "Who helps"],
    ("Universal", "What every child needs", "Schools, family doctors, health visitors, families themselves"),
    (
        "Early help",
        "More than one service can give alone",
        "Several services, with an early help assessment and a plan",
    ),
    (
        "Child in need",
        "A social worker’s assessment, because health or development will suffer without services",
        "Children’s services lead, under section 17 of the Children Act 1989",
    ),
    ("Child protection", "Protection from significant harm", "Children’s services lead, under section 47"),
)

EARLY_HELP = Chapter(
    title="Providing Early Help",
    slug="providing-early-help",
    summary="How to help a family before things get worse: who begins, what an assessment is, and when to stop.",
    scope="""
    For anyone who works with a family that needs more help than one service can give. It says how to begin an early
    help assessment, how to be a lead practitioner, and when early help is not enough.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Children Act 2004, sections 10 and 11
    - Childcare Act 2006
    """,
    related=["Making a Referral to Social Care", "Working with Learning Disabled Parents", "Local Contacts"],
    topics=["Early help"],
    audiences=["Health staff", "Schools", "Voluntary groups", "Social workers"],
    review_months=11,
    sections=[
        section(
            "What early help is",
            """
            Early help means that a family gets support as soon as a problem shows, at any age of the child, from birth
            to the teenage years. It is given with the family’s agreement. It is not a waiting room for social care.
            """,
            LEVELS,
            """
            Needs change, and families move up and down between the levels. A level describes what a child needs now. It
            is not a label.
            """,
        ),
        section(
            "Who may need it",
            """
            Any child can need early help. Look out in particular for a child who:

            - is disabled or has special educational needs
            - cares for a parent, a brother or a sister
            - is often missing from home or from school
            - is being drawn into crime, gangs or harmful relationships
            - lives with violence, drinking, drug use or poor mental health in the family
            - has a parent in prison
            - has come back from care to the family
            """,
        ),
        section(
            "Begin an assessment",
            """
            You can begin an early help assessment in any job in which you work with families. You do not need
            permission from a social worker, and you do not need to know the answer before you ask the question.
            """,
            subsection(
                "Ask whether there is one already",
                """
                Ring the early help team before you begin. If there is an assessment already, offer to join it. Two
                plans for one family help nobody.
                """,
                local(CITY, "In the city, ring the early help team.", contact("Early help, city")),
                local(
                    COUNTY,
                    """
                    In the county, ring the early help team. Family hubs can look it up for you as well when you visit.
                    """,
                    contact("Early help, county"),
                ),
            ),
            subsection(
                "Agree it with the family",
                """
                Explain what an assessment is, who will see it and what the family can expect from it. Ask the parents,
                and a young person who understands, to agree in writing. They can agree to some services and not to
                others, and they can change their minds.
                """,
            ),
            subsection(
                "Write it with them",
                """
                Cover the child’s development, the parents’ strengths and struggles, and the world around the family:
                home, money, relatives, friends, work. Use the family’s own words. Finish it within ten working days of
                the day on which they agreed; it can be short.
                """,
            ),
        ),
        section(
            "The team around the family",
            """
            The people who are going to help meet with the family, within three weeks of the assessment, at a place and
            a time that the family can manage. They agree a plan of one page. The plan says what the family wants to be
            different, who will do what, and how they will all know that it has worked.
            """,
            callout(
                "Nobody talks about a family without them",
                """
                Parents are part of every meeting about early help. If you feel that you cannot say something in front
                of them, ask yourself whether this still is early help.
                """,
            ),
        ),
        section(
            "The lead practitioner",
            """
            One person keeps it together. It is somebody whom the family trusts and who has the time, whatever their
            profession. The lead practitioner:

            - is the one whom the family can ring
            - calls the meetings and sends out what was agreed
            - notices when something has not been done, and says so
            - passes the task on properly when they leave

            The lead practitioner is not responsible for what others have promised to do. Each service answers for its
            own part.
            """,
        ),
        section(
            "Review, and finish",
            """
            Look at the plan with the family every six weeks. Ask the child what has changed. Finish when the family can
            carry on with the help that everybody gets, and say goodbye properly: tell them whom to ring if things go
            wrong again.

            If nothing has changed after two reviews, change the plan, not the date. Ask the early help team for advice.
            """,
        ),
        section(
            "When early help is not enough",
            """
            Make a referral at once when you think that a child may be suffering significant harm. You do not finish the
            assessment first, and you do not need anybody’s agreement. [[Making a Referral to Social Care]] says how.

            Talk to children’s services as well when:

            - the family no longer agrees to early help and the needs are serious
            - things get worse although everyone has done their part
            - you learn something about the past that changes the picture
            """,
            subsection(
                "Stepping down",
                """
                When children’s services finish their work, a family may still need early help. The social worker
                invites the future lead practitioner to a meeting with the family before closing the case. Help must not
                stop in between.
                """,
            ),
        ),
        section(
            "Records and information",
            """
            Keep the assessment, the plan and the reviews in the child’s record of your own service, and send a copy to
            the early help team. Share only what the family has agreed to, unless a child may be suffering significant
            harm. Write down when and why you shared anything without agreement.
            """,
        ),
    ],
    history=[
        Change(
            date(2016, 9, 19),
            "There are now four levels of need: the first is what every child needs. “Who may need it” has moved up.",
            before=(
                moved("Who may need it", from_after="The lead practitioner"),
                row_added("Four levels of need", "Universal"),
                reworded("Four levels of need", "Three levels of need"),
            ),
        ),
        Change(
            date(2020, 11, 16),
            "A new subsection on stepping down from social care.",
            before=(added("Stepping down"),),
        ),
        Change(
            23,
            "The team around the family meets within three weeks, and the plan is looked at every six weeks.",
            before=(
                reworded("within three weeks of the assessment", "within six weeks of the assessment"),
                reworded("with the family every six weeks", "with the family every three months"),
                reworded("If nothing has changed after two reviews, change the plan, not the date. Ask", "Ask"),
            ),
        ),
        Change(9, "", before=(reworded("say goodbye properly", "say good bye properly"),), minor=True),
    ],
)
