"""Chapter: Making a Referral to Social Care."""

from datetime import date

from demo.content.manual.history import Change, moved, reworded, row_added, row_reworded
from demo.content.manual.writing import Chapter, callout, local, section, subsection, table
from demo.content.organisation import CITY, COUNTY
from demo.content.writing import contact

WHEN_TO_RING = table(
    "What kind of worry is it?",
    ["What you see", "What to do", "By when"],
    ("A child is in danger at this moment", "Ring 999. Then make a referral.", "Now"),
    (
        "A child may be suffering significant harm",
        "Ring children’s first response.",
        "The same day, as soon as you can",
    ),
    (
        "A child was injured, and the explanation does not fit",
        "Ring children’s first response before the child goes home.",
        "Now",
    ),
    (
        "A child will not reach a reasonable level of health or development without services",
        "Make a referral, with the parents’ agreement.",
        "Within two working days",
    ),
    (
        "A family needs more help than one service can give",
        "Begin an early help assessment.",
        "Within ten working days",
    ),
    ("You are not sure", "Ask your safeguarding lead, or ring for advice.", "The same day"),
)

AFTER_A_REFERRAL = table(
    "After you have made a referral",
    ["What happens", "Who does it", "By when"],
    ("You confirm in writing what you said on the telephone", "You", "Within one working day"),
    ("A social work manager decides what happens next", "Children’s services", "Within one working day"),
    ("You are told what was decided, and why", "Children’s services", "Within one working day"),
    ("The child is seen, if an assessment begins", "The social worker", "As soon as the worry demands"),
    ("The assessment is finished", "The social worker", "Within 45 working days of the referral"),
)

