"""Chapter: Escalation Policy."""

from datetime import date

from demo.content.manual.history import Change, added, reworded, row_added, row_reworded
from demo.content.manual.writing import Chapter, callout, local, section, subsection, table
from demo.content.organisation import CITY, COUNTY
from demo.content.writing import contact

STEPS = table(
    "Steps of escalation",
    ["Step", "Who speaks to whom", "By when"],
    ("1", "You speak to the person who made the decision.", "The same day"),
    ("2", "Your manager or safeguarding lead speaks to their manager.", "Within one working day of step 1"),
    ("3", "Heads of service, or named professionals, speak to each other.", "Within two working days of step 2"),
    ("4", "Directors, or the chief officers of the agencies, decide.", "Within three working days of step 3"),
    ("5", "The chair of the board hears both sides and gives an opinion.", "Within five working days of step 4"),
)

ESCALATION = Chapter(
    title="Escalation Policy",
    slug="escalation-policy",
    summary="What to do when you think that another agency’s decision leaves a child unsafe: whom to speak to, and by when.",
    scope="""
    For everyone who works with children and families, in every agency and at every level. Use it when you think that
    what another agency has decided, done or not done leaves a child unsafe. It is not for complaints by families.
    """,
    guidance="""
    - Working Together to Safeguard Children
    """,
    related=["Making a Referral to Social Care", "Child Protection Conferences", "Local Contacts"],
    topics=["Child protection"],
    audiences=["Social workers", "Health staff", "Police", "Schools", "Voluntary groups"],
    review_months=5,
    sections=[
        section(
            "Disagreement is part of the work",
            """
            People with different training see different things. When they say so, children are safer. Reviews of cases
            in which a child has died or been badly hurt find again and again that somebody was worried and let
            themselves be talked out of it by a person who seemed to know better.

            You have a duty to speak up, and the other person has a duty to listen. Nobody may be treated worse for
            using this policy.
            """,
            callout(
                "A child in danger does not wait",
                """
                If a child is in danger while you disagree, ring 999 or children’s first response. Then escalate.
                """,
            ),
        ),
        section(
            "When to use it",
            """
            Some examples:

            - a referral is closed without anybody having seen the child
            - you are told that the threshold is not met, and you think it is
            - a strategy discussion or a conference is not called, or is called too late
            - what an agency promised in a plan is not done
            - information that is needed to protect a child is held back
            - a plan ends and you think that nothing has changed
            """,
        ),
        section(
            "The steps",
            """
            Begin with step 1, unless the child would be in danger if you did. Go on to the next step as soon as it is
            clear that you do not agree; the times in the table are the longest that each step may take. Sensible people
            settle most disagreements at step 1.
            """,
            STEPS,
            subsection(
                "Step 1: speak to the person",
                """
                Ring. Do not write. Say what you are worried about, what you think should happen and why. Ask what they
                know that you do not. Agree what each of you is going to do, and say it back to each other.
                """,
            ),
            subsection(
                "Steps 2 and 3: managers",
                """
                Tell your manager or safeguarding lead the facts in a few lines: the child, the decision, the risk, what
                has been tried. Managers speak to each other, with the two practitioners in the room if that helps. If
                somebody cannot be reached in time, go to their deputy or to the next step.
                """,
            ),
            subsection(
                "Steps 4 and 5: the top",
                """
                The directors decide for their own agencies. The chair of the board cannot overrule them. The chair can
                hear both sides, say what the board expects, and report to the board on what was learned.
                """,
            ),
        ),
        section(
            "How to disagree well",
            """
            - Talk about the child and what life is like for this child, not about who is right.
            - Say what you saw and what you think it means, and keep the two apart.
            - Ask what would have to happen for the other person to change their mind. Ask yourself the same.
            - Do not soften it to be polite. “I have some concerns” may be heard as “I can live with it”.
            - Do not use the family to carry messages, and do not disagree in front of them.
            - Go on working together on everything that you do agree on. Help for the child does not stop.
            """,
        ),
        section(
            "Whom to ring",
            """
            You need the manager of the team that decided. If you do not know who that is, ring the team and ask.
            """,
            local(
                CITY,
                "Ask for the duty manager of first response in the city.",
                contact("Children’s first response, city"),
            ),
            local(
                COUNTY,
                "Ask for the duty manager of first response in the county.",
                contact("Children’s first response, county"),
            ),
            subsection(
                "Advice before you ring",
                """
                The safeguarding nurses advise health staff, and the education safeguarding adviser advises schools.
                They can help you to put your worry into words, and they can come with you to step 2.
                """,
                contact("Safeguarding nurses"),
                contact("Education safeguarding adviser"),
            ),
        ),
        section(
            "During a conference",
            """
            If you disagree with what a conference decides, say so while you are there and ask for it to be written
            down. The decision stands until it is changed. Then start at step 2: your manager speaks to the manager of
            the chair. See also [[Child Protection Conferences]].
            """,
        ),
        section(
            "Write it down",
            """
            Both sides record the disagreement and how it was settled in the child’s record, at every step. Keep to what
            was said and decided. From step 3 on, the agency that escalates sends a short note to the board’s office,
            with no more about the child than is needed.
            """,
            contact("Board office"),
        ),
        section(
            "What we learn from it",
            """
            The board looks at all notes twice a year: what was it about, how long did it take, what would have
            prevented it? Procedures that cause the same disagreement again and again are changed.
            """,
        ),
    ],
    history=[
        Change(
            date(2015, 9, 14),
            "There is a fifth step: the chair of the board.",
            before=(
                row_added("Steps of escalation", "5"),
                reworded("Steps 4 and 5: the top", "Step 4: the top"),
                reworded(
                    " The chair of the board cannot overrule them. The chair can hear both sides, say what the board "
                    "expects, "
                    "and report to the board on what was learned.",
                    "",
                ),
            ),
        ),
        Change(
            date(2018, 4, 23),
            "Shorter times: managers speak to each other within one working day, not three.",
            before=(
                row_reworded(
                    "Steps of escalation",
                    "2",
                    before=(
                        "2",
                        "Your manager or safeguarding lead speaks to their manager.",
                        "Within three working days of step 1",
                    ),
                ),
            ),
        ),
        Change(
            553,
            "What to do when you disagree during a conference.",
            before=(added("During a conference"),),
        ),
    ],
)
