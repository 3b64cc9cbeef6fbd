"""Chapters in outline: the workforce, what organisations owe, how the board learns, and where guidance is found."""

from datetime import date

from demo.content.manual.history import Change, reworded
from demo.content.manual.writing import Chapter, Part, section
from demo.content.writing import contact

EVERYONE = ["Social workers", "Health staff", "Police", "Schools", "Voluntary groups"]

WORKFORCE = Chapter(
    title="Children’s Workforce",
    slug="childrens-workforce",
    summary="Choosing, training and supporting people who work or volunteer with children.",
    scope="""
    For managers, trustees and governors of every organisation in which people work or volunteer with children. Most
    people come with good intentions. The few who do not look for places that do not check.
    """,
    guidance="""
    - Keeping Children Safe in Education
    - Safeguarding Vulnerable Groups Act 2006
    - Working Together to Safeguard Children
    """,
    related=["Organisational Roles and Responsibilities"],
    audiences=EVERYONE,
    sections=[
        section(
            "Choosing people",
            "Two references, the reasons for gaps in a working life, an interview with a question on safeguarding, "
            "and a check "
            "with the Disclosure and Barring Service at the right level.",
        ),
        section(
            "The first weeks",
            "Each new person knows within a day whom to tell, and within a month how to make a referral.",
        ),
        section(
            "Training",
            "Training for everyone every three years, with a short update every year, and more for those who lead.",
        ),
        section("Supervision", "Everyone who works with families has somebody to think with, at least once a month."),
        section(
            "Rules of conduct",
            "Written, short, known to children and parents too: touch, photographs, lifts, messages, gifts.",
        ),
    ],
)

ROLES = Chapter(
    title="Organisational Roles and Responsibilities",
    slug="organisational-roles-and-responsibilities",
    summary="What each agency owes to children, and what to do about an allegation against somebody who works with them.",
    scope="""
    For the leaders of every agency that the law names, and of every other organisation that works with children. It
    also says what to do when somebody who works with children may have harmed one.
    """,
    guidance="""
    - Children Act 2004, section 11
    - Education Act 2002, sections 157 and 175
    - Working Together to Safeguard Children
    """,
    related=["Children’s Workforce", "Adults who Disclose Non Recent Abuse", "Local Contacts"],
    audiences=EVERYONE,
    sections=[
        section(
            "What every organisation has",
            "A senior person who answers for safeguarding, a named person whom everybody can ask, a policy that "
            "people know, and "
            "the time to do it.",
        ),
        section(
            "Councils", "They lead when a child is in need or has to be protected, and they bring the others together."
        ),
        section(
            "Police", "They protect people in danger, investigate crimes, and can take a child into police protection."
        ),
        section(
            "Health services", "They notice, treat, record and share. Named doctors and nurses advise their colleagues."
        ),
        section(
            "Schools, nurseries and colleges",
            "They see children more than anybody else. Each has a safeguarding lead and a deputy.",
        ),
        section(
            "Allegations against people who work with children",
            "Ring the designated officer within one working day when somebody may have harmed a child, may have "
            "committed a crime "
            "against a child, or has behaved in a way that makes them unsuitable. Do not investigate first.",
            contact("Designated officer for allegations"),
        ),
        section(
            "Voluntary groups, faith and sport",
            "Small groups can share a safeguarding lead and use the board’s model policy.",
        ),
    ],
    history=[
        Change(
            date(2019, 1, 14),
            "Allegations: the designated officer is rung within one working day. Behaviour that makes somebody "
            "unsuitable counts.",
            before=(
                reworded(
                    "may have committed a crime against a child, or has behaved in a way that makes them unsuitable.",
                    "or may have committed a crime against a child.",
                ),
            ),
        ),
    ],
)

LEARNING = Chapter(
    title="Learning and Improvement",
    slug="learning-and-improvement",
    summary="How agencies learn together from reviews, audits and what families say.",
    scope="""
    For everyone who is asked to take part in a review or an audit, and for those who train others. The aim is to
    understand why something made sense to people at the time, and to make it easier to do better.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Child Death Review: Statutory and Operational Guidance
    """,
    related=["Escalation Policy", "Children’s Workforce"],
    topics=["Inspections and audits"],
    audiences=EVERYONE,
    sections=[
        section(
            "When a child dies or is badly hurt",
            "The council tells the national panel within five working days, and the partners look at it together "
            "within 15.",
        ),
        section(
            "Reviews",
            "A reviewer from outside leads. Practitioners who knew the child are part of it. Families are asked.",
        ),
        section(
            "Every child who dies", "All deaths of children are looked at by a panel, to see what could prevent others."
        ),
        section(
            "Audits",
            "Several agencies read the files of the same families side by side, four times a year, and speak to some "
            "of them.",
        ),
        section(
            "What comes of it",
            "Seven-minute briefings, a bulletin every quarter, training, and changes to this manual.",
        ),
    ],
)

GUIDANCE = Chapter(
    title="Guidance Documents",
    slug="guidance-documents",
    summary="The national guidance and the local tools that the chapters speak of, in one list.",
    scope="""
    For everyone who looks for the document behind a rule. National guidance is published by the government and changes
    without the board; look for the edition in force on the government’s website. Local tools are kept by the board’s
    office.
    """,
    related=["Introduction to these Procedures"],
    topics=["Law"],
    audiences=EVERYONE,
    sections=[
        section(
            "For everyone",
            """
            - Working Together to Safeguard Children
            - What to Do if You’re Worried a Child is Being Abused
            - Information Sharing: Advice for Practitioners Providing Safeguarding Services
            """,
        ),
        section(
            "For schools and colleges",
            """
            - Keeping Children Safe in Education
            - Sharing Nudes and Semi-Nudes: Advice for Education Settings
            - Working Together to Improve School Attendance
            """,
        ),
        section(
            "For health services",
            """
            - Safeguarding Children and Young People: Roles and Competencies for Healthcare Staff
            - Child Death Review: Statutory and Operational Guidance
            """,
        ),
        section(
            "Acts of Parliament",
            """
            - Children Act 1989 and Children Act 2004
            - Sexual Offences Act 2003
            - Modern Slavery Act 2015
            - Domestic Abuse Act 2021
            """,
        ),
        section(
            "Local tools",
            "The graded care profile, the early help assessment, the screening tool for exploitation and the referral "
            "form.",
            contact("Board office"),
        ),
    ],
)

BOARD = Part(
    "Board and Organisational Responsibilities",
    "board-and-organisational-responsibilities",
    "What agencies owe to children, and to each other.",
    [ROLES],
)
