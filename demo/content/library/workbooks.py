"""Resources that are Excel files: the self-audit for schools, and the training calendar with its record."""

from datetime import date

from demo.content.library.papers import HEADER_ROW, Column, Sheet, Workbook
from demo.content.library.writing import Resource, one_file

ANSWERS = ("In place", "Partly", "Not yet", "Does not apply")
AUDIT_COLUMNS = (
    Column("Area", 22),
    Column("Question", 58),
    Column("Answer", 16, ANSWERS),
    Column("How do you know?", 40),
    Column("What you will do, who and by when", 40),
)
FIRST_QUESTIONS = (
    (
        "Leadership",
        "Does a governor who is responsible for safeguarding visit at least once a term, and speak to pupils?",
    ),
    ("Leadership", "Does the safeguarding lead have the time, the training and the authority for the work?"),
    ("Leadership", "Is there a trained deputy on every day on which the school is open, trips and clubs included?"),
    ("Policies", "Has the child protection policy been read by all staff this year, kitchen and site staff included?"),
    ("Policies", "Do parents find the policy on the website without help, and in words that they understand?"),
    ("Safer recruitment", "Is the single central record complete, and has somebody checked it this term?"),
    ("Safer recruitment", "Do at least two people in each interview ask about safeguarding and follow up gaps?"),
    ("Knowing and acting", "Would every member of staff know what to do if a child told them something today?"),
    ("Knowing and acting", "Are worries passed on within the hour and referrals made the same day?"),
    ("Knowing and acting", "Do staff use the escalation policy when they do not agree with another agency?"),
    ("Neglect", "Do staff write down small signs, and does somebody look at them together every fortnight?"),
    ("Neglect", "Is the graded care profile used with families, and taken to meetings?"),
    ("Attendance", "Is it known on the first day where an absent child is, and why?"),
    ("Attendance", "When a pupil leaves, is the new school confirmed before the name comes off the roll?"),
    ("Pupils’ voice", "Can pupils name an adult in school to whom they would go? How many cannot?"),
    ("Pupils’ voice", "What have you changed this year because pupils said so?"),
    ("Records", "Do files reach a new school within five days, separately from the other papers and with a receipt?"),
)
NEW_QUESTIONS = (
    ("Online safety", "Have filters and monitoring been tested this year, by somebody who tried to get round them?"),
    ("Online safety", "Do staff know what they must not do with an intimate picture of a pupil?"),
    ("Online safety", "Have parents been offered an evening on life online, at a time when they can come?"),
    ("Between pupils", "Is harmful sexual behaviour between pupils recorded as such, and does each pupil have a plan?"),
)


def questions(*asked: tuple[str, str]) -> Sheet:
    """Return the sheet with the questions."""
    return Sheet(
        "Audit",
        "Safeguarding self-audit for schools",
        "Choose an answer for each question, and write how you know. “Partly” and “Not yet” need a plan.",
        AUDIT_COLUMNS,
        tuple((*question, "", "", "") for question in asked),
    )


def counts(asked: int) -> Sheet:
    """Return the sheet that counts the answers to so many questions on the other one."""
    first = HEADER_ROW + 1
    answers = f"Audit!$C${first}:$C${HEADER_ROW + asked}"
    rows = [(answer, f"=COUNTIF({answers},A{row})") for row, answer in enumerate(ANSWERS, start=first)]
    return Sheet(
        "Summary",
        "Summary for governors",
        "It counts the answers on the sheet “Audit” by itself. Bring it to the meeting in the autumn.",
        (Column("Answer", 40), Column("How many", 74)),
        (*rows, ("Not answered yet", f"=COUNTBLANK({answers})")),
    )


PLAN = Sheet(
    "Plan",
    "What we shall do this year",
    "No more than six lines. Choose what pupils would notice.",
    (
        Column("What will be different", 48),
        Column("Who", 24),
        Column("By when", 18),
        Column("How pupils will notice", 42),
        Column("State", 16, ("Planned", "Begun", "Done")),
    ),
    blank_rows=6,
)
ALL_QUESTIONS = (*FIRST_QUESTIONS[:12], *NEW_QUESTIONS, *FIRST_QUESTIONS[12:])
FIRST_AUDIT = Workbook(
    "Safeguarding self-audit for schools", "1", date(2025, 9, 1), (questions(*FIRST_QUESTIONS), PLAN)
)
SECOND_AUDIT = Workbook(
    "Safeguarding self-audit for schools",
    "2",
    date(2026, 9, 7),
    (questions(*ALL_QUESTIONS), counts(len(ALL_QUESTIONS)), PLAN),
)

