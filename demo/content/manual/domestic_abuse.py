"""Chapter: Domestic Violence or Abuse."""

from datetime import date

from demo.content.manual.history import Change, added, reworded, row_added
from demo.content.manual.writing import Chapter, callout, local, section, subsection, table
from demo.content.organisation import CITY, COUNTY
from demo.content.writing import contact

WHAT_CHILDREN_SHOW = table(
    "What children may show",
    ["Age", "What you may notice"],
    ("Before birth", "Injuries to the mother, late booking, a partner who never leaves the room"),
    ("Babies", "Crying that does not settle, poor sleep, poor feeding, fear of loud voices"),
    ("Under fives", "Clinging, wetting, going back to younger behaviour, play full of fighting"),
    ("School age", "Tiredness, stomach aches, fights, worry about going home, looking after younger children"),
    ("Teenagers", "Staying away, drinking, self-harm, controlling or being controlled by a partner of their own"),
)

DOMESTIC_ABUSE = Chapter(
    title="Domestic Violence or Abuse",
    slug="domestic-violence-or-abuse",
    summary="What living with domestic abuse does to children, how to ask safely, and how to plan for safety.",
    scope="""
    For everyone who meets families, and above all for those who may be the only person to see a child or a parent
    alone. It covers children who live with domestic abuse, and young people who are abused by a partner.
    """,
    guidance="""
    - Domestic Abuse Act 2021
    - Serious Crime Act 2015, section 76: controlling or coercive behaviour
    - Working Together to Safeguard Children
    """,
    related=[
        "Making a Referral to Social Care",
        "Managing Individuals who Pose a Risk of Harm to Children",
        "Forced Marriage",
    ],
    topics=["Domestic abuse", "Child protection"],
    audiences=["Social workers", "Health staff", "Police", "Schools", "Voluntary groups"],
    review_months=8,
    sections=[
        section(
            "What it is",
            """
            Domestic abuse is abusive behaviour between two people aged 16 or over who are, or have been, partners, or
            who are relatives. It can be physical, sexual, emotional or economic. It can consist of threats, or of
            control and coercion: being watched, cut off from friends, kept without money, told what to wear. A single
            incident counts, and so does a pattern in which no single act looks serious.

            It happens in every kind of family and at every income. Men are abused too, and it happens between partners
            of the same sex. Women are killed most often, and most often around the time when they leave.
            """,
            subsection(
                "Children are victims in their own right",
                """
                Since the Domestic Abuse Act 2021, a child who sees, hears or feels the effects of domestic abuse, and
                is related to one of the two people, is a victim as well. A child does not have to be in the room.
                """,
            ),
            subsection(
                "Under 16",
                """
                Abuse between partners who are younger than 16 is child abuse. Follow [[Making a Referral to Social
                Care]] for both young people.
                """,
            ),
        ),
        section(
            "What it does to children",
            """
            Children are hurt when they try to stop it, when they are used to control the other parent, and when a
            parent has nothing left to give. Many can describe in detail what adults believed they had slept through.
            """,
            WHAT_CHILDREN_SHOW,
        ),
        section(
            "Ask safely",
            """
            Most people who are abused will not say so unless they are asked, and many wait to be asked a second time.

            - Ask only when you are alone with the person. A child who can talk should not be in the room.
            - Never ask through a relative or a friend who interprets.
            - Use plain words: “Are you ever afraid of somebody at home?” “What happens when you disagree?”
            - Find out how it is safe to contact the person: which number, at what time, whether to leave a message.
            - Do not write what you were told where the other person may read it: a red book, a shared letter, an online
              record.
            """,
            callout(
                "Do not",
                """
                Do not ask a person to leave, and do not speak to the one who is violent, without a plan for safety.
                Leaving can be the most dangerous moment.
                """,
            ),
        ),
        section(
            "Is anyone in danger now?",
            """
            Ring 999 if somebody is. Somebody who cannot speak can ring 999 from a mobile phone and press 55 when asked
            to.

            Ask about strangling, threats to kill, weapons, stalking, a recent or coming separation, pregnancy,
            jealousy, and harm to animals. Each of these raises the danger. Use the risk checklist that your agency has
            agreed to. Your own judgement counts as much as the number of ticks.
            """,
        ),
        section(
            "Make a referral for the child",
            """
            Make a referral the same day when:

            - a child was hurt, or was in the room, or tried to step in
            - the danger to the adult is high
            - there is a baby, or somebody is pregnant
            - incidents repeat, even when each looks small
            - the adult who is abused cannot protect the child at the moment

            In every other case think about early help: see [[Providing Early Help]].
            """,
            local(
                CITY,
                "Ring first response in the city. A worker who knows about domestic abuse sits with the team.",
                contact("Children’s first response, city"),
            ),
            local(
                COUNTY,
                "Ring first response in the county. They can reach the domestic abuse service at any hour.",
                contact("Children’s first response, county"),
            ),
            subsection(
                "What schools are told",
                """
                The police tell a child’s school before the next school day begins that they were called to the home.
                Schools use what they are told to look after the child that day, quietly. It does not replace a
                referral.
                """,
            ),
        ),
        section(
            "The conference for high risk",
            """
            A multi-agency risk assessment conference (MARAC) shares information and makes a plan for adults who are in
            the greatest danger. Any agency can refer. The adult is represented by an independent domestic violence
            adviser (IDVA) and is not present.

            Before the conference, find out what your agency knows about the adult, the person who harms, and each
            child. Afterwards do what you promised within the time agreed. The conference does not replace a strategy
            discussion or a [[Child Protection Conferences|child protection conference]] about the children.
            """,
        ),
        section(
            "Work with the adult who is abused",
            """
            Say that it is not their fault, and that help exists. Do not make protection of the child depend on the
            abused parent alone. “She failed to protect” says nothing about the man who was violent, and it teaches
            parents to hide what happens.

            Make a plan for safety together: where to go, what to take, whom to ring, what the children should do. The
            plan belongs to the person who has to live by it.
            """,
        ),
        section(
            "Work with the person who harms",
            """
            Name the behaviour and who is responsible for it. In records write what was done and by whom: “He pushed her
            down the stairs while she held the baby”, not “there was an incident between the couple”.

            See the person who harms separately and plan your own safety. Courses on anger or communication are not the
            answer to control. Ask the board’s office which programmes are recognised here.
            """,
            subsection(
                "Release from prison and court orders",
                """
                Find out whether there is a restraining order, a protection order or licence conditions, what they say
                and when they end. Plan ahead for a release. [[Managing Individuals who Pose a Risk of Harm to
                Children]] says who tells whom.
                """,
            ),
        ),
        section(
            "After separation",
            """
            Abuse often goes on through the children: at handovers, in messages, in court. Ask what contact is like for
            the child. Do not propose mediation, joint meetings or couple counselling where one is afraid of the other.
            """,
        ),
        section(
            "Write it down",
            """
            Keep the record of what the adult said apart from what the child said. Mark an address that must not be
            known. If a parent asks to see the file, take advice before you hand over anything about the other one.
            """,
        ),
    ],
    history=[
        Change(
            date(2017, 11, 6),
            "The table of what children may show now begins before birth.",
            before=(row_added("What children may show", "Before birth"),),
        ),
        Change(
            date(2021, 10, 4),
            "The Domestic Abuse Act 2021: children are victims in their own right.",
            before=(
                added("Children are victims in their own right"),
                reworded(
                    "It can be physical, sexual, emotional or economic.", "It can be physical, sexual or emotional."
                ),
                reworded("Domestic Abuse Act 2021", "Adoption and Children Act 2002, section 120"),
            ),
        ),
    ],
)
