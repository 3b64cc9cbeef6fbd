"""Chapter: Child Protection Section 47 Enquiries."""

from datetime import date

from demo.content.manual.history import Change, added, reworded, row_added
from demo.content.manual.writing import Chapter, callout, local, section, subsection, table
from demo.content.organisation import CITY, COUNTY
from demo.content.writing import contact

WHO_TAKES_PART = table(
    "Who takes part in a strategy discussion",
    ["Who", "What they bring"],
    ("Children’s services", "A manager who chairs, and the social worker. What is known about the family."),
    ("Police", "Records of crimes and incidents. What has to be done to secure evidence."),
    ("Health", "What health records show. Advice on injuries, and whether a medical examination is needed."),
    ("The person who made the referral", "What was seen or heard, at first hand."),
    ("School, nursery or college", "Attendance, behaviour, friendships, and who the child trusts."),
    ("Others who know the child", "Probation, housing, youth justice or a voluntary group, when they are involved."),
)

HOW_LONG = table(
    "How long each step may take",
    ["Step", "By when"],
    ("Strategy discussion", "The same day when the child is in danger; otherwise within three working days"),
    ("The child is seen and spoken with", "Within one working day of the strategy discussion, or sooner"),
    ("Outcome of the enquiry", "In time for a conference within 15 working days"),
    ("Child protection conference, if one is needed", "Within 15 working days of the strategy discussion"),
    ("Assessment", "Within 45 working days of the referral"),
)

