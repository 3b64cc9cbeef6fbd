"""Resource: the graded care profile, assessment tool. Its areas, grades and words are the project’s own."""

from datetime import date

from demo.content.library.papers import Callout, Paper, Table, Ticks, blank, form, phone, section
from demo.content.library.writing import Resource, one_file

GRADES = ("1 Thriving", "2 Well enough", "3 Up and down", "4 Going short", "5 Coming to harm")

# Area of care, then what it looks like at each of the five grades.
FOOD = (
    "Food and drink",
    "Regular meals that suit the child’s age. Someone sits with the child. Allergies and likes are known.",
    "Enough to eat every day. Some meals are late or in front of a screen, and that worries nobody.",
    "Good on some days. Near the end of the month, or when a parent is low, meals are missed.",
    "Often hungry. The child asks others for food, hides it, or gets it for younger ones.",
    "Weight or growth is affected, or a baby’s feeds are wrong or missed although help was given.",
)
SLEEP = (
    "Sleep, washing and clothes",
    "A clean bed of the child’s own. Clean clothes that fit the weather. Bedtime is calm and known.",
    "Mostly clean and rested. Clothes may be worn or outgrown, and are replaced.",
    "Some weeks are fine. In others the child is tired, smells, or wears the same things for days.",
    "Rarely clean. No bed of their own, or a wet one. Other children have begun to notice.",
    "Sores, lasting infestation or exhaustion. The child is shunned, and nobody at home sees why it matters.",
)
HOME = (
    "The home",
    "Warm, safe and lived in. There is room to play and to do homework. Dangers are out of reach.",
    "Warm and safe. Untidy at times, and small repairs wait.",
    "Heating, a working cooker or clean floors come and go. Dangers are put right when pointed out, then return.",
    "Cold, dirty or crowded most of the time. Dangers stay although they were pointed out.",
    "The home itself hurts the child: bare wires, animal dirt, drugs or needles within reach.",
)
HEALTH = (
    "Health, teeth and appointments",
    "Check-ups and jabs are up to date. Teeth are brushed. Parents notice illness and act at once.",
    "Most appointments are kept, and missed ones are made again.",
    "Appointments are kept after reminders. Treatment is started and not always finished.",
    "Treatment is missed and things get worse. Pain in the teeth is left. Reasons change each time.",
    "A condition becomes dangerous, or the child is in lasting pain, because care is not sought or is refused.",
)
SAFETY = (
    "Being watched over",
    "An adult knows where the child is, with whom, and when they will be back. Rules grow with the child.",
    "Watched over well for the child’s age, with now and then a lapse that parents talk about.",
    "Depends on who is at home. Older children look after younger ones more than they can manage.",
    "Left alone or with people who are not safe. Parents do not know where the child is for hours.",
    "The child has been hurt, or came close to it, because nobody was looking. Nothing changed afterwards.",
)
WARMTH = (
    "Warmth and comfort",
    "The child is enjoyed. They are comforted when upset, and praised for what they are.",
    "Warm most days. Parents are short with the child under stress, and make up afterwards.",
    "Warmth depends on the parent’s mood. The child watches faces before they speak.",
    "Little is said to the child but orders and blame. The child no longer goes to the parent for comfort.",
    "The child is scorned, singled out or ignored. They are afraid, or have stopped showing what they feel.",
)
PLAY = (
    "Talk, play and learning",
    "Parents talk and play with the child every day. School or nursery is valued, and missed only for good reason.",
    "Play and talk happen, and screens fill some of the time. Attendance is good.",
    "Toys or books are there and seldom used together. Attendance slips when things are hard.",
    "Hardly any talk or play. Long absences. Speech or learning falls behind.",
    "The child is kept from school or from other people, or left in a cot, a chair or a room for most of the day.",
)
ONLINE = (
    "Life online",
    "Parents know what the child does online and talk about it. Phones sleep outside the bedroom.",
    "There are rules, mostly kept. The child would tell a parent if something went wrong.",
    "Rules come and go. The child is online at night, and parents are unsure what to do.",
    "Nobody knows what the child sees or whom they talk to. Devices stand in for care.",
    "The child has been harmed online and is left to deal with it, or is given what is meant for adults.",
)

FIRST_AREAS = (FOOD, SLEEP, HOME, HEALTH, SAFETY, WARMTH, PLAY)
AREAS = (*FIRST_AREAS, ONLINE)
CHILD_SAYS = "What the child says or shows"


def grades(areas: tuple) -> Table:
    """Return the table of grades for these areas of care."""
    return Table("What care looks like, area by area", ("Area of care", *GRADES), areas, (11, 17, 17, 18, 18, 19))


