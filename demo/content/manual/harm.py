"""Chapters in outline: children in specific circumstances, by the kind of harm."""

from demo.content.manual.history import Change, added
from demo.content.manual.writing import Chapter, callout, section
from demo.content.writing import contact

PRACTITIONERS = ["Social workers", "Health staff", "Police", "Schools", "Voluntary groups"]

BELIEF = Chapter(
    title="Child Abuse linked to Belief in Possession or Witchcraft",
    slug="abuse-linked-to-belief",
    summary="When a child is blamed for misfortune, and a belief becomes a reason to hurt.",
    scope="""
    For everyone who hears that a child is called possessed, cursed or a witch. The belief itself is not abuse and is
    found in many places and religions. Hurting a child because of it is.
    """,
    guidance="""
    - National Action Plan to Tackle Child Abuse Linked to Faith or Belief
    - Working Together to Safeguard Children
    """,
    related=["Making a Referral to Social Care", "Abuse of Disabled Children"],
    topics=["Child protection"],
    audiences=PRACTITIONERS,
    under_review_days=52,
    under_review_reason="Faith groups in the city are helping to rewrite this chapter. Until then, it holds as it is.",
    sections=[
        section(
            "Which children are blamed",
            "Often a child who is different: disabled, gifted, wetting the bed, a stepchild, or new in the family.",
        ),
        section(
            "What to listen for",
            "A child who says that they are bad inside, or that something is going to be beaten or burned out of them.",
        ),
        section(
            "Act", "Make a referral the same day. Do not go to a place of worship for advice before you have done so."
        ),
        section(
            "Working with faith groups",
            "Leaders can be strong allies. The strategy discussion decides whom to speak to and when.",
        ),
        section(
            "Interpreters",
            "Check that the interpreter does not belong to the same group and does not share the belief that is in "
            "question.",
        ),
    ],
)

NON_RECENT = Chapter(
    title="Adults who Disclose Non Recent Abuse",
    slug="adults-who-disclose-non-recent-abuse",
    summary="When an adult tells you about abuse in childhood: care for the adult, and think of children now.",
    scope="""
    For everyone to whom an adult speaks about abuse that happened when they were a child. It may be the first time that
    they tell anybody. The person who did it may still be near children.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Sexual Offences Act 2003
    """,
    related=["Managing Individuals who Pose a Risk of Harm to Children", "Organisational Roles and Responsibilities"],
    topics=["Child protection", "Law"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "Listen",
            "Let the person decide how much to say. Tell them early on that you may have to share some of it, and why.",
        ),
        section(
            "Are children at risk now?",
            "Ask what is known of the person who did it: name, age, where they live, work or volunteer, and whether "
            "children are "
            "near.",
        ),
        section(
            "When the adult does not want anything done",
            "Respect it as far as you can. If children may be at risk now, you share what is needed to protect them, "
            "and say so.",
            callout("You must", "If children may be at risk now, make a referral the same day."),
        ),
        section(
            "The police",
            "There is no time limit for serious sexual offences. The adult can speak to a specialist officer first "
            "and decide "
            "afterwards.",
            contact("Child protection unit"),
        ),
        section(
            "If the person worked with children",
            "Tell the designated officer within one working day.",
            contact("Designated officer for allegations"),
        ),
        section(
            "Help for the adult",
            "Ask about safety tonight, and about thoughts of suicide. Offer counselling that does not depend on going "
            "to the "
            "police.",
        ),
    ],
    history=[
        Change(
            12,
            "What to do when the adult does not want anything done, and children may be at risk now.",
            before=(added("When the adult does not want anything done"),),
        ),
    ],
)

