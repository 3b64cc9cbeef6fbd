"""Chapter: E-Safety and Internet Abuse."""

from datetime import date

from demo.content.manual.history import Change, added, moved, reworded, row_added
from demo.content.manual.writing import Chapter, callout, section, subsection, table
from demo.content.writing import contact

WHAT_TO_DO_FIRST = table(
    "What to do first",
    ["What you hear", "What you do"],
    (
        "An adult asked a child for pictures, or sent some",
        "Keep everything. Ring the police, then make a referral the same day.",
    ),
    ("A child is going to meet somebody they know only online", "Ring the police now. Do not let the child go."),
    (
        "A child is threatened that pictures will be shared",
        "Nobody pays and nobody answers. Keep the messages. Ring the police.",
    ),
    (
        "A picture of a child is going round a school",
        "Do not look at it, copy it or send it on. Tell the safeguarding lead.",
    ),
    (
        "A child is bullied in a group chat",
        "Take screenshots of words, not of intimate pictures. Plan help with the school.",
    ),
    ("A picture was made by a computer and shows a real child", "Treat it as a real picture. It is just as illegal."),
)

ONLINE = Chapter(
    title="E-Safety and Internet Abuse",
    slug="e-safety-and-internet-abuse",
    summary="What to do when a child is harmed, groomed or bullied online, and what not to do with pictures.",
    scope="""
    For anyone who works with children and young people, whether or not they know much about the internet. Harm online
    is harm. The same procedures apply as for any other abuse, and this chapter adds what is different.
    """,
    guidance="""
    - Online Safety Act 2023
    - Sexual Offences Act 2003, sections 15 and 15A
    - Sharing Nudes and Semi-Nudes: Advice for Education Settings
    - Keeping Children Safe in Education
    """,
    related=[
        "Children Abused Through Sexual Exploitation",
        "Children who Present a Risk of Harm to Others",
        "Making a Referral to Social Care",
    ],
    topics=["Online safety", "Law"],
    audiences=["Schools", "Police", "Social workers", "Voluntary groups", "Families"],
    review_months=6,
    sections=[
        section(
            "What children meet online",
            """
            For children there is no life online and another one offline. They make friends, learn, play and comfort
            each other there. An adult who begins with a ban will not be told when something goes wrong.

            It helps to think of four kinds of risk:

            - <b>Content:</b> what a child sees, such as violence, pornography, or praise of self-harm
            - <b>Contact:</b> who gets in touch, such as an adult who pretends to be twelve
            - <b>Conduct:</b> what a child does, such as bullying, or sending an intimate picture
            - <b>Commerce:</b> who makes money from it, with gambling, scams or blackmail
            """,
        ),
        section(
            "What to do first",
            """
            Stay calm and thank the child for telling you. Believe what you hear. Do not take the phone away as your
            first answer: to the child it will feel like a punishment.
            """,
            WHAT_TO_DO_FIRST,
            callout(
                "Never look at, copy or pass on intimate pictures of a child",
                """
                It is a crime to make, keep or share them, also for professionals and with good intentions. If you have
                seen one by accident, say so and write down when and how. Leave the device switched on, as it is, and
                out of reach.
                """,
            ),
        ),
        section(
            "Grooming",
            """
            Grooming means winning a child’s trust in order to abuse it. Online it can take weeks or less than an hour.
            The person listens, praises, shares a secret, asks for a small picture and then for a bigger one, and moves
            the talk to an app where nobody else can see it.
            """,
            subsection(
                "Signs",
                """
                - new friends whom nobody has met, or gifts that nobody can explain
                - hiding the screen, being awake at night, a second phone
                - sexual words or knowledge that do not fit the child’s age
                - fear when a message arrives
                """,
            ),
            subsection(
                "The law",
                """
                It is an offence for an adult to communicate sexually with a child under 16, to meet a child after
                grooming, and to cause a child to watch or take part in sexual acts. Nothing has to have happened face
                to face.
                """,
            ),
        ),
        section(
            "Pictures shared by young people",
            """
            A young person under 18 who shares an intimate picture of themselves or of somebody else breaks the law. The
            law was made to protect them, and the police record an outcome that need not follow them into adult life.
            What matters first is why it happened and who is under pressure.
            """,
            subsection(
                "Decide together",
                """
                The safeguarding lead of the school speaks with those who know the young people, and decides whether it
                is for the school alone. Involve the police and children’s services straight away if:

                - an adult is involved
                - there was pressure, blackmail or payment
                - a child is under 13
                - the picture shows violence, or acts unusual for the age
                - somebody may be about to hurt themselves
                """,
            ),
            subsection(
                "Getting a picture taken down",
                """
                Help the young person to report it to the service where it was shared. There are free tools run by
                children’s charities which mark a picture so that large services recognise and block it, without anyone
                having to look.
                """,
            ),
        ),
        section(
            "Bullying, hate and groups",
            """
            What is said online follows a child into the bedroom. Deal with it as with other bullying: find out who is
            involved, protect the one who is hurt, and work with those who did it. If it is about a child’s skin colour,
            faith, disability, sexuality or gender, it may be a hate crime.

            Some groups draw young people into violence, extreme views or harming themselves. Look for a sudden change
            of words and friends. Make a referral when you think that a child is being drawn in.
            """,
        ),
        section(
            "When an adult you work with is the worry",
            """
            If the person works or volunteers with children, ring the designated officer before you speak with them.
            That goes for messages from a private account, for friend requests to pupils, and for pictures.
            """,
            contact("Designated officer for allegations"),
            """
            If the person is a parent or lives with a child, make a referral. The police may need to visit before the
            person is warned, so do not tell them.
            """,
        ),
        section(
            "Preserving evidence",
            """
            - Do not delete accounts, messages or apps, and do not log in as the child.
            - Write down names of accounts, web addresses, dates and times.
            - Leave a device as it is: on if it is on, off if it is off.
            - Ask the police before anything is handed back.
            """,
            contact("Child protection unit"),
        ),
        section(
            "Talking with families",
            """
            Parents often know less about these things than their children, and are ashamed of it. Offer small steps:
            devices out of the bedroom at night, settings looked at together, one adult to whom a child can tell
            anything without losing the phone.

            Foster carers and residential homes agree rules with each child, in writing, as part of the placement plan.
            See also [[Children Living Away from Home]].
            """,
        ),
        section(
            "Your own organisation",
            """
            Every organisation that works with children has rules for staff and devices: which accounts are used, who
            may take pictures, how filters are checked, whom children can tell. Look at them once a year with the young
            people who are meant to be kept safe by them.
            """,
        ),
    ],
    history=[
        Change(
            date(2017, 3, 28),
            "The new offence of sexual communication with a child. “Preserving evidence” has moved behind the "
            "sections on what can happen, and the chapter has a new title.",
            before=(
                reworded(
                    "to communicate sexually with a child under 16, to meet a child after grooming,",
                    "to meet a child under 16 after grooming,",
                ),
                moved("Preserving evidence", from_after="What to do first"),
                reworded("E-Safety and Internet Abuse", "Internet Abuse"),
            ),
        ),
        Change(
            date(2024, 1, 8),
            "Getting a picture taken down: help that is free. The Online Safety Act 2023 is among the relevant "
            "guidance.",
            before=(added("Getting a picture taken down"), reworded("<li>Online Safety Act 2023</li>", "")),
        ),
        Change(
            34,
            "Pictures made by a computer that show a real child are treated as real pictures.",
            before=(
                row_added("What to do first", "A picture was made by a computer and shows a real child"),
                reworded(
                    "Take screenshots of words, not of intimate pictures. Plan help with the school.",
                    "Take screenshots. Plan help with the school.",
                ),
            ),
        ),
    ],
)