def record(areas: tuple, *columns: str, widths: tuple[int, ...]) -> Table:
    """Return the table in which the grades are written down."""
    rows = tuple((area[0], *("",) * len(columns)) for area in areas)
    return Table("What you saw, and the grade you gave", ("Area of care", *columns), rows, widths, room=15)


ABOUT = section(
    "Who this is about",
    form(
        "The child and the people in the room",
        "About",
        "Child’s name and date of birth",
        "Who looks after the child",
        "Filled in by (name, agency, telephone)",
        "Dates of the visits, and who was there",
        room=7,
    ),
)
SIGNED = (
    blank(
        "What we do next",
        "What will be different for the child",
        "Who does what",
        "By when",
        widths=(45, 37, 18),
        rows=3,
        room=12,
    ),
    form(
        "Read and talked through together", "Who", "Parent or carer", "Child or young person", "Practitioner", room=10
    ),
)

FIRST = Paper(
    title="Graded care profile: assessment tool",
    version="1",
    dated=date(2024, 8, 19),
    wide=True,
    opening="Use it when you are worried about the care that a child receives. Fill it in with the parents, not about them.",
    body=(
        section(
            "How to use it",
            """
            - Explain to the parents what it is for and who will see it.
            - Visit at least twice, once at a mealtime or at bedtime.
            - For each area choose the grade that fits best, and write down what you saw.
            - Talk the result through with the parents, and agree what happens next.
            """,
        ),
        ABOUT,
        section("The five grades", grades(FIRST_AREAS), new_page=True),
        section(
            "Your record",
            record(FIRST_AREAS, "Grade", "What you saw and heard", widths=(22, 8, 70)),
            new_page=True,
        ),
        section("What happens next", *SIGNED, new_page=True),
    ),
)

SECOND = Paper(
    title="Graded care profile: assessment tool",
    version="2",
    dated=date(2026, 7, 1),
    wide=True,
    opening="""
    Use it when you are worried about the care that a child receives. Fill it in with the parents, not about them, and
    hear the child.
    """,
    body=(
        section(
            "How to use it",
            """
            - Explain to the parents what it is for and who will see it. See the child on their own as well.
            - Visit at least twice, once at a mealtime or at bedtime. Look at what happens, not only at what is said.
            - For each area choose the grade that fits most days. If you hesitate between two, write down why.
            - Write what the child says in the child’s own words. For a baby, write what the baby shows.
            - Do not add the grades up. One area at grade 5 matters more than seven at grade 2.
            """,
            Callout(
                "When you do not wait for the profile",
                f"""
                Any grade 5, or a child in danger today: stop, and make a referral. City {phone("Children’s first response, city")},
                county {phone("Children’s first response, county")}. In danger now: 999.
                """,
            ),
        ),
        ABOUT,
        section("The five grades", grades(AREAS), new_page=True),
        section(
            "Your record",
            record(AREAS, "Grade", "What you saw and heard", CHILD_SAYS, widths=(20, 8, 40, 32)),
            new_page=True,
        ),
        section(
            "What happens next",
            Ticks(
                (
                    "The parents know what the grades are and have said what they think of them.",
                    "The child has been told what happens next, in a way they understand.",
                    "The date of the second profile is agreed: after three months at the latest.",
                )
            ),
            *SIGNED,
            new_page=True,
        ),
    ),
)

CHANGES = (
    (825, "First published.", FIRST),
    (
        140,
        "The tool has a new area, life online, and asks in every area what the child says or shows.",
        SECOND,
    ),
)

TOOL = Resource(
    title="Graded care profile: assessment tool",
    slug="graded-care-profile-assessment-tool",
    summary="Eight areas of care, five grades and room for what you saw: a tool to fill in together with parents.",
    purpose="""<p>Use it when you are worried that a child is not cared for well enough and find it hard to say what is
    wrong. It gives a health visitor, a teacher and a social worker the same words for the same thing.</p>
    <ul><li>Read the guidance first; it takes ten minutes.</li><li>Fill the tool in over two visits.</li><li>Take it
    to supervision, to the team around the family, or attach it to a referral.</li></ul>
    <p>It does not replace a referral: see [[Making a Referral to Social Care]].</p>""",
    resource_type="tool",
    topics=("Neglect", "Early help"),
    audiences=("Social workers", "Health staff", "Schools", "Voluntary groups"),
    owner_team="Board office",
    approved_by="Neglect sub-group of the board",
    approved_months_ago=5,
    review_months=7,
    files=(
        one_file("Assessment tool, to type in", "graded-care-profile-assessment-tool.docx", *CHANGES),
        one_file("Assessment tool, to print", "graded-care-profile-assessment-tool.pdf", *CHANGES),
    ),
)