FABRICATED_ILLNESS = Chapter(
    title="Children in Whom Illness is Fabricated or Induced (FII)",
    slug="fabricated-or-induced-illness",
    summary="When what a carer reports and what doctors find do not fit together.",
    scope="""
    For health staff, schools and social workers who see that a child’s illness is made up, made worse or caused by a
    carer. Most parents who worry too much are only worried. Health staff lead in finding out, and social care in
    protecting.
    """,
    guidance="""
    - Safeguarding Children in Whom Illness is Fabricated or Induced
    - Perplexing Presentations and Fabricated or Induced Illness in Children: Guidance for Paediatricians
    """,
    related=["Child Protection Section 47 Enquiries", "Making a Referral to Social Care"],
    topics=["Child protection"],
    audiences=["Health staff", "Social workers", "Schools"],
    sections=[
        section(
            "What may be noticed",
            "Symptoms that only one person ever sees, results that cannot be explained, ever new complaints, a child "
            "kept from "
            "school without need.",
        ),
        section(
            "One paediatrician",
            "A single consultant draws everything together in one chronology of the child’s health.",
        ),
        section(
            "Do not tell the parents yet",
            "The strategy discussion decides when and by whom the parents are told. A child may be in more danger "
            "once they know.",
        ),
        section(
            "In danger now",
            "If a child is being poisoned, smothered or starved, ring the police, and do not leave the child alone "
            "with the carer.",
        ),
        section(
            "Getting better",
            "A plan says how the child goes back to an ordinary life of school, sport and food, and who helps.",
        ),
    ],
)

GENITAL_MUTILATION = Chapter(
    title="Safeguarding Children at Risk of Abuse Through Female Genital Mutilation (FGM)",
    slug="female-genital-mutilation",
    summary="When a girl may be cut, or has been: who must tell the police, and how to protect her and her sisters.",
    scope="""
    For health staff, teachers, social workers and police officers. Female genital mutilation is a crime in this
    country, and also when a girl is taken abroad for it. It is child abuse, with no benefit to health.
    """,
    guidance="""
    - Female Genital Mutilation Act 2003
    - Multi-Agency Statutory Guidance on Female Genital Mutilation
    - Mandatory Reporting of Female Genital Mutilation: Procedural Information
    """,
    related=["Forced Marriage", "Making a Referral to Social Care"],
    topics=["Law", "Child protection"],
    audiences=PRACTITIONERS,
    under_review_days=11,
    under_review_reason="The health services are changing who is rung first. The duty to tell the police stays as it is.",
    sections=[
        section(
            "The duty to report",
            "A teacher, social worker or registered health professional who sees signs of it on a girl under 18, or "
            "is told by "
            "her, must ring the police on 101, usually by the end of the next working day.",
            callout("You must", "This duty is your own. You cannot pass it on to a manager."),
        ),
        section(
            "Signs that it may happen",
            "A mother or sister who was cut, a long holiday, a visit by an older woman, talk of becoming a woman.",
        ),
        section(
            "Signs that it has happened",
            "Long times in the toilet, pain, absence after a holiday, a girl who will not do sport.",
        ),
        section(
            "If it may happen soon",
            "Ring children’s services now. A court can make a protection order within hours and take passports away.",
        ),
        section(
            "Talking about it",
            "Use the word that the family uses. Ask plainly and kindly. Never use a relative to interpret.",
        ),
        section("Sisters and cousins", "Think of every girl in the family, also of those not yet born."),
    ],
)

FORCED_MARRIAGE = Chapter(
    title="Forced Marriage",
    slug="forced-marriage",
    summary="You may have one chance to speak to somebody who is being forced to marry.",
    scope="""
    For everyone who may be told that somebody is to be married against their will, or before the age of 18. A marriage
    that both have agreed to, with the help of their families, is something else.
    """,
    guidance="""
    - The Right to Choose: Government Guidance on Forced Marriage
    - Marriage and Civil Partnership (Minimum Age) Act 2022
    - Anti-Social Behaviour, Crime and Policing Act 2014, section 121
    """,
    related=["Domestic Violence or Abuse", "Working with Learning Disabled Parents"],
    topics=["Law", "Domestic abuse"],
    audiences=PRACTITIONERS,
    sections=[
        section(
            "The law",
            "It is a crime to force somebody to marry. It is also a crime to arrange the marriage of anybody under "
            "18, with or "
            "without force and wherever it takes place.",
        ),
        section(
            "One chance", "See the person alone, straight away, in private. Ask how it is safe to contact them again."
        ),
        section(
            "Never speak to the family",
            "Do not try to mediate, and do not tell relatives, friends or leaders of the community what you were told.",
        ),
        section(
            "Act",
            "Ring the police or children’s services. A court can make a forced marriage protection order the same day.",
        ),
        section(
            "Going abroad",
            "Write down flight, address abroad, passport number and a question to which only they know the answer.",
        ),
        section(
            "Somebody who cannot consent", "A person who does not understand what marriage means cannot agree to it."
        ),
    ],
)