SECTION_47 = Chapter(
    title="Child Protection Section 47 Enquiries",
    slug="section-47-enquiries",
    summary="How agencies find out together whether a child is suffering significant harm, and what has to be done.",
    scope="""
    For social workers, police officers and health staff who carry out an enquiry, and for everyone who is asked to help
    with one. An enquiry begins when there is reasonable cause to suspect that a child is suffering, or is likely to
    suffer, significant harm.
    """,
    guidance="""
    - Children Act 1989, section 47
    - Working Together to Safeguard Children
    - Achieving Best Evidence in Criminal Proceedings
    """,
    related=[
        "Making a Referral to Social Care",
        "Child Protection Conferences",
        "Investigating Complex (Organised or Multiple) Abuse",
    ],
    topics=["Child protection", "Law"],
    audiences=["Social workers", "Police", "Health staff"],
    review_months=7,
    sections=[
        section(
            "What the law says",
            """
            Section 47 of the Children Act 1989 puts the duty to enquire on the council in whose area the child lives or
            is found. It has to make the enquiries that it thinks necessary to decide whether to act to protect the
            child.

            Other public bodies must help with those enquiries when they are asked, unless that would be unreasonable.
            “We are busy” does not make it unreasonable.
            """,
            callout(
                "You must",
                """
                Answer a request for information in a section 47 enquiry on the same working day. Write down what you
                gave, to whom, and why.
                """,
            ),
        ),
        section(
            "Strategy discussion",
            """
            A strategy discussion decides whether to begin an enquiry and how. It can be a meeting, a call or a video
            call. It is called by a manager in children’s services, and any agency can ask for one.
            """,
            WHO_TAKES_PART,
            subsection(
                "What is decided",
                """
                1. Whether the threshold for an enquiry is met
                2. Whether children’s services lead alone, or together with the police
                3. What has to be done today so that every child in the home is safe
                4. Who sees the child, where, and with whose agreement
                5. Whether a medical examination is needed, and how soon
                6. What the parents are told, when, and by whom
                7. What is done about other children who may have been harmed by the same person
                """,
            ),
            subsection(
                "The record",
                """
                The chair sends a record to everyone who took part within one working day. It says what was decided, who
                does what by when, and which differences of opinion there were.
                """,
            ),
        ),
        section(
            "Together or alone",
            """
            Children’s services and the police work together whenever a crime may have been committed. That includes
            sexual abuse, an injury that nobody can explain, cruelty, serious neglect, and harm by somebody in a
            position of trust.

            The police decide whether to investigate a crime. Children’s services decide whether to act to protect the
            child. Neither waits for the other.
            """,
            local(
                CITY,
                """
                In the city, a detective from the child protection unit sits with the first response team on weekdays.
                Ask for them when you ring.
                """,
                contact("Children’s first response, city"),
            ),
            local(
                COUNTY,
                """
                In the county, the child protection unit joins by video. The duty manager sends the link with the
                invitation.
                """,
                contact("Children’s first response, county"),
            ),
            contact("Child protection unit"),
        ),
        section(
            "Seeing the child",
            """
            The social worker sees the child alone, in a place where the child feels safe, and with somebody who can
            sign, interpret or otherwise help where that is needed. Ask the child what they want to happen. Tell them
            what you can do, what you cannot do, and what comes next.
            """,
            subsection(
                "Agreement to see the child",
                """
                Parents are asked to agree. If asking them would put the child at risk, a young person who understands
                what it means may agree for themselves. If access to a child is refused and you think that the child is
                in danger, tell your manager at once: a court can order that the child is seen.
                """,
            ),
            subsection(
                "A recorded interview",
                """
                An interview that may serve as evidence is planned and carried out by people trained for it. Do not
                rehearse it with the child. Conversations before it are kept short and are written down word for word.
                """,
            ),
        ),
        section(
            "Medical examination",
            """
            A paediatrician decides, after talking to the social worker and the police, whether the child should be
            examined and when. The purpose is the child’s health first and evidence second.

            - Bruises and other injuries fade. The examination should take place on the same day.
            - After sexual abuse, evidence may be found for some days. Ring for advice before the child washes or
              changes clothes.
            - A baby who cannot yet move about hardly ever bruises by accident. Every injury of such a baby is discussed
              with a paediatrician at once.
            """,
            """
            A parent, or a young person who understands, agrees to the examination. Without agreement, a court can be
            asked.
            """,
            contact("Safeguarding nurses"),
        ),
        section(
            "Working with the parents",
            """
            Parents are told why there is an enquiry, what will happen and how to complain, in words they understand and
            in writing. Fathers and partners are part of the enquiry even when they live elsewhere. Find out who they
            are: a man who is not mentioned can be the greatest danger, or the greatest help.
            """,
        ),
        section(
            "Timescales",
            HOW_LONG,
            """
            These are the longest times, not targets. A child who is in danger is protected the same day.
            """,
        ),
        section(
            "Outcome",
            """
            The social worker and the manager decide, after hearing the agencies that took part. Everybody is told in
            writing, and so are the parents, and the child in a way that suits their age.
            """,
            subsection(
                "The worry is not borne out",
                """
                No harm was found. The family may still need help: offer it, as [[Providing Early Help]] describes.
                """,
            ),
            subsection(
                "There was harm, and it is not likely to go on",
                """
                Those who know the child agree that a plan to protect them is not needed, for example because the person
                who did the harm has gone for good. A manager signs this decision and gives the reasons. Any agency can
                ask for a conference all the same, and such a request is not refused lightly.
                """,
            ),
            subsection(
                "The child is likely to go on being harmed",
                """
                A conference is held within 15 working days of the strategy discussion. See [[Child Protection
                Conferences]].
                """,
            ),
        ),
        section(
            "If you disagree",
            """
            Agencies may judge the same facts differently. Say so in the strategy discussion and see that it is in the
            record. If the child is left unsafe by what was decided, follow the [[Escalation Policy]] the same day.
            """,
        ),
    ],
    history=[
        Change(
            date(2015, 4, 20),
            "A conference is held when one is needed, not only when an agency calls for one.",
            before=(reworded("if one is needed", "where one is called"),),
        ),
        Change(
            date(2018, 10, 1),
            "School or nursery now takes part in every strategy discussion about a child of that age.",
            before=(row_added("Who takes part in a strategy discussion", "School, nursery or college"),),
        ),
        Change(
            650,
            "A new section on working with parents: find out who the father and the partners are.",
            before=(added("Working with the parents"),),
        ),
    ],
)
