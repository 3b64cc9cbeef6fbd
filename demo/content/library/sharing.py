"""Resource: the information-sharing agreement."""

from datetime import date

from demo.content.library.papers import Callout, Paper, Table, section
from demo.content.library.writing import Resource, one_file

PAPER = Paper(
    title="Information-sharing agreement",
    version="1",
    dated=date(2026, 6, 19),
    opening="""
    How the agencies of the board share what they know about children and families: what, with whom, how, and how it is
    kept. Data protection law does not stop you from sharing to protect a child. It says how to do it well.
    """,
    body=(
        section(
            "Who has agreed",
            """
            Wenborough City Council, Marlshire County Council, Marlshire Police and Marlshire NHS. Schools, colleges and
            voluntary groups join by signing the last page. Each remains responsible for the information it holds.
            """,
        ),
        section(
            "Before you share: five questions",
            """
            1. What is the purpose? Say it in one sentence.
            2. Does the other person need it for that purpose, all of it?
            3. Have you told the family, or is there a reason why telling them would put somebody at risk?
            4. Is it right, is it up to date, and is it clear what is fact and what is opinion?
            5. Have you written down what you shared, with whom, when and why?
            """,
        ),
        section(
            "Do you need consent?",
            Table(
                "The usual situations",
                ("Situation", "Tell the family?", "Ask for agreement?"),
                (
                    ("Early help", "Yes, always", "Yes. Without it, share nothing that names them."),
                    ("A child in need", "Yes", "Yes, as part of working together"),
                    (
                        "A child may be suffering significant harm",
                        "Yes, unless it puts somebody at risk or harms an investigation",
                        "No. Share what is needed, the same day.",
                    ),
                    ("A crime against a child", "Ask the police first", "No"),
                    ("Planning and audit", "In the privacy notice", "No. Take out names wherever you can."),
                ),
                (32, 34, 34),
            ),
            """
            Where agreement is not needed, do not ask for it: somebody who is asked and says no will rightly feel
            deceived when you share all the same. Tell them what you are going to do, and why.
            """,
        ),
        section(
            "The ground in law",
            """
            - Children Act 1989, sections 17 and 47, and Children Act 2004, sections 10 and 11
            - Data Protection Act 2018 and the UK GDPR: a task in the public interest, a duty in law, and the condition
              for safeguarding children and individuals at risk
            - Crime and Disorder Act 1998, section 115
            - Human Rights Act 1998: private life is protected, and sharing must be necessary and in proportion
            """,
        ),
        section(
            "How it is shared",
            """
            - By telephone, after ringing back a number that you already had
            - By secure e-mail to a named person or a team’s mailbox; never to a private address
            - In a meeting, with a note of who was there
            - Not by text message or chat, apart from “please ring me”

            Answer a request from another agency about a child at risk within four hours, and any other within two working
            days. If you cannot answer, say so and say when you can.
            """,
        ),
        section(
            "When something goes wrong",
            """
            Tell your manager and the person responsible for data protection in your agency the same day. Ring whoever
            received it by mistake and ask them to delete it and to confirm that. If a child or an adult may be at risk
            because of it, their safety comes first.
            """,
            Callout(
                "When in doubt, ask today",
                "Reviews of the worst cases name what was not shared, far more often than what was. Write down whom you asked and what the answer was.",
            ),
        ),
        section(
            "Keeping and ending",
            """
            What you receive belongs in the child’s record and is kept as long as the rest of it. It is used for the
            purpose for which it was shared. This agreement is looked at every two years. An agency can leave with three
            months’ notice.
            """,
        ),
        section(
            "To join",
            Table(
                "Signed for the agency",
                ("Agency", "Name and role", "Signature and date"),
                (("", "", ""),),
                (34, 33, 33),
                room=16,
            ),
        ),
    ),
)

SHARING = Resource(
    title="Information-sharing agreement",
    slug="information-sharing-agreement",
    summary="What agencies share about children and families, when agreement is needed, and how information is kept safe.",
    purpose="""<p>For anyone who asks “am I allowed to tell them?” The five questions and the table answer it for most
    days. Schools and voluntary groups join by signing the last page.</p>""",
    resource_type="policy",
    topics=("Law", "Child protection"),
    audiences=("Social workers", "Health staff", "Police", "Schools", "Voluntary groups"),
    owner_team="Board office",
    approved_by="Marlshire Safeguarding Children Board",
    approved_months_ago=5,
    review_months=19,
    files=(one_file("Agreement", "information-sharing-agreement.pdf", (155, "First published.", PAPER)),),
)
