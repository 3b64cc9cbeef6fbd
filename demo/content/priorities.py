"""The priorities of two plan years: this year's three, and last year's with what came of them.

The board, its agencies and its figures are invented. Days are counted back from the day of the demonstration, so that
there is always something recent.
"""

from dataclasses import dataclass

TITLE = "Priorities"
SUMMARY = "What the board concentrates on this year, what it asks of each agency, and how the work is going."
INTRODUCTION = (
    "<p>Each plan year the board chooses a few things to get right together. The choice comes from reviews, audits and "
    "what children and families tell us.</p>"
)


@dataclass(frozen=True)
class Area:
    """A priority area. `asks`: (agency, what we ask); `progress`: (days ago, how it stands, text), the oldest first."""

    title: str
    slug: str
    summary: str
    topics: tuple[str, ...]
    why: str
    strategy: str
    asks: tuple[tuple[str, str], ...]
    progress: tuple[tuple[int, str, str], ...]
    team: str = "Board office"


@dataclass(frozen=True)
class PlanYear:
    """A plan year, so many years before the present one."""

    years_ago: int
    introduction: str
    areas: tuple[Area, ...]


ONLINE = Area(
    "Online safety",
    "online-safety",
    "Films, lessons and a strategy that schools and carers can use this term.",
    ("Online safety",),
    "<p>Children do not go online any more: they are online. Nearly every worry that reaches us has a part that "
    "happened on a screen, and adults hear of it last.</p><p>Young people told us that they tell a friend first, and an "
    "adult only if they are sure that the adult will stay calm and leave them their telephone.</p>",
    "<p>By the end of the year every school and every foster carer knows what to do in the first hour, and no child is "
    "blamed for what somebody did to them.</p>",
    (
        (
            "Schools and colleges",
            "<p>Teach the four lessons to every year group, and give pupils one named person to go to.</p>",
        ),
        (
            "Social care and early help",
            "<p>Ask about life online in every assessment, as you ask about school and sleep.</p>",
        ),
        ("Police", "<p>Tell families within a day what happens to a device that was handed over.</p>"),
        (
            "Voluntary groups",
            "<p>Use the films with parents. They need no training, and there is a version with subtitles.</p>",
        ),
    ),
    (
        (120, "started", "<p>A group of eleven young people chose the subjects of the films and read the scripts.</p>"),
        (
            35,
            "on_track",
            "<p>The films are finished. Thirty-one schools have begun the lessons; nine have not answered us yet.</p>",
        ),
    ),
    "Education safeguarding adviser",
)
NEGLECT = Area(
    "Neglect",
    "neglect",
    "One language for neglect: the graded care profile, back with training for every agency.",
    ("Neglect",),
    "<p>Neglect is the most common reason for a child protection plan here, and the one that most often comes back. Our "
    "audits found that somebody had noticed early. What was missing was a shared word for it, and somebody to lead.</p>",
    "<p>We want neglect to be seen in the first year, named in the same words by every agency, and followed until it is "
    "better, not until it is quieter.</p>",
    (
        ("Every agency", "<p>Name a lead, and send the people who visit families to the half day on the profile.</p>"),
        ("Health", "<p>Write down “was not brought”, and ask why after the second time.</p>"),
        ("Schools and nurseries", "<p>Keep a chronology from the first worry on. A page is enough.</p>"),
        (
            "Social care",
            "<p>Send the graded care profile back to the person who began it, with what you decided and why.</p>",
        ),
    ),
    (
        (150, "started", "<p>The strategy was agreed, and every agency has named its lead.</p>"),
        (
            80,
            "behind",
            "<p>Two of six agencies had nobody at the training. Their chief officers have been asked for a date.</p>",
        ),
        (
            20,
            "on_track",
            "<p>All six agencies have now trained staff, 214 people in all. In a sample of thirty referrals, nineteen "
            "came with a graded care profile; a year ago it was four.</p>",
        ),
    ),
)
EARLY_HELP = Area(
    "Early help",
    "early-help",
    "Every agency knows its part in the early help assessment, and when to begin one.",
    ("Early help",),
    "<p>Families told us that they were asked the same questions by four people, and that help began when things had "
    "become bad enough. An early help assessment is written once, with them, and belongs to them.</p>",
    "<p>Whoever knows the family best begins the assessment. Nobody waits for somebody else’s form.</p>",
    (
        (
            "Health visitors and midwives",
            "<p>Begin the assessment when you are the first to see that help is needed.</p>",
        ),
        (
            "Schools and colleges",
            "<p>Name two people who can lead a team around the family, so that one can be ill.</p>",
        ),
        ("Family doctors", "<p>Tell the early help team when you are worried. Two lines are enough to begin.</p>"),
    ),
    (
        (100, "started", "<p>Each role has its part on one page, written by people who do that work.</p>"),
        (
            45,
            "on_track",
            "<p>Assessments begun by schools have doubled since the summer. Those begun by family doctors have not "
            "changed, and we are asking why.</p>",
        ),
    ),
)
DOMESTIC_ABUSE = Area(
    "Domestic abuse",
    "domestic-abuse",
    "Children who live with abuse are seen and heard, also when the police are not called.",
    ("Domestic abuse",),
    "<p>Reviews found that children were in the house each time and in the notes hardly ever.</p>",
    "<p>Every report names the children, says where they were and who spoke to them.</p>",
    (
        ("Police", "<p>Speak to each child, and tell the school before the next school day begins.</p>"),
        ("Schools", "<p>Have somebody at the gate who knows what happened in the night.</p>"),
    ),
    (
        (560, "started", "<p>Police and schools agreed how the school hears of an incident.</p>"),
        (
            430,
            "on_track",
            "<p>All secondary schools hear before nine o’clock. Primary schools follow after Easter.</p>",
        ),
        (
            250,
            "done",
            "<p>Every school takes part. An audit of forty reports found the child’s own words in thirty-three; the year "
            "before it was nine. The work goes on in each agency; the board looks at it again in a year.</p>",
        ),
    ),
)
NEGLECT_BEFORE = Area(
    "Neglect: one tool for everyone",
    "neglect",
    "To agree on one tool for neglect, and to write the strategy.",
    ("Neglect",),
    "<p>Four agencies used four tools, and a family’s troubles read differently in each.</p>",
    "<p>One tool, chosen together, tried with families before it is used.</p>",
    (("Every agency", "<p>Send two people who do the work to try the tools with families.</p>"),),
    (
        (520, "started", "<p>Three tools were tried with eighteen families.</p>"),
        (
            300,
            "done",
            "<p>The graded care profile was chosen. The strategy was written, and neglect stays a priority.</p>",
        ),
    ),
)

YEARS = (
    PlanYear(
        1,
        "<p>Two things from two reviews. What came of them stays here.</p>",
        (NEGLECT_BEFORE, DOMESTIC_ABUSE),
    ),
    PlanYear(
        0,
        "<p>They come from what reviews, audits and young people told us over the last twelve months.</p>",
        (ONLINE, NEGLECT, EARLY_HELP),
    ),
)
