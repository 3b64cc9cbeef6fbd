"""Chapter: Child Protection Conferences. It has the longest history of all."""

from datetime import date

from demo.content.manual.history import Change, added, moved, removed, reworded, row_added, row_reworded
from demo.content.manual.writing import Chapter, callout, local, section, subsection, table
from demo.content.organisation import CITY, COUNTY
from demo.content.writing import contact

WHEN = table(
    "When conferences and meetings are held",
    ["Meeting", "By when"],
    ("First conference", "Within 15 working days of the strategy discussion that began the enquiry"),
    ("First meeting of the core group", "Within ten working days of the first conference"),
    ("First review", "Within three months of the first conference"),
    ("Later reviews", "At least every six months"),
    ("Conference before birth", "At least ten weeks before the baby is due"),
    ("Conference after a family moves here", "Within 15 working days of hearing that the family has moved"),
)

REPORTS = table(
    "Reports for a conference",
    ["Report from", "Shared with the family", "Sent to the chair"],
    ("The social worker", "Five working days before a first conference", "Three working days before"),
    ("Every other agency", "Two working days before a first conference", "Two working days before"),
    ("Everyone, for a review", "Five working days before", "Five working days before"),
)

OBSERVERS = section(
    "Observers",
    """
    One observer may be present when the chair and the family agree. An observer does not speak and does not vote.
    """,
)