REFERRAL = Chapter(
    title="Making a Referral to Social Care",
    slug="making-a-referral",
    summary="When and how to tell children’s services that you are worried, and what happens then.",
    scope="""
    For anyone who works or volunteers with children or their parents. It says when to make a referral, what to have
    ready, what you may share, and what you can expect afterwards. You do not have to be sure, and you do not need
    proof.
    """,
    guidance="""
    - Working Together to Safeguard Children
    - Information Sharing: Advice for Practitioners Providing Safeguarding Services
    - Keeping Children Safe in Education
    - Children Act 1989, sections 17 and 47
    """,
    related=["Providing Early Help", "Child Protection Section 47 Enquiries", "Escalation Policy", "Local Contacts"],
    topics=["Child protection", "Law"],
    audiences=["Health staff", "Police", "Schools", "Voluntary groups"],
    review_months=9,
    sections=[
        section(
            "Act on your worry",
            """
            A worry can be something you saw, something a child told you, something another person told you, or a
            feeling that things do not add up. You may hold one piece of a picture that others need. Do not wait for a
            second incident.
            """,
            WHEN_TO_RING,
            callout(
                "You must",
                """
                If you think that a child may be suffering significant harm, make a referral yourself or see for
                yourself that it has been made. Telling a colleague is not the same as making a referral.
                """,
            ),
        ),
        section(
            "If a child tells you",
            """
            - Listen. Let the child use their own words and their own time.
            - Do not promise to keep a secret. Say whom you are going to tell, and why.
            - Ask only what you need to know to keep the child safe today: who, what, where, when. Do not ask why.
            - Do not examine the child, take photographs of injuries or ask for the story to be repeated to somebody
              else.
            - Say that it was right to tell you.
            - Write down what was said in the child’s words, with the time and the place. Sign and date it.
            """,
            """
            Do not tell the person who may have harmed the child what the child has said. That is done later, by people
            who have planned how to do it safely.
            """,
        ),
        section(
            "Talk to the family first, if it is safe",
            """
            In most cases you tell the parents that you are going to make a referral and ask them to agree. Families
            work better with people who have been open with them.
            """,
            subsection(
                "When you do not tell them first",
                """
                Do not tell the parents beforehand if doing so could:

                - put the child, another person or you at risk
                - lead to the loss of evidence of a crime, or to pressure on a witness
                - make a family disappear, or a child be taken abroad

                This is often the case when you suspect sexual abuse, illness that has been made up or caused, a forced
                marriage or female genital mutilation. Ask children’s services when and by whom the parents will be
                told.
                """,
            ),
            subsection(
                "When they say no",
                """
                If a child may be suffering significant harm, a refusal does not stop you. Make the referral, say that
                the parents did not agree, and write down why you went ahead. If the worry is less serious, offer the
                help that you can give, and look again when something changes.
                """,
            ),
        ),
        section(
            "Ring the team for the area where the child lives",
            """
            It is the child’s address that counts, not the address of your school or clinic. For a child who stays in
            two homes, ring the team for the home in which the worry arose. That team will tell the other one.
            """,
            local(
                CITY,
                """
                In the city, a social worker takes your call from eight in the morning to six in the evening. At other
                times the duty team for emergencies answers.
                """,
                contact("Children’s first response, city"),
            ),
            local(
                COUNTY,
                """
                In the county, the same number is answered at every hour of the day. At night it is answered by the
                emergency duty team, who can see what the day team has written.
                """,
                contact("Children’s first response, county"),
            ),
            """
            If you think that a crime has been committed and nobody is in danger now, ring the police on 101 as well.
            """,
        ),
        section(
            "What to have ready",
            """
            Ring even if you know none of this. What helps most is a plain account of what you saw and why it worries
            you.

            - the child’s name, date of birth, address and school
            - the names of parents, carers, brothers and sisters, and of anyone else who lives there
            - first language, and whether an interpreter is needed
            - any disability, and how the child communicates best
            - what you saw or heard, when, and in whose words
            - what is known about earlier worries, and about what goes well
            - whether anyone in the home may be a risk to a visitor
            - whether the family knows that you are ringing
            """,
            subsection(
                "Fact, opinion and hearsay",
                """
                Keep apart what you saw, what you were told and what you think it means. All three are useful, as long
                as the reader can tell which is which. “He had a bruise the size of a coin on his left ear” says more
                than “he had non-accidental injuries”.
                """,
            ),
        ),
        section(
            "Confirm it in writing",
            """
            Send the referral form within one working day of your call. If you have begun an early help assessment, send
            that with it: it says most of what is needed. Keep a copy in the child’s record.

            If you have not heard from anybody three working days after your call, ring again and ask for the manager.
            """,
        ),
        section(
            "What happens then",
            AFTER_A_REFERRAL,
            """
            The decision is one of these:
            """,
            subsection(
                "An assessment of need",
                """
                The child may be in need of services under section 17 of the Children Act 1989. A social worker
                assesses, with the parents’ agreement, what the family needs.
                """,
            ),
            subsection(
                "An enquiry into harm",
                """
                There is reasonable cause to suspect that the child is suffering, or is likely to suffer, significant
                harm. Children’s services call a strategy discussion with the police, health and others. Go on to
                [[Child Protection Section 47 Enquiries]].
                """,
            ),
            subsection(
                "Protection at once",
                """
                The child is not safe until tomorrow. The police can take a child into police protection for up to 72
                hours, and children’s services can ask a court for an emergency protection order.
                """,
            ),
            subsection(
                "Early help, or advice",
                """
                The family needs help, but not from a social worker. You are told who could offer it, and [[Providing
                Early Help]] says how to begin.
                """,
            ),
        ),
        section(
            "What stays with you",
            """
            A referral does not end your work with the child. Carry on seeing them. Pass on anything new at once, and do
            not assume that somebody else has done so. You may be asked to join a strategy discussion, to write a report
            or to be part of a core group.

            If you do not agree with the decision, ask the manager to explain it. If you still think that the child is
            not safe, follow the [[Escalation Policy]] the same day.
            """,
        ),
    ],
    history=[
        Change(
            date(2016, 9, 19),
            "A written confirmation is now due within one working day of your call; it was two.",
            before=(
                reworded(
                    "Send the referral form within one working day of",
                    "Send the referral form within two working days of",
                ),
                row_reworded(
                    "After you have made a referral",
                    "You confirm in writing what you said on the telephone",
                    before=(
                        "You confirm in writing what you said on the telephone",
                        "You",
                        "Within two working days",
                    ),
                ),
            ),
        ),
        Change(
            date(2019, 6, 3),
            "New in the table of worries: an injury whose explanation does not fit. Ring before the child goes home.",
            before=(
                row_added("What kind of worry is it?", "A child was injured, and the explanation does not fit"),
                moved("If a child tells you", from_after="What to have ready"),
            ),
        ),
        Change(date(2019, 6, 11), "", before=(reworded("does not stop you", "does not stops you"),), minor=True),
        Change(
            date(2023, 3, 6),
            "What to do when parents do not agree to a referral.",
            before=(
                reworded(
                    "If the worry is less serious, offer the help that you can give, and look again when something "
                    "changes.",
                    "If the worry is less serious, do not make it.",
                ),
            ),
        ),
    ],
)
