"""Resource: learning from a review, on one page."""

from datetime import date

from demo.content.library.papers import Callout, Paper, section
from demo.content.library.writing import Resource, one_file

PAPER = Paper(
    title="Learning from a review: “Robin”",
    version="1",
    dated=date(2026, 10, 16),
    opening="""
    Robin was seven months old when a health visitor found that he had hardly grown for ten weeks. He recovered. Five
    agencies had known the family. Robin, the family and the review are invented.
    """,
    body=(
        section(
            "What happened",
            """
            Robin’s mother was nineteen and had been in care herself. She moved twice during the pregnancy, from the
            county to the city and back. Each move ended one service before the next one had begun. Four appointments in
            nine weeks were recorded as “did not attend”. A neighbour rang twice; both calls were closed because “mother
            is engaging”.
            """,
        ),
        section(
            "What worked",
            """
            - The health visitor weighed Robin at home without being asked to, and acted within the hour.
            - The ward let his mother stay, and taught her to feed him without a word of blame.
            """,
        ),
        section(
            "What we learned",
            """
            - <b>Babies do not miss appointments.</b> “Was not brought” makes you ask why, and “did not attend” does not.
            - <b>Coming to the door is not change.</b> Nobody wrote down what was different for Robin.
            - <b>A border is where children get lost.</b> Hand over by telephone, and stay until the other has begun.
            - <b>Neighbours see the nights.</b> A second call about the same child is looked at together with the first.
            - <b>Young parents who were in care expect to be judged.</b> Ask one person to stay with them throughout.
            """,
        ),
        Callout(
            "For your next team meeting: fifteen minutes",
            """
            - Which family on our list has moved? Who rang whom?
            - Where does our system still say “did not attend”?
            - In which family have we written “engaging” without saying what has changed for the child?
            """,
        ),
        section(
            "What happens now",
            """
            Both councils and Marlshire NHS have changed how they hand over families who move. The board will read twenty
            files in six months’ time, and will say here what it found.
            """,
        ),
    ),
)

REVIEW = Resource(
    title="Learning from a review: “Robin”",
    slug="learning-from-a-review-robin",
    summary="A baby who did not grow, five agencies and two moves: what we learned, on one page for your next team meeting.",
    purpose="""<p>Take fifteen minutes of a team meeting for it. The three questions at the end are for your own list of
    families.</p><p>The child and the family are invented. Nothing in it comes from a real case.</p>""",
    resource_type="report",
    topics=("Neglect", "Inspections and audits"),
    audiences=("Health staff", "Social workers", "Police", "Voluntary groups"),
    owner_team="Safeguarding nurses",
    approved_by="Learning and improvement sub-group of the board",
    approved_months_ago=1,
    review_months=11,
    files=(one_file("One page", "learning-from-a-review-robin.pdf", (33, "First published.", PAPER)),),
)
