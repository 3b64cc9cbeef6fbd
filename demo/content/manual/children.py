"""Chapters in outline: children in specific circumstances, by who the child is and where the child lives."""

from datetime import date

from demo.content.manual.history import Change, added
from demo.content.manual.writing import Chapter, section
from demo.content.writing import contact

PRACTITIONERS = ["Social workers", "Health staff", "Police", "Schools", "Voluntary groups"]

HARM_TO_OTHERS = Chapter(
    title="Children who Present a Risk of Harm to Others",
    slug="children-who-present-a-risk-of-harm-to-others",
    summary="When one child hurts or abuses another: two children, two assessments, one plan for safety.",
    scope="""
    For everyone who is worried that a child has hurt another child, sexually or with violence. Both children are
    children first. Each of them is assessed, by different people, and neither is blamed for what adults did not see.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Keeping Children Safe in Education
    """,
    related=["E-Safety and Internet Abuse", "Child Protection Section 47 Enquiries"],
    topics=["Child protection"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "Play, or harm?",
            "Look at age, at power, at pressure and at secrecy. Curiosity between children of the same age, who can "
            "both stop "
            "when they like, is not abuse.",
        ),
        section(
            "Make a referral for each child",
            "Name both children. Do not question either of them beyond what you need to keep them safe today. "
            "[[Making a Referral to Social Care]] says how.",
        ),
        section(
            "Strategy discussion",
            "One discussion looks at both children and at any others who may have been harmed. Youth justice takes "
            "part when a "
            "child aged ten or over may have committed a crime.",
        ),
        section(
            "Keeping everyone safe meanwhile",
            "Agree in writing who supervises whom, at home, on the way to school and in school. The child who was "
            "harmed is not "
            "the one who has to move.",
        ),
        section(
            "Help for the child who caused harm",
            "Many of these children were harmed themselves. Assessment and treatment begin at once and do not wait "
            "for a court.",
        ),
        section("Review", "The plan is looked at every three months until the risk has gone down and stayed down."),
    ],
)

DISABLED = Chapter(
    title="Abuse of Disabled Children",
    slug="abuse-of-disabled-children",
    summary="Disabled children are abused more often and heard less often. What to do differently.",
    scope="""
    For everyone who works with disabled children and their families, in any setting, including short breaks, hospitals
    and residential schools. The same thresholds apply as for every other child. More time and more care are needed to
    meet them.
    """,
    guidance="""
    - Safeguarding Disabled Children: Practice Guidance
    - Equality Act 2010
    - Special Educational Needs and Disability Code of Practice
    """,
    related=["Children Living Away from Home", "Child Protection Section 47 Enquiries"],
    topics=["Child protection"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "Why they are at greater risk",
            "They depend on more people, for more of the day, in more intimate ways. Some have been taught to do as "
            "they are told.",
        ),
        section(
            "Do not explain it away",
            "Bruises, sadness or a change of behaviour are easily put down to the disability. Ask what you would "
            "think if this "
            "child were not disabled.",
        ),
        section(
            "Finding out how the child communicates",
            "Ask the person who knows best, and bring them or the right equipment. No child is too disabled to be "
            "seen and "
            "watched, and to be given time.",
        ),
        section(
            "Care that harms",
            "Restraint, locked doors, medicine to quieten a child, or feeding against their will are abuse unless "
            "they are part "
            "of a written and lawful plan.",
        ),
        section(
            "Strategy discussion",
            "Somebody who knows about the child’s condition takes part, and somebody who knows how the child "
            "communicates.",
        ),
        section(
            "Witnesses",
            "Do not assume that a disabled child cannot give evidence. An intermediary can help the police and the "
            "court.",
        ),
    ],
)