AUDIT = Resource(
    title="Safeguarding self-audit for schools",
    slug="school-safeguarding-self-audit",
    summary="Twenty-one questions, a summary for governors and a plan for the year, to be sent in by the end of November.",
    purpose="""<p>For headteachers, safeguarding leads and governors. Answer it together; it takes about two hours.</p>
    <ul><li>Send it to the education safeguarding adviser by the end of November.</li><li>You get an answer before the
    end of term, with what other schools have done about the same thing.</li></ul>
    <p>Is something not clear? <a href="/school-audits/ask/">Ask the adviser</a>.</p>""",
    resource_type="template",
    topics=("Inspections and audits", "Online safety", "Neglect"),
    audiences=("Schools",),
    owner_team="Education safeguarding adviser",
    approved_by="Education sub-group of the board",
    approved_months_ago=2,
    review_months=9,
    files=(
        one_file(
            "Self-audit",
            "school-safeguarding-self-audit.xlsx",
            (430, "First published.", FIRST_AUDIT),
            (
                70,
                "There are four new questions, on online safety and on harm between pupils, and a summary for governors that counts by itself.",
                SECOND_AUDIT,
            ),
        ),
    ),
)

COURSES = (
    (
        "January",
        "Second Tuesday, 9.30 to 12.30",
        "Early help assessments",
        "Everyone who works with families",
        "Guildhall, Wenborough",
        24,
    ),
    (
        "February",
        "First Thursday, 9.30 to 16.00",
        "Neglect and the graded care profile",
        "Health, schools, police, social care",
        "Online",
        30,
    ),
    (
        "March",
        "Third Wednesday, 13.30 to 16.30",
        "Domestic abuse: the child’s day",
        "Everyone who works with families",
        "Guildhall, Wenborough",
        24,
    ),
    (
        "April",
        "Last Tuesday, 9.30 to 11.30",
        "Online safety: the first five things to do",
        "Schools, youth workers, foster carers",
        "Online",
        60,
    ),
    (
        "May",
        "Second Thursday, 9.30 to 16.00",
        "Working together in a section 47 enquiry",
        "Social workers, police, health",
        "Guildhall, Wenborough",
        20,
    ),
    ("June", "First Wednesday, 16.00 to 17.30", "Safeguarding for governors", "School governors", "Online", 60),
    (
        "September",
        "Third Tuesday, 9.30 to 12.30",
        "New safeguarding leads: the first term",
        "Schools and nurseries",
        "Guildhall, Wenborough",
        24,
    ),
    (
        "October",
        "First Thursday, 9.30 to 16.00",
        "Neglect and the graded care profile",
        "Health, schools, police, social care",
        "Guildhall, Wenborough",
        24,
    ),
    (
        "November",
        "Second Wednesday, 9.30 to 12.30",
        "Supervision that keeps the child in view",
        "Managers and supervisors",
        "Guildhall, Wenborough",
        16,
    ),
    ("December", "First Tuesday, 12.30 to 13.30", "Learning from a review, over lunch", "Everyone", "Online", 100),
)
TRAINING_BOOK = Workbook(
    "Training calendar and record",
    "1",
    date(2026, 9, 28),
    (
        Sheet(
            "Calendar",
            "Training through the year",
            "All courses are free for agencies of the board. Book with the board’s office three weeks ahead.",
            (
                Column("Month", 16),
                Column("Day and time", 32),
                Column("Course", 42),
                Column("For whom", 38),
                Column("Place", 24),
                Column("Places", 10),
            ),
            COURSES,
        ),
        Sheet(
            "Record",
            "Who has been trained",
            "One line for each course that a member of staff has done. Keep it in your agency; do not send it to us.",
            (
                Column("Name", 28),
                Column("Role", 26),
                Column("Course", 40),
                Column("Date", 14),
                Column("To be repeated by", 16),
                Column("What I do differently since", 46),
            ),
            blank_rows=25,
        ),
    ),
)

TRAINING = Resource(
    title="Training calendar and record",
    slug="training-calendar-and-record",
    summary="The board’s courses month by month, and a sheet on which an agency keeps who has been trained.",
    purpose="""<p>For managers and safeguarding leads. Plan the year with the first sheet, and keep your record on the
    second. The last column is the one that inspectors ask about.</p>""",
    resource_type="template",
    topics=("Child protection", "Early help", "Neglect", "Online safety"),
    audiences=("Social workers", "Health staff", "Police", "Schools", "Voluntary groups"),
    owner_team="Board office",
    approved_by="Learning and improvement sub-group of the board",
    approved_months_ago=2,
    review_months=10,
    files=(
        one_file("Calendar and record", "training-calendar-and-record.xlsx", (50, "First published.", TRAINING_BOOK)),
    ),
)
