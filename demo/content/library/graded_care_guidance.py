"""Resource: the graded care profile, guidance."""

from datetime import date

from demo.content.library.papers import Callout, Paper, Table, phone, section
from demo.content.library.writing import Resource, one_file

PAPER = Paper(
    title="Graded care profile: guidance",
    version="1",
    dated=date(2026, 7, 1),
    opening="""
    Neglect is hard to name and easy to get used to. The profile helps you to see it, to say it, and to notice when
    something changes. This guidance takes ten minutes to read.
    """,
    body=(
        section(
            "What it is",
            """
            The profile describes everyday care in eight areas, from food to life online. For each area you choose one of
            five grades, together with the parents. The grade describes the care, not the parent, and not the child.
            """,
            Table(
                "The five grades in one line each",
                ("Grade", "What it means", "What usually follows"),
                (
                    ("1 Thriving", "The child’s needs come first.", "Say so. Parents seldom hear it."),
                    ("2 Well enough", "Needs are met, with small gaps.", "The help that every family gets"),
                    ("3 Up and down", "Met on some days and not on others.", "An early help assessment"),
                    (
                        "4 Going short",
                        "The child goes without most of the time.",
                        "Several services and one plan; talk to social care",
                    ),
                    ("5 Coming to harm", "The child is being harmed.", "A referral the same day"),
                ),
                (22, 40, 38),
            ),
        ),
        section(
            "When to use it",
            """
            - You have a worry that keeps coming back and is hard to put into words.
            - Agencies disagree on how bad things are.
            - A plan has run for three months, and you want to know whether life has changed for the child.
            - Parents ask what exactly you want them to do differently.
            """,
            Callout(
                "When not to use it",
                """
                Do not begin a profile when a child needs protection now. Make a referral first. The profile is also the
                wrong tool for a single injury, for sexual abuse and for violence between adults.
                """,
            ),
        ),
        section(
            "Before you begin",
            """
            Tell the parents what the profile is, who will see it and what it can lead to. Show them the empty tool. Most
            parents grade themselves more strictly than you do. Ask whether there is anything they would like you to know
            first: money, pain, a violent partner, a bereavement.

            Poverty is not neglect. Ask what the family has and what it costs to live there. Where money is the reason,
            help with money is the answer, and the grade still says what the child goes without.
            """,
        ),
        section(
            "Two visits at least",
            """
            Come once at a time when care can be seen: breakfast, tea, bath, bedtime. Look in the kitchen and at the
            child’s bed, and ask before you do. Sit on the floor. Watch what the child does when they are hurt or want
            something.

            Write down what you see and hear before you choose a grade. “Kitchen dirty” is a judgement. “No clean cup; she
            drank from the tap” is something that the next person can compare.
            """,
        ),
        section(
            "The child in the middle",
            """
            See the child on their own where their age allows it. Useful questions are small ones: What did you have
            before school? Who wakes you up? Where do you go when you are upset? What would you change if you could change
            one thing at home?

            A child who cannot speak shows a great deal: growth, skin, teeth, how they let themselves be held. Ask the
            health visitor or the school nurse what they have measured.
            """,
        ),
        section(
            "Choosing a grade",
            """
            - Choose what fits most days, not the best or the worst.
            - Grade each child in the family for themselves. One child may be singled out.
            - If you hesitate between two grades, write down why and choose the lower standard of care.
            - Do not add up or take an average. Look at the lowest areas first.
            - If you and the parents disagree, write down both.
            """,
        ),
        section(
            "Afterwards",
            """
            Agree one to three changes that the child would feel, who helps with each, and the date of the second
            profile. Three months is usual. Take the profile to supervision. Keep it in the child’s record, and share it
            with the team around the family if the parents agree, or without their agreement if a child may be suffering
            significant harm.

            A second profile with the same grades is news, not failure. Ask what would have to happen, and say it to the
            parents and to the other agencies. Waiting is a decision too.
            """,
        ),
        section(
            "Advice",
            f"""
            Early help team, city: {phone("Early help, city")}. Early help team, county: {phone("Early help, county")}.
            Health staff can also ring the safeguarding nurses: {phone("Safeguarding nurses")}.
            """,
        ),
    ),
)

GUIDANCE = Resource(
    title="Graded care profile: guidance",
    slug="graded-care-profile-guidance",
    summary="How to use the graded care profile with a family: when to begin, what to look at and how to choose a grade.",
    purpose="""<p>Read it before you use the assessment tool for the first time, and again before you train others. It
    says when the profile is the right tool and when it is not.</p><p>For what comes before and after, see
    [[Providing Early Help]] and [[Making a Referral to Social Care]].</p>""",
    resource_type="guidance",
    topics=("Neglect", "Early help"),
    audiences=("Social workers", "Health staff", "Schools", "Voluntary groups"),
    owner_team="Board office",
    approved_by="Neglect sub-group of the board",
    approved_months_ago=5,
    review_months=7,
    files=(one_file("Guidance", "graded-care-profile-guidance.pdf", (140, "First published.", PAPER)),),
)
