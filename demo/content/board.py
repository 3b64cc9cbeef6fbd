"""The board’s work: three meetings, and an inspection, an audit and a review.

Everything in it is invented. The meetings are those that the bulletins tell of; what a bulletin’s item and a decision
or review here have as a heading in common links the two. Days follow the quarter, and the day, of the demonstration.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bulletins.quarters import add_months
from demo.content.bulletins import meeting_before
from demo.content.writing import block

TITLE = "The board’s work"
SUMMARY = "What the board decided, and what inspections, audits and reviews found."
INTRODUCTION = (
    "<p>What the board decided at its meetings, what inspections, audits and reviews found, and what agencies do about "
    "it. Everything here is a demonstration.</p>"
)
AGENCIES = (
    "Wenborough City Council\nMarlshire County Council\nMarlshire Police\nMarlshire NHS\nProbation service\n"
    "Schools and colleges\nVoluntary groups\nYoung advisers of the board"
)


@dataclass(frozen=True)
class Meeting:
    """A meeting of the board. `decisions` name documents by the slugs of their pages."""

    day: date
    summary: str
    place: str
    decisions: list


@dataclass(frozen=True)
class Review:
    """An inspection, audit or review. `later_states`: how its actions stood `changed_days_ago`, in their order."""

    slug: str
    title: str
    summary: str
    day: date
    review_type: str
    carried_out_by: str
    theme: str
    contact: str
    what_happened: str
    what_to_do: str
    methods: str
    good_practice: Sequence[dict]
    areas_for_development: Sequence[dict]
    actions: Sequence[dict]
    topics: Sequence[str]
    months_looked_at: int = 0
    content_warning: str = ""
    documents: Sequence[str] = ()
    later_states: Sequence[tuple[str, str]] = ()
    changed_days_ago: int = 0
    change_note: str = ""
    audiences: Sequence[str] = field(default=("Social workers", "Health staff", "Police", "Schools"))


def decision(heading: str, html: str, *steps: tuple, documents: Sequence[str] = (), topics: Sequence[str] = ()) -> dict:
    """Return a decision; a step is (who, does what, by when)."""
    taken = [{"agency": who, "what": what, "by": by.isoformat() if by else None} for who, what, by in steps]
    value = {"heading": heading, "decision": html, "steps": taken, "documents": [*documents], "topics": [*topics]}
    return block("decision", value)


def findings(*sentences: str) -> list[dict]:
    """Return findings, a sentence or two each."""
    return [block("finding", {"text": f"<p>{sentence}</p>", "topics": []}) for sentence in sentences]


def action(heading: str, owner: str, due: date, state: str = "not_started", outcome: str = "") -> dict:
    """Return a line of an action plan."""
    value = {"heading": heading, "owner": owner, "due": due.isoformat(), "state": state, "outcome": outcome}
    return block("action", value)


def meetings(this_quarter_begins: date) -> list[Meeting]:
    """Return the three meetings before the three bulletins, the oldest first."""
    first, second, third = (meeting_before(add_months(this_quarter_begins, -months)) for months in (6, 3, 0))
    return [
        Meeting(
            first,
            "Three priorities for the year, and a promise to answer every referral.",
            "Guildhall, Wenborough",
            [
                decision(
                    "Three priorities for the year",
                    "<p>The board agreed its three priorities: online safety, a better response to neglect, and early "
                    "help assessments that every agency uses well.</p>",
                    ("Every agency", "names a lead for each priority", add_months(first, 1)),
                    ("Board office", "reports on all three in each bulletin", None),
                    topics=("online-safety", "neglect", "early-help"),
                ),
                decision(
                    "An answer to every referral",
                    "<p>Whoever makes a referral is told within one working day what was decided, and why. The board "
                    "asked both councils to count how often that happens.</p>",
                    ("Both councils", "report the figures every quarter", add_months(first, 3)),
                    documents=("making-a-referral",),
                    topics=("child-protection",),
                ),
            ],
        ),
        Meeting(
            second,
            "A strategy for neglect, and what the audit of domestic abuse asks of each agency.",
            "Online",
            [
                decision(
                    "A strategy for neglect",
                    "<p>The board approved a strategy for neglect and will check in a year what has changed for "
                    "children.</p>",
                    ("Every agency", "has its teams trained in the graded care profile", add_months(second, 6)),
                    ("Marlshire NHS", "leads the work and reports to the board", None),
                    documents=("neglect-strategy", "graded-care-profile-assessment-tool"),
                    topics=("neglect",),
                ),
                decision(
                    "An action plan after the audit of domestic abuse",
                    "<p>The board accepted what the audit found. Each agency agreed its part of the action plan and "
                    "will report on it until every action is done.</p>",
                    ("Audit sub-group", "looks at the plan at every meeting", None),
                    documents=("information-sharing-agreement",),
                    topics=("domestic-abuse", "inspections-and-audits"),
                ),
            ],
        ),
        Meeting(
            third,
            "A strategy for online safety, written with pupils; and what we do after the review “Robin”.",
            "Guildhall, Wenborough, and online",
            [
                decision(
                    "A strategy for online safety",
                    "<p>The board approved a strategy for online safety and asked schools, youth services and the "
                    "police to report on it together.</p>",
                    ("Schools and colleges", "show the film and the lessons to every year 8", add_months(third, 4)),
                    ("Marlshire Police", "sends an officer to each showing", None),
                    documents=("online-safety-strategy",),
                    topics=("online-safety",),
                ),
                decision(
                    "Families who move are handed over by telephone",
                    "<p>When a family moves between the city and the county, the worker who leaves rings the worker "
                    "who begins, and stays until the other has seen the child.</p>",
                    ("Both councils", "change their forms", add_months(third, 1)),
                    ("Marlshire NHS", "does the same for health visitors", add_months(third, 2)),
                    documents=("learning-from-a-review-robin",),
                    topics=("child-protection",),
                ),
                decision(
                    "Two young advisers join the board",
                    "<p>Two young people take part in every meeting from now on, and are paid for their time.</p>",
                    ("Voluntary groups", "support them before and after each meeting", None),
                ),
            ],
        ),
    ]


def inspection(this_quarter_begins: date) -> Review:
    """An inspection of the place where worries arrive."""
    day = add_months(this_quarter_begins, -6) + timedelta(days=40)
    return Review(
        slug="inspection-of-the-front-door",
        title="How worries about children are received",
        summary="Inspectors looked at what happens in the first days after a referral.",
        day=day,
        review_type="inspection",
        carried_out_by="Inspectors of children’s services",
        theme="The first days after a referral",
        contact="Board office",
        months_looked_at=6,
        what_happened="<p>Inspectors spent three days with both first response teams. They read forty referrals from "
        "the first call to the decision, listened to calls, and spoke to people who had made a referral.</p>",
        what_to_do="<ul><li>Say at the beginning of the call what you are worried about, and what you have seen "
        "yourself.</li><li>Tell the family that you are ringing, unless that would put the child at risk.</li><li>Ask "
        "for the answer if you have not had it after one working day.</li></ul>",
        methods="<p>Forty referrals read, twelve calls heard, twenty people asked.</p>",
        good_practice=findings(
            "Calls were answered within two minutes, by a person who listened.",
            "Children in danger were seen the same day.",
            "Managers wrote down why they decided as they did.",
        ),
        areas_for_development=findings(
            "Half of the people who made a referral were not told what came of it.",
            "Earlier referrals about the same child were not always read together with the new one.",
        ),
        actions=[
            action(
                "Tell everybody who makes a referral what was decided, within one working day",
                "Both councils",
                add_months(day, 3),
                "done",
                "Nine in ten were told in time last month. The figures go to the board every quarter.",
            ),
            action(
                "Show earlier referrals beside a new one",
                "Both councils",
                add_months(day, 4),
                "done",
                "Both systems show them since the summer.",
            ),
            action(
                "One telephone number for city and county",
                "Both councils",
                add_months(day, 5),
                "dropped",
                "Callers told us that they want the team that knows their area. Both numbers stay on every page.",
            ),
        ],
        topics=("Child protection", "Inspections and audits"),
        documents=("making-a-referral",),
    )


def audit(this_quarter_begins: date, today: date) -> Review:
    """The audit that a bulletin tells of, with the sentences that it quotes."""
    day = add_months(this_quarter_begins, -3) - timedelta(days=24)
    return Review(
        slug="domestic-abuse-audit",
        title="Domestic abuse: what our audit found",
        summary="Agencies read the files of the same families side by side: outstanding work, and children lost from "
        "view.",
        day=day,
        review_type="multi_agency_audit",
        carried_out_by="Audit sub-group of the board",
        theme="Children who live with domestic abuse",
        contact="Board office",
        months_looked_at=12,
        content_warning="This audit describes violence in families, and what it does to children.",
        what_happened="<p>Six agencies read the files of the same fourteen families side by side. In each family the "
        "police had been called at least three times in a year. The findings were mixed: some work was outstanding, and "
        "some children had been lost from view as incidents repeated.</p>",
        what_to_do="<ul><li>Ask what the child saw, heard and did, each time. Write it down in the child’s words.</li>"
        "<li>Read the last three incidents together before you decide on the fourth.</li><li>Assess the risk with the "
        "parent who is abused, and again when something changes.</li><li>Find out about licence conditions, restraining "
        "orders and dates of release. Ring probation: they will tell you.</li></ul>",
        methods="<p>Fourteen families, chosen at random from those with three calls to the police in a year. Files of "
        "six agencies, read together in four days. Eleven practitioners and five parents were asked what had helped.</p>",
        good_practice=findings(
            "Referrals to children’s services were made in good time.",
            "Information was shared and plans were reviewed together.",
            "Plans had clear goals, and risk was assessed and written down.",
            "Practitioners were persistent in finding things out.",
        ),
        areas_for_development=findings(
            "Keep the child in focus, and what it is like to live with abuse.",
            "Assess risk sooner and better.",
            "Answer requests from the police in time.",
            "Know licence conditions and restraining orders, and plan ahead for a release from prison.",
            "Get the basics right every time: assessments, chronologies, plans and reviews.",
        ),
        actions=[
            action("Sign an agreement on sharing information", "Marlshire Police", add_months(day, 1)),
            action("Put the child’s own words into every assessment form", "Both councils", add_months(day, 3)),
            action("Train supervisors to ask about repeated incidents", "Every agency", add_months(day, 4)),
            action("Tell children’s services of a release from prison", "Probation service", add_months(today, -1)),
            action("Answer requests from the police within a day", "Marlshire NHS", add_months(today, 1)),
            action("Read ten files again and say what has changed", "Audit sub-group", add_months(today, 5)),
        ],
        later_states=(
            ("done", "Signed by all agencies. It is in the library."),
            ("done", "In use in both councils."),
            ("done", "Forty-one supervisors took part."),
            ("under_way", "The list is ready. It waits for the new system."),
            ("under_way", ""),
            ("not_started", ""),
        ),
        changed_days_ago=20,
        change_note="Three of the six actions are done. One is late: telling children’s services of a release from "
        "prison.",
        topics=("Domestic abuse", "Inspections and audits"),
        documents=("information-sharing-agreement",),
    )


def local_review(today: date) -> Review:
    """The review behind “Learning from a review: Robin” in the library."""
    day = today - timedelta(days=33)
    return Review(
        slug="robin",
        title="Robin: a baby who did not grow",
        summary="Five agencies knew the family. What we learned about families who move, and about missed appointments.",
        day=day,
        review_type="practice_review",
        carried_out_by="Learning and improvement sub-group of the board",
        theme="Babies, and families who move",
        contact="Safeguarding nurses",
        content_warning="This review describes a baby who was neglected and became ill.",
        what_happened="<p>Robin was seven months old when a health visitor found that he had hardly grown for ten "
        "weeks. He recovered. His mother was nineteen and had been in care herself. She moved twice during the "
        "pregnancy, from the county to the city and back, and each move ended one service before the next had begun. "
        "Four appointments were recorded as “did not attend”. A neighbour rang twice; both calls were closed. Robin, the "
        "family and the review are invented.</p>",
        what_to_do="<ul><li>Write “was not brought”, and ask why.</li><li>Write down what has changed for the child, not "
        "that a parent is engaging.</li><li>When a family moves, ring the worker who begins, and stay until they have "
        "seen the child.</li><li>Look at a second call about a child together with the first.</li><li>Ask one person to "
        "stay with a young parent who was in care.</li></ul>",
        methods="<p>Records of five agencies, one day with the practitioners who had known the family, and two "
        "conversations with the family.</p>",
        good_practice=findings(
            "The health visitor weighed Robin at home without being asked to, and acted within the hour.",
            "The ward let his mother stay, and taught her to feed him without a word of blame.",
        ),
        areas_for_development=findings(
            "Babies do not miss appointments: nobody asked why Robin was not brought.",
            "Coming to the door is not change: nobody wrote down what was different for Robin.",
            "A border is where children get lost: letters crossed, and nobody rang.",
            "Neighbours see the nights: the second call was not read together with the first.",
        ),
        actions=[
            action(
                "Hand over families who move by telephone",
                "Both councils",
                today - timedelta(days=5),
                "under_way",
                "The county has begun. The city changes its form this month.",
            ),
            action("Do the same for health visitors", "Marlshire NHS", add_months(today, 1), "under_way"),
            action(
                "Replace “did not attend” by “was not brought” in every system",
                "Every agency",
                today - timedelta(days=12),
                "done",
                "Changed in all nine systems.",
            ),
            action("Read twenty files of babies who moved", "Audit sub-group", add_months(today, 6)),
        ],
        topics=("Neglect", "Inspections and audits"),
        documents=("learning-from-a-review-robin",),
    )


def reviews(this_quarter_begins: date, today: date) -> list[Review]:
    """Return the three, the oldest first."""
    return [inspection(this_quarter_begins), audit(this_quarter_begins, today), local_review(today)]
