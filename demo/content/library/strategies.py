"""Resources: the board’s strategies for neglect and for online safety."""

from datetime import date

from demo.content.library.papers import Callout, Paper, Table, section
from demo.content.library.writing import Resource, one_file

NEGLECT_PAPER = Paper(
    title="Neglect strategy",
    version="1",
    dated=date(2026, 6, 12),
    opening="""
    What the board, its agencies and everyone who works with families will do over three years, so that children who are
    neglected are seen sooner and helped for longer than a crisis lasts.
    """,
    body=(
        section(
            "Why neglect, and why now",
            """
            Neglect is the most common reason for a child protection plan in Wenborough and Marlshire, and the one that
            most often comes back. Our audits found that people had noticed early, in nurseries, schools and surgeries.
            What was missing was a shared word for it and somebody to lead.
            """,
        ),
        section(
            "What neglect looks like at each age",
            Table(
                "Signs that are easily missed",
                ("Age", "What you may see", "Who is likely to see it first"),
                (
                    (
                        "Before birth",
                        "Appointments missed, drinking or drug use, no preparation for the baby",
                        "Midwives, family doctors",
                    ),
                    (
                        "0 to 2",
                        "Slow growth, sore skin, a flat head, a baby who has stopped crying",
                        "Health visitors, nurseries",
                    ),
                    ("3 to 5", "Few words, painful teeth, clings to every adult or to none", "Nurseries, dentists"),
                    (
                        "6 to 11",
                        "Hungry, tired, late; looks after younger ones; left out by others",
                        "Schools, school nurses",
                    ),
                    (
                        "12 to 17",
                        "Out at night, absent, “difficult”; seen as a choice and not as neglect",
                        "Schools, youth workers, police",
                    ),
                ),
                (15, 52, 33),
            ),
        ),
        section(
            "What we want children to notice",
            """
            - “Somebody asked me what it is like at home, and believed me.”
            - “They helped Mum with what she found hard, and did not stop after six weeks.”
            - “I did not have to tell it again to each new person.”
            """,
        ),
        section(
            "Four promises",
            section(
                "1. We see it early",
                """
                Every agency that sees children trains its staff to recognise neglect, including neglect of teenagers and
                of disabled children. Missed appointments are written down as “was not brought”, because children do not
                bring themselves.
                """,
            ),
            section(
                "2. We use one language",
                """
                The graded care profile is the board’s tool for neglect. It goes with a referral, into the team around the
                family and to the conference.
                """,
            ),
            section(
                "3. One person leads",
                """
                When several agencies are worried, they agree within a week who leads. Until then, it is the one who was
                worried first.
                """,
            ),
            section(
                "4. We stay until it has changed",
                """
                A plan ends when the child’s days are different, not when parents come to meetings. After two reviews
                without change, the plan is changed.
                """,
            ),
        ),
        section(
            "How we shall know",
            Table(
                "What the board looks at every six months",
                ("Measure", "Now", "In three years"),
                (
                    ("Children with a plan for neglect who had one before", "One in four", "One in eight"),
                    ("Referrals for neglect that come with a profile", "One in ten", "Two in three"),
                    ("Staff in health and schools who have done the training", "One in five", "Four in five"),
                    ("Children who say that life at home is better", "Not asked", "Asked in every case, and reported"),
                ),
                (56, 18, 26),
            ),
            "The figures are invented, like the board.",
        ),
        Callout(
            "What we ask of you",
            """
            Learn the profile this year. Bring one family to supervision in which you have become used to something. If
            another agency sees it differently, use the escalation policy.
            """,
        ),
    ),
)