CONFERENCES = Chapter(
    title="Child Protection Conferences",
    slug="child-protection-conferences",
    summary="Who meets, what is decided, and what you have to prepare when a child may need a child protection plan.",
    scope="""
    For everyone who is invited to a conference: practitioners who know the child, managers, and those who help families
    to prepare. It covers first conferences, reviews, and conferences before a child is born.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Children Act 1989, section 47
    - Human Rights Act 1998, articles 6 and 8
    """,
    related=[
        "Child Protection Section 47 Enquiries",
        "Implementation of Child Protection Plans",
        "Escalation Policy",
    ],
    topics=["Child protection"],
    audiences=["Social workers", "Health staff", "Police", "Schools"],
    review_months=10,
    sections=[
        section(
            "What a conference is for",
            """
            A conference brings the family together with the people who know the child. It looks at what has been found,
            and decides whether the child is likely to suffer significant harm. If so, it makes a child protection plan.

            A conference does not decide who harmed a child. That is for a court.
            """,
            callout(
                "You must",
                """
                If you are invited, come. If you cannot, send somebody who knows the case and can make decisions, and
                send your report all the same.
                """,
            ),
        ),
        section(
            "When conferences are held",
            WHEN,
            subsection(
                "Before birth",
                """
                A conference is held for a child who is not yet born when an assessment shows that the baby will be
                likely to suffer significant harm. The midwife is always invited. The plan says what is to happen in
                hospital, who may visit, and what has to be in place before mother and baby go home.
                """,
            ),
            subsection(
                "When a family moves here",
                """
                A child who has a plan elsewhere and comes to stay is given a conference here. Until it has been held,
                the other council’s plan is carried out by both councils together.
                """,
            ),
        ),
        section(
            "Who attends",
            """
            Invite those who have something to say about this child. A conference is not quorate, which means that it
            cannot decide, unless children’s services and at least two other agencies that know the child are there. The
            chair may make an exception and writes down why.

            - the parents, and anyone else with parental responsibility
            - the child, if they are old enough and wish to come
            - the social worker and their manager
            - the police
            - the health visitor, school nurse or midwife, and the family doctor
            - school, nursery or college
            - services for the adults: drug and alcohol, mental health, probation, housing
            """,
            subsection(
                "The chair",
                """
                The chair has no responsibility for the case and does not manage anyone who has. The chair meets the
                family before the conference, sees that everybody is heard, and sums up what each person thinks.
                """,
            ),
            subsection(
                "Parents and carers",
                """
                The social worker goes through the report with the parents beforehand and tells them how a conference
                works. They can bring a friend, a supporter or a solicitor, who may help them to speak but does not
                speak as a representative. Arrange an interpreter early. If parents live apart because of violence, the
                chair plans separate times or separate rooms.

                The chair can keep somebody out of all or part of a conference, in writing and with reasons, where there
                is a risk of violence or where the child’s interests demand it. That person’s views are heard in another
                way.
                """,
            ),
            subsection(
                "The child",
                """
                Ask each child how they want to be heard: in person, in a letter, in a drawing, through an advocate or
                through you. An advocate is offered to every child over the age of seven.
                """,
            ),
        ),
        section(
            "Reports",
            """
            Everyone who knows the child writes a report, also when there is little to say. Say what you have seen, what
            is going well, what worries you and what you think ought to change. Describe an ordinary day in the child’s
            life.
            """,
            REPORTS,
            """
            The family sees your report before the others do. Nobody should learn at a conference what is thought of
            them. If something must not be shared with one of the parents, for example an address, speak to the chair
            first.
            """,
        ),
        section(
            "Where conferences are held",
            local(
                CITY,
                """
                City conferences are held at the Guildhall in Wenborough. There is a room for families to wait in, with
                toys, and a second entrance. You can take part by video if you tell the office a day before.
                """,
                contact("Board office"),
            ),
            local(
                COUNTY,
                """
                County conferences are held as near to the family’s home as can be arranged. Ask first response for the
                place. Parents are never asked to take part by telephone unless they choose to.
                """,
                contact("Children’s first response, county"),
            ),
        ),
        section(
            "The decision",
            """
            The conference asks two questions:

            1. Has the child suffered significant harm?
            2. Is the child likely to suffer significant harm in future?

            If the answer to the second question is yes, the child needs a plan. The chair asks each agency in turn for
            its view and its reasons, then decides. Anybody who disagrees can have that written down.
            """,
            subsection(
                "The category",
                """
                A plan is made under one or more of four categories: physical abuse, emotional abuse, sexual abuse, or
                neglect. Choose the one that describes what the plan has to change, not all that might apply.
                """,
            ),
            subsection(
                "If no plan is needed",
                """
                The child may still be in need. The conference then proposes a child in need plan, for which the
                parents’ agreement is needed, or says which services will go on helping.
                """,
            ),
        ),
        section(
            "The plan",
            """
            The conference writes the outline; the core group fills it in. A plan that a family cannot understand will
            not work, so use short sentences and say:

            - what has to change, and how everyone will know that it has
            - who does what, and by when
            - how often the child is seen, by whom, and that they are seen alone
            - what happens if things do not get better

            The conference names the lead social worker and the members of the core group, and sets the date of the
            review. Go on to [[Implementation of Child Protection Plans]].
            """,
        ),
        section(
            "Reviews",
            """
            A review asks whether the child is safer than before, not whether people came to meetings. If little has
            changed after nine months, the chair asks in writing whether legal advice has been taken.
            """,
            subsection(
                "Ending a plan",
                """
                A plan ends when the child is no longer likely to suffer significant harm, when the family has moved and
                the other council has held its conference, or when the young person reaches the age of 18 or dies.

                A plan can end at the first review only if what made it necessary has changed for good and at least two
                agencies besides children’s services have seen the change for themselves. The record says what they saw.
                The family is always offered a child in need plan afterwards.
                """,
            ),
        ),
        section(
            "Records",
            """
            Decisions and the outline plan are sent to the family and to everyone who attended within one working day.
            The full record follows within 20 working days. Keep it where it cannot be read by the wrong people, and do
            not pass it on without asking the chair.
            """,
        ),
        section(
            "Complaints and disagreement",
            """
            Parents and children who are unhappy with how a conference was held can complain to the chair’s manager. A
            complaint does not stop the plan.

            Practitioners who disagree with a decision use the [[Escalation Policy]], not the complaints procedure.
            """,
        ),
    ],
    history=[
        Change(
            date(2015, 6, 8),
            "Adds a row on families who move here, and says who carries out the plan until the conference.",
            before=(
                row_added("When conferences and meetings are held", "Conference after a family moves here"),
                added("When a family moves here"),
            ),
        ),
        Change(
            date(2016, 9, 19),
            "Reports are now shared with the family two working days before a first conference. “Reports” has "
            "moved up.",
            before=(
                row_reworded(
                    "Reports for a conference",
                    "Every other agency",
                    before=("Every other agency", "On the day, before the conference begins", "On the day"),
                ),
                moved("Reports", from_after="Complaints and disagreement"),
            ),
        ),
        Change(
            date(2017, 3, 28),
            "A conference before birth is held at least ten weeks before the baby is due, and an advocate is offered "
            "to every "
            "child over seven. The section on observers is gone: ask the chair.",
            before=(
                row_reworded(
                    "When conferences and meetings are held",
                    "Conference before birth",
                    before=("Conference before birth", "At least six weeks before the baby is due"),
                ),
                reworded(" An advocate is offered to every child over the age of seven.", ""),
                removed(OBSERVERS, after="Who attends", slug="child-protection-conferences"),
            ),
        ),
        Change(date(2017, 4, 5), "", before=(reworded("a second entrance", "a second enterance"),), minor=True),
        Change(
            41,
            "When a plan can end at the first review: what has to have changed, and who must have seen it. Chairs ask about "
            "legal advice after nine months, not after a year.",
            before=(
                reworded(
                    "<p>A plan can end at the first review only if what made it necessary has changed for good and at "
                    "least "
                    "two agencies besides children’s services have seen the change for themselves. The record says "
                    "what "
                    "they saw. The family is always offered a child in need plan afterwards.</p>",
                    "<p>A plan should not normally end at the first review.</p>",
                ),
                reworded("after nine months, the chair asks in writing", "after a year, the chair asks"),
            ),
        ),
    ],
)
