"""Who the invented board is, and its contacts. Numbers are Ofcom’s, kept for drama; addresses end in .example."""

from demo.content.writing import block

NAME = "Marlshire Safeguarding Children Board"
SHORT_NAME = "MSCB"
ADDRESS = "Board office\nGuildhall, Market Place\nWenborough"
AREAS = ["Wenborough city", "Marlshire county"]
CITY, COUNTY = AREAS

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def hours(days: list[str], opens: str, closes: str) -> dict:
    """Return one row of opening hours."""
    return block("period", {"days": days, "opens": opens, "closes": closes})


OFFICE_HOURS = [hours(WEEKDAYS, "09:00", "17:00")]

# The team names are what content refers to; see demo.content.writing.contact.
CONTACTS = [
    {
        "agency": "Wenborough City Council",
        "team": "Children’s first response, city",
        "purpose": "Worried about a child who lives in the city.",
        "areas": [CITY],
        "phone": "01632 960001",
        "email": "first.response@wenborough.example",
        "hours": [hours(WEEKDAYS, "08:00", "18:00")],
        "bank_holidays": "closed",
        "out_of_hours_phone": "01632 960002",
        "out_of_hours_note": "Evenings, nights, weekends and bank holidays.",
    },
    {
        "agency": "Marlshire County Council",
        "team": "Children’s first response, county",
        "purpose": "Worried about a child who lives in the county.",
        "areas": [COUNTY],
        "phone": "01632 960011",
        "email": "first.response@marlshire.example",
        "always_open": True,
        "bank_holidays": "usual",
    },
    {
        "agency": "Marlshire Police",
        "team": "Child protection unit",
        "purpose": "A crime against a child that is not happening now. In danger now: 999.",
        "areas": AREAS,
        "phone": "101",
        "always_open": True,
        "bank_holidays": "usual",
    },
    {
        "agency": "Wenborough City Council",
        "team": "Early help, city",
        "purpose": "Advice on early help assessments, for professionals and families.",
        "areas": [CITY],
        "phone": "01632 960003",
        "email": "early.help@wenborough.example",
        "hours": OFFICE_HOURS,
        "bank_holidays": "closed",
    },
    {
        "agency": "Marlshire County Council",
        "team": "Early help, county",
        "purpose": "Advice on early help assessments, for professionals and families.",
        "areas": [COUNTY],
        "phone": "01632 960013",
        "email": "early.help@marlshire.example",
        "hours": OFFICE_HOURS,
        "bank_holidays": "closed",
    },
    {
        "agency": "Marlshire County Council",
        "team": "Designated officer for allegations",
        "purpose": "An allegation against somebody who works with children.",
        "areas": AREAS,
        "phone": "01632 960014",
        "email": "designated.officer@marlshire.example",
        "hours": OFFICE_HOURS,
        "bank_holidays": "closed",
        "out_of_hours_note": "Out of hours, ring children’s first response.",
    },
    {
        "agency": "Marlshire NHS",
        "team": "Safeguarding nurses",
        "purpose": "Advice for health staff.",
        "areas": AREAS,
        "phone": "01632 960021",
        "email": "safeguarding@marlshire-nhs.example",
        "hours": [hours(WEEKDAYS, "08:30", "16:30")],
        "bank_holidays": "closed",
    },
    {
        "agency": "Marlshire Safeguarding Children Board",
        "team": "Education safeguarding adviser",
        "purpose": "School policies and safeguarding audits.",
        "areas": AREAS,
        "phone": "01632 960031",
        "email": "schools@board.example",
        "hours": [hours(["mon", "tue", "wed", "thu"], "09:00", "16:00")],
        "bank_holidays": "closed",
    },
    {
        "agency": "Marlshire Safeguarding Children Board",
        "team": "Board office",
        "purpose": "This website, the bulletin, training places. Not for worries about a child.",
        "areas": AREAS,
        "phone": "01632 960030",
        "email": "office@board.example",
        "hours": OFFICE_HOURS,
        "bank_holidays": "closed",
    },
]

EMERGENCY_LINES = [("City", "Children’s first response, city"), ("County", "Children’s first response, county")]