ONLINE_PAPER = Paper(
    title="Online safety strategy",
    version="1",
    dated=date(2026, 9, 11),
    opening="""
    Children do not go online: they live there. This strategy was written with forty pupils of secondary schools. They
    asked for adults who listen before they confiscate.
    """,
    body=(
        section(
            "What young people told us",
            """
            - “Ask me what I like there before you ask what I am afraid of.”
            - “If I tell you, do not take my phone. Then I have lost that as well.”
            - “It was not a stranger. It was somebody from my year.”
            - “My parents think it is about how long. It is about who.”
            """,
        ),
        section(
            "Four aims",
            Table(
                "Aims, and who leads",
                ("Aim", "What we shall do", "Lead"),
                (
                    (
                        "Talk early",
                        "Lessons from year 3 on; an evening for parents in every school each year",
                        "Schools",
                    ),
                    (
                        "Respond well",
                        "Every school, youth service and surgery knows the first five things to do",
                        "Education safeguarding adviser",
                    ),
                    (
                        "Stop those who harm",
                        "Messages are kept as evidence; the police answer within an hour when a meeting is planned",
                        "Police",
                    ),
                    (
                        "Help afterwards",
                        "A child whose picture was shared is offered help within a week",
                        "Health and children’s services",
                    ),
                ),
                (20, 52, 28),
            ),
        ),
        section(
            "The first five things to do",
            """
            1. Stay calm and thank the child for telling you.
            2. Do not look at intimate pictures, do not copy them and do not pass them on.
            3. Keep messages, names and times. Leave the device as it is.
            4. In danger now, or a meeting is planned: ring 999. Otherwise ring the police on 101.
            5. Make a referral the same day, and tell the child what you are going to do.
            """,
        ),
        section(
            "Children who need more from us",
            """
            Disabled children, children in care, and young people who are finding out who they are often find friends
            online whom they do not find elsewhere. To cut them off is to cut them off from help. Ask what the child would
            lose.

            Pictures made by a computer that show a real child hurt that child like any other picture. We treat them in
            the same way, and so does the law.
            """,
        ),
        section(
            "What we ask of each agency",
            """
            - <b>Schools:</b> check filters and monitoring every year, and ask pupils whether they work.
            - <b>Health:</b> ask about life online where you ask about sleep, food and mood.
            - <b>Police:</b> tell the school before lessons begin, when a pupil was harmed online in the evening.
            - <b>Children’s services:</b> give foster carers the same training as staff.
            - <b>Voluntary groups:</b> decide how staff and children may write to each other, and put it in writing.
            """,
        ),
        section(
            "Progress",
            """
            Schools, youth services and the police report together to the board every spring. The pupils who helped to
            write this strategy read the report first.
            """,
        ),
    ),
)

NEGLECT = Resource(
    title="Neglect strategy",
    slug="neglect-strategy",
    summary="Four promises to children who are neglected, what neglect looks like at each age, and how the board will measure itself.",
    purpose="""<p>It says what the board expects of every agency for three years. Use it to plan training, to agree
    who leads when several agencies are worried, and to hold us to what we promised.</p>""",
    resource_type="strategy",
    topics=("Neglect", "Child protection"),
    audiences=("Social workers", "Health staff", "Police", "Schools", "Voluntary groups"),
    owner_team="Board office",
    approved_by="Marlshire Safeguarding Children Board",
    approved_months_ago=5,
    review_months=19,
    files=(one_file("Strategy", "neglect-strategy.pdf", (150, "First published.", NEGLECT_PAPER)),),
)

ONLINE = Resource(
    title="Online safety strategy",
    slug="online-safety-strategy",
    summary="Written with pupils: four aims, the first five things to do, and what is asked of each agency.",
    purpose="""<p>Use it to plan lessons, evenings for parents and training for staff. The page “The first five things
    to do” can be printed for a staff room.</p><p>What to do in a single case is in the chapter
    [[E-Safety and Internet Abuse]].</p>""",
    resource_type="strategy",
    topics=("Online safety", "Exploitation"),
    audiences=("Schools", "Police", "Social workers", "Voluntary groups", "Health staff"),
    owner_team="Education safeguarding adviser",
    approved_by="Marlshire Safeguarding Children Board",
    approved_months_ago=2,
    review_months=10,
    files=(one_file("Strategy", "online-safety-strategy.pdf", (68, "First published.", ONLINE_PAPER)),),
)