TEMPORARY_HOMES = Chapter(
    title="Children and Families living in Temporary Accommodation",
    slug="children-and-families-in-temporary-accommodation",
    summary="Keeping sight of children whose families move often or live in hostels, hotels and borrowed rooms.",
    scope="""
    For services that meet families in hostels, refuges, hotels and other homes that are not meant to last. A family
    that moves is easily lost by every service at once.
    """,
    guidance="""
    - Homelessness Reduction Act 2017
    - Homelessness Code of Guidance for Local Authorities
    """,
    related=["Providing Early Help", "Runaway or Missing from Home or Care Protocol"],
    topics=["Early help"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "What it means for a child",
            "One room, no quiet place to learn, a long way to school, strangers on the stairs. Ask the child to show "
            "you where "
            "they sleep.",
        ),
        section(
            "Telling each other",
            "The council that places a family in another area tells that area’s children’s services, schools and "
            "health "
            "visitors before the family arrives, or on the next working day.",
        ),
        section(
            "School and health",
            "A school place and a family doctor are found within ten working days. The old health visitor hands over "
            "in person.",
        ),
        section(
            "A child who has a plan",
            "The lead social worker keeps the case until the other area has accepted it in a conference. See "
            "[[Child Protection Conferences]].",
        ),
        section(
            "Young people who are 16 or 17",
            "A homeless young person of that age is a child. Children’s services assess them; they are not sent to a "
            "hotel.",
        ),
    ],
)

MISSING = Chapter(
    title="Runaway or Missing from Home or Care Protocol",
    slug="missing-from-home-or-care",
    summary="What to do in the first hour, in the first days, and when the child comes back.",
    scope="""
    For carers, schools, police, social workers and everyone else who finds that a child is not where they should be.
    Running away is always a sign of something. The talk after the return is as important as the search.
    """,
    guidance="""
    - Statutory Guidance on Children Who Run Away or Go Missing from Home or Care
    - Working Together to Safeguard Children
    """,
    related=["Children Abused Through Sexual Exploitation", "Children Living Away from Home"],
    topics=["Exploitation"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "The first hour",
            "Look in the child’s room, ring the phone, ring friends. If you are worried, ring the police at once. "
            "There is no "
            "time that you have to wait.",
        ),
        section(
            "What the police need",
            "A picture, a description, the phone number, medicines, friends, places, bank card, and why you are "
            "worried today.",
        ),
        section(
            "While the child is missing",
            "Police and children’s services speak at least daily. After 72 hours, or sooner when the risk is high, a "
            "strategy "
            "discussion is held.",
        ),
        section(
            "When the child comes back",
            "Begin with food, warmth and a welcome. The police check that the child is well and has not been hurt.",
        ),
        section(
            "The return interview",
            "Within 72 hours somebody who is independent of the home offers the child a talk: why they went, where "
            "they were, "
            "what would help.",
        ),
        section(
            "Again and again",
            "After three times in three months, the people who know the child meet and look for the pattern: who, "
            "when, where "
            "to, and who gains by it.",
        ),
    ],
    history=[
        Change(
            date(2022, 6, 27),
            "A new section on children who go missing again and again.",
            before=(added("Again and again"),),
        ),
    ],
)

SEXUALLY_ACTIVE = Chapter(
    title="Working with Sexually Active Children and Young People Under the Age of 18",
    slug="sexually-active-children-and-young-people",
    summary="How to tell a healthy relationship from abuse, and when what you were told has to be shared.",
    scope="""
    For health staff, schools, youth workers and social workers who learn that a young person has sex. It keeps two
    things together: young people need confidential advice, and some of them are being abused.
    """,
    guidance="""
    - Sexual Offences Act 2003
    - Working Together to Safeguard Children
    """,
    related=["Children Abused Through Sexual Exploitation", "E-Safety and Internet Abuse"],
    topics=["Law", "Exploitation"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "Under 13",
            "In law a child under 13 cannot consent. Make a referral in every case, with no exception.",
        ),
        section(
            "Aged 13 to 15",
            "Sex under the age of 16 is against the law. Think about age, power, pressure, drink and drugs, gifts and "
            "secrecy. "
            "Talk to your safeguarding lead and write down what you decided.",
        ),
        section(
            "Aged 16 or 17",
            "Consent is possible, and so is exploitation. A person in a position of trust commits an offence.",
        ),
        section(
            "Advice and treatment",
            "A doctor or nurse can treat a young person who understands what it means, without telling the parents. "
            "Encourage "
            "the young person to talk to them.",
        ),
        section(
            "What you may keep to yourself",
            "Be clear from the beginning that you cannot keep a secret if somebody is being harmed.",
        ),
    ],
)

