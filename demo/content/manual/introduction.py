"""The introduction: who the procedures are for and how to use them."""

from datetime import date

from demo.content.manual.history import Change, added, reworded
from demo.content.manual.writing import Chapter, callout, section, subsection
from demo.content.writing import contact

INTRODUCTION = Chapter(
    title="Introduction to these Procedures",
    slug="introduction",
    summary="Who the procedures are for, what they expect of you, and how to find your way in them.",
    scope="""
    This chapter is for everyone who works or volunteers with children, young people or their families in Wenborough and
    Marlshire. Read it once from beginning to end. After that, go straight to the chapter that you need.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Children Act 1989 and Children Act 2004
    - What to Do if You’re Worried a Child is Being Abused: Advice for Practitioners
    """,
    related=["Making a Referral to Social Care", "Escalation Policy", "Local Contacts"],
    audiences=["Social workers", "Health staff", "Police", "Schools", "Voluntary groups"],
    sections=[
        section(
            "What this manual is",
            """
            These procedures say what agencies do together when a child needs help or protection. They do not replace
            what your own organisation tells you about your job. They say what happens between organisations: who tells
            whom, by when, and who then decides.
            """,
            callout(
                "This is a demonstration",
                """
                The board, its agencies and its teams are invented. The text shows what such a manual can look like. It
                has not been approved by anybody and is not guidance to act on. If you are worried about a real child,
                ring the children’s services of the council where the child lives, or 999 if the child is in danger now.
                """,
            ),
            """
            Two councils, the police and health services have agreed one manual, because families move, and because many
            of us work on both sides of the boundary. Where the city and the county do something differently, the
            passage says which of the two it is for.
            """,
        ),
        section(
            "Words we use",
            """
            A <b>child</b> is anyone who has not yet reached their 18th birthday. Being 16, living alone, being a
            parent, being in the armed forces or in custody does not change that.

            <b>Must</b> is for what the law demands or what all agencies have agreed to do every time. <b>Should</b> is
            for what you do unless there is a good reason not to; then write the reason down.

            <b>Significant harm</b> is the threshold at which the law allows the state to step into family life. There
            is no list that settles what is significant. It is a judgement about how bad the harm is, how long it has
            lasted, how likely it is to happen again and what it does to this child.
            """,
        ),
        section(
            "What every practitioner does",
            subsection(
                "Keep the child in view",
                """
                See the child. Hear what the child says, and notice what the child does not say. Ask yourself what an
                ordinary day is like in this home, from waking up to going to bed. Write that down, as well as what the
                adults told you.
                """,
            ),
            subsection(
                "Share what you know",
                """
                Fears about sharing information must not stand in the way of keeping a child safe. Data protection law
                does not prevent it. Share what is needed, with those who need it, at the time when they need it, and
                write down what you shared and why.

                Tell the family what you are going to share, unless telling them would put somebody at risk or spoil the
                investigation of a crime. You do not need consent to make a referral when a child may be suffering
                significant harm.
                """,
            ),
            subsection(
                "Stay curious",
                """
                Do not settle for the first explanation. Compare what you are told with what you see and with what
                others know. If an injury, a story and a child’s stage of development do not fit together, say so.
                """,
            ),
            subsection(
                "Say when you disagree",
                """
                If you think that a decision leaves a child unsafe, say so the same day. The [[Escalation Policy]] sets
                out the steps. Nobody may be criticised for using it.
                """,
            ),
        ),
        section(
            "Where to begin",
            """
            - You have a worry and do not know how serious it is: [[Making a Referral to Social Care]] begins with that
              question.
            - A family needs more support than your service can give: [[Providing Early Help]].
            - A social worker has asked you to take part in an enquiry: [[Child Protection Section 47 Enquiries]].
            - You are invited to a conference: [[Child Protection Conferences]].
            - You are worried about somebody who works with children: [[Organisational Roles and Responsibilities]] says
              whom to ring.
            - You want a telephone number: [[Local Contacts]].
            """,
        ),
        section(
            "Equality and respect",
            """
            Children are not protected less because of who they are. Culture and faith explain how a family lives. They
            do not excuse harm. Disabled children are more likely to be abused than others and less likely to be heard,
            so plan more time and the right means for them.

            Use a professional interpreter. A child, a relative or a friend of the family must never interpret, not even
            when everybody is in a hurry.
            """,
        ),
        section(
            "How the manual changes",
            """
            The board’s procedures group looks at the manual twice a year, and sooner when the law changes or a review
            teaches us something. Every change that you need to know about is listed under Amendments, with the sections
            it touched. Corrections of spelling are not.

            You can open any chapter as it was on an earlier date. That is what you need when you write a report about
            work done at that time: we judge practice by the procedures that were in force then.
            """,
            subsection(
                "Tell us what is wrong",
                """
                You use these pages every day and will see first what is unclear. Write to the board’s office and name
                the chapter and the section.
                """,
                contact("Board office"),
            ),
        ),
    ],
    history=[
        Change(
            date(2016, 9, 19),
            "Explains that any chapter can be opened as it was on an earlier date.",
            before=(
                reworded(
                    "<p>You can open any chapter as it was on an earlier date. That is what you need when you write a "
                    "report about work done at that time: we judge practice by the procedures that were in force "
                    "then.</p>",
                    "<p>Ask the board’s office if you need an earlier edition of a chapter.</p>",
                ),
            ),
        ),
        Change(
            date(2021, 2, 8),
            "A new section on equality: use a professional interpreter, never a relative.",
            before=(added("Equality and respect"),),
        ),
    ],
)
