"""Chapters in outline: parents who need help of their own in order to look after their children."""

from demo.content.manual.writing import Chapter, section

PRACTITIONERS = ["Social workers", "Health staff", "Voluntary groups"]

SUBSTANCES = Chapter(
    title="Working with Parents who are Misusing Substances",
    slug="parents-who-misuse-substances",
    summary="Drink and drugs in the family: what to ask, what to see for yourself, and how two services work as one.",
    scope="""
    For workers with children and workers with adults, who often visit the same home on different days. Drinking or drug
    use alone does not make somebody a bad parent. What counts is what it does to the child’s day.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Drug Misuse and Dependence: UK Guidelines on Clinical Management
    """,
    related=["Providing Early Help", "Working with Parents Who Have Mental Health Needs"],
    topics=["Neglect"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "Before birth",
            "The midwife asks early and without blame. A plan is made before the baby is born, for the birth and for "
            "the weeks "
            "after it.",
        ),
        section(
            "What to ask",
            "What, how much, when, where are the children then, who looks after them, what does it cost, who comes to "
            "the house?",
        ),
        section(
            "What to see for yourself",
            "Where the child sleeps, what there is to eat, where medicines and methadone are kept. A locked box is "
            "given to every "
            "family that needs one.",
        ),
        section(
            "One plan",
            "Workers for adults know the names and ages of the children in the home. They tell children’s services "
            "when a parent "
            "stops coming.",
        ),
        section(
            "Relapse",
            "It is likely and can be planned for: whom the parent rings, where the children go, who checks the next "
            "morning.",
        ),
    ],
)

LEARNING_DISABILITY = Chapter(
    title="Working with Learning Disabled Parents",
    slug="learning-disabled-parents",
    summary="Fair assessment and the right help for parents with a learning disability.",
    scope="""
    For everyone who assesses or supports a parent with a learning disability, whether or not it has been diagnosed.
    Parents can learn when they are taught in a way that suits them, and for long enough.
    """,
    guidance="""
    - Good Practice Guidance on Working with Parents with a Learning Disability
    - Equality Act 2010
    - Care Act 2014
    """,
    related=["Providing Early Help", "Child Protection Conferences"],
    topics=["Parents and carers"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "Noticing",
            "Somebody who nods at everything may not have understood. Ask the parent to tell you in their own words "
            "what will "
            "happen next.",
        ),
        section(
            "Easy words, and time",
            "Use short sentences, pictures and one thing at a time. Letters and plans are written in easy read, and "
            "read together.",
        ),
        section(
            "Assessment",
            "Use tools made for parents with a learning disability. Look at what they can do with help, not at what "
            "they cannot "
            "do alone.",
        ),
        section(
            "Services for adults",
            "The parent has a right to an assessment under the Care Act 2014. Both teams write one plan.",
        ),
        section(
            "Advocacy",
            "Offer an advocate before the first important meeting, not after it. Give reports early enough to be gone "
            "through "
            "twice.",
        ),
    ],
)

MENTAL_HEALTH = Chapter(
    title="Working with Parents Who Have Mental Health Needs",
    slug="parents-with-mental-health-needs",
    summary="When a parent is unwell: think about the child in every contact with the adult.",
    scope="""
    For mental health services, family doctors, midwives and all who work with the children of a parent who is unwell.
    Most such parents look after their children well, most of the time, if they get help when they need it.
    """,
    guidance="""
    - Mental Health Act 1983 and its Code of Practice
    - Working Together to Safeguard Children
    """,
    related=["Working with Parents who are Misusing Substances", "Domestic Violence or Abuse"],
    topics=["Parents and carers"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "Think family",
            "Ask every adult patient whether there are children at home, who they are and who looks after them on bad "
            "days.",
        ),
        section(
            "Signs that cannot wait",
            "A parent whose delusions include the child, who speaks of dying with the child, or who cannot see the "
            "child’s needs. "
            "Make a referral now.",
        ),
        section(
            "After birth",
            "Mental illness after birth can begin within hours and get worse fast. Mother and baby are kept together "
            "where that "
            "is safe.",
        ),
        section(
            "Young carers",
            "The child may be the one who gives out medicine and gets up at night. Offer an assessment of the young "
            "carer’s needs.",
        ),
        section(
            "Leave and discharge",
            "Children’s services are told before a parent comes home from hospital, when there is a plan for a child "
            "in the home.",
        ),
        section(
            "Information between services",
            "Share what bears on the safety of the child, and no more of the parent’s history than that needs.",
        ),
    ],
)