AWAY_FROM_HOME = Chapter(
    title="Children Living Away from Home",
    slug="children-living-away-from-home",
    summary="Children in foster care, residential care, hospital, custody, boarding school or with people they hardly know.",
    scope="""
    For everyone responsible for a child who does not live with a parent, and everyone who visits one. Children away
    from home need several adults outside the place where they live to whom they can speak freely.
    """,
    guidance="""
    - Children Act 1989, sections 20, 31 and 66
    - Children (Private Arrangements for Fostering) Regulations 2005
    - National Minimum Standards for Fostering, Children’s Homes and Boarding Schools
    """,
    related=["Abuse of Disabled Children", "Runaway or Missing from Home or Care Protocol"],
    topics=["Child protection"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "Somebody to talk to",
            "Each child knows how to reach their social worker, an independent visitor or advocate, and a helpline, "
            "in private.",
        ),
        section(
            "Foster care",
            "A worry about a foster carer is dealt with as any other worry about a child, and by the designated "
            "officer too.",
            contact("Designated officer for allegations"),
        ),
        section(
            "Residential care and custody",
            "Staff may have to hold a child to keep them safe. Each time is written down, and the child is seen by "
            "somebody who "
            "was not part of it.",
        ),
        section(
            "Hospital",
            "When a child has been in hospital for three months, or will be, the hospital tells the council where the "
            "child lives.",
        ),
        section(
            "Private fostering",
            "A child under 16 (or under 18, if disabled) who is to live for 28 days or more with somebody who is not "
            "a close "
            "relative is privately fostered. The council must be told.",
        ),
        section(
            "Placed in another area",
            "The council that places a child tells the council where the child will live. Section 47 enquiries are "
            "led by the "
            "area where the child is found.",
        ),
    ],
)

PARENTAL_CONTROL = Chapter(
    title="Children Whose Behaviour Indicates a Lack of Parental Control",
    slug="lack-of-parental-control",
    summary="When a child is out of control: what lies behind it, and who helps.",
    scope="""
    For schools, police, youth justice and family workers who meet children whom nobody seems able to guide. The
    behaviour is what you see. What lies behind it is what you are looking for.
    """,
    guidance="""
    - Children Act 1989, section 31
    - Crime and Disorder Act 1998
    """,
    related=["Providing Early Help", "Children who Present a Risk of Harm to Others"],
    topics=["Early help"],
    audiences=["Schools", "Police", "Social workers", "Voluntary groups"],
    sections=[
        section(
            "What lies behind it",
            "Loss, violence at home, a condition that nobody has noticed, exploitation by others.",
        ),
        section(
            "Start with early help",
            "Most of these families ask for help long before anybody is afraid of the child. [[Providing Early Help]] "
            "says how "
            "to begin.",
        ),
        section(
            "Violence towards parents",
            "Parents who are hit by their children are ashamed to say so. Ask. Think of brothers and sisters too.",
        ),
        section(
            "Used by others",
            "A child with money, new clothes and a second phone may be working for adults. See [[Safeguarding "
            "Children Who May "
            "be Victims of Modern Slavery (have been Trafficked)|the chapter on modern slavery]].",
        ),
        section(
            "When a referral is needed",
            "Make one when the child is being harmed, is harming others, or when the parents can no longer keep the "
            "child safe.",
        ),
    ],
)
