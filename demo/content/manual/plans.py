"""Chapter: Implementation of Child Protection Plans."""

from datetime import date

from demo.content.manual.history import Change, added
from demo.content.manual.writing import Chapter, callout, section

PLANS = Chapter(
    title="Implementation of Child Protection Plans",
    slug="implementation-of-child-protection-plans",
    summary="The lead social worker, the core group, and what happens between a conference and its review.",
    scope="""
    For the lead social worker, for members of core groups and for their managers. A plan on paper protects nobody. This
    chapter says how it is put to work.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Children Act 1989, section 47
    """,
    related=["Child Protection Conferences", "Escalation Policy"],
    topics=["Child protection"],
    audiences=["Social workers", "Health staff", "Schools", "Police"],
    sections=[
        section(
            "The lead social worker",
            "The lead social worker knows the child, finishes the assessment, and holds the plan together. When the "
            "worker "
            "changes, the child and the family are told who comes next before it happens.",
        ),
        section(
            "The core group",
            "The core group meets within ten working days of the first conference and then at least every six weeks. "
            "Parents "
            "belong to it, and so does a child who wants to and is old enough.",
            callout(
                "You must",
                "If you belong to a core group, come, bring what you know, and do what you said you would do.",
            ),
        ),
        section(
            "Seeing the child",
            "The lead social worker sees the child, alone where the child is old enough, at least every ten working "
            "days, and "
            "sees the bedroom at least every six weeks.",
        ),
        section(
            "When the plan is not working",
            "Do not wait for the review. The core group asks for the conference to be brought forward, or for legal "
            "advice.",
        ),
        section(
            "When the family moves or cannot be found",
            "Tell the lead social worker on the same day. The other area is told at once, and records follow within "
            "five working "
            "days.",
        ),
        section(
            "Records",
            "A note of each meeting goes to all members within five working days: what has changed for the child, "
            "what has not, "
            "who does what next.",
        ),
    ],
    history=[
        Change(
            date(2018, 10, 1),
            "What to do when the plan is not working: do not wait for the review.",
            before=(added("When the plan is not working"),),
        ),
    ],
)
