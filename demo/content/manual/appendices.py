"""The appendices, and the chapter of local contacts."""

from datetime import date

from demo.content.manual.escalation import ESCALATION
from demo.content.manual.history import Change, added, reworded
from demo.content.manual.writing import Amendments, Chapter, Part, callout, section, subsection
from demo.content.writing import contact

LOCAL_CONTACTS = Chapter(
    title="Local Contacts",
    slug="local-contacts",
    summary="The teams that these procedures speak of: numbers, hours, and what each is for.",
    scope="""
    The teams that the chapters of this manual send you to. Numbers and hours come from the board’s directory, so that a
    change there shows here at once. All numbers are invented.
    """,
    related=["Making a Referral to Social Care", "Escalation Policy"],
    audiences=["Social workers", "Health staff", "Police", "Schools", "Voluntary groups", "Families"],
    review_months=3,
    sections=[
        section(
            "In danger now",
            callout("Ring 999", "If a child is in danger at this moment, ring 999 and ask for the police."),
            """
            If you cannot speak, ring 999 from a mobile phone and press 55 when you are asked to.
            """,
        ),
        section(
            "Worried about a child",
            """
            Ring the team for the area in which the child lives. [[Making a Referral to Social Care]] says what to have
            ready.
            """,
            subsection("The child lives in the city", contact("Children’s first response, city")),
            subsection("The child lives in the county", contact("Children’s first response, county")),
            subsection(
                "A crime may have been committed",
                "For a crime that is not happening now.",
                contact("Child protection unit"),
            ),
        ),
        section(
            "Early help",
            """
            Ask here before you begin an assessment, and whenever a plan does not move on. See [[Providing Early Help]].
            """,
            contact("Early help, city"),
            contact("Early help, county"),
        ),
        section(
            "Somebody who works with children",
            """
            Ring before you speak with the person, and within one working day of hearing about it. See [[Organisational
            Roles and Responsibilities]].
            """,
            contact("Designated officer for allegations"),
        ),
        section(
            "Advice for your profession",
            subsection("Health staff", contact("Safeguarding nurses")),
            subsection("Schools and colleges", contact("Education safeguarding adviser")),
        ),
        section(
            "The board",
            """
            For this website, the bulletin and training. The office cannot take referrals.
            """,
            contact("Board office"),
            subsection(
                "A number is wrong",
                """
                Tell the board’s office. Every team’s entry is looked at twice a year, and the date of the last look
                stands in the directory.
                """,
            ),
        ),
    ],
    history=[
        Change(
            date(2019, 1, 14),
            "Advice for schools has a number of its own.",
            before=(added("Schools and colleges"),),
        ),
        Change(
            441,
            "Every team’s number and hours were checked. What to do if you cannot speak.",
            before=(
                reworded(
                    "If you cannot speak, ring 999 from a mobile phone and press 55 when you are asked to.",
                    "Say first where you are.",
                ),
            ),
        ),
    ],
)

AMENDMENTS = Amendments(
    "Amendments",
    "amendments",
    "What has changed in the manual, month by month.",
    "<p>Every change that you need to know about, with the sections it touched.</p>",
)

APPENDICES = Part(
    "Appendices",
    "appendices",
    "Contacts, what to do when agencies disagree, and what has changed.",
    [LOCAL_CONTACTS, ESCALATION, AMENDMENTS],
)
