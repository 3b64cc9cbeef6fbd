"""The demonstration manual: parts and chapters in the order in which they are read.

Its outline is that of a real manual. Its words are the project’s own, about an invented board, and nobody has approved
them. Numbers, and the words “new” and “updated” beside a title, come from the page tree and from the editions.
"""

from demo.content.manual.appendices import APPENDICES
from demo.content.manual.children import (
    AWAY_FROM_HOME,
    DISABLED,
    HARM_TO_OTHERS,
    MISSING,
    PARENTAL_CONTROL,
    SEXUALLY_ACTIVE,
    TEMPORARY_HOMES,
)
from demo.content.manual.conferences import CONFERENCES
from demo.content.manual.domestic_abuse import DOMESTIC_ABUSE
from demo.content.manual.early_help import EARLY_HELP
from demo.content.manual.exploitation import COMPLEX_ABUSE, EXPLOITATION, INDIVIDUALS, MODERN_SLAVERY
from demo.content.manual.harm import BELIEF, FABRICATED_ILLNESS, FORCED_MARRIAGE, GENITAL_MUTILATION, NON_RECENT
from demo.content.manual.introduction import INTRODUCTION
from demo.content.manual.online import ONLINE
from demo.content.manual.organisations import BOARD, GUIDANCE, LEARNING, WORKFORCE
from demo.content.manual.parents import LEARNING_DISABILITY, MENTAL_HEALTH, SUBSTANCES
from demo.content.manual.plans import PLANS
from demo.content.manual.referral import REFERRAL
from demo.content.manual.section_47 import SECTION_47
from demo.content.manual.withdrawn import PHONES, RESTRICTED_TRAVEL
from demo.content.manual.writing import Part

TITLE = "Procedures manual"
SUMMARY = "What agencies do together when a child needs help or protection, chapter by chapter."
OPENING = (
    "<p>For everyone who works with children and families in Wenborough and Marlshire. Nine chapters of this "
    "demonstration are "
    "written in full. The others say what they are for, under their headings.</p>"
)
NOTICE = "Demonstration text about an invented board. It is not guidance to act on."

CIRCUMSTANCES = Part(
    "Children in Specific Circumstances",
    "specific-circumstances",
    "What is different for some children, some kinds of harm and some parents.",
    [
        HARM_TO_OTHERS,
        DISABLED,
        BELIEF,
        ONLINE,
        NON_RECENT,
        TEMPORARY_HOMES,
        MISSING,
        SEXUALLY_ACTIVE,
        FABRICATED_ILLNESS,
        AWAY_FROM_HOME,
        EXPLOITATION,
        PARENTAL_CONTROL,
        DOMESTIC_ABUSE,
        GENITAL_MUTILATION,
        FORCED_MARRIAGE,
        COMPLEX_ABUSE,
        INDIVIDUALS,
        SUBSTANCES,
        LEARNING_DISABILITY,
        MENTAL_HEALTH,
        PHONES,
        MODERN_SLAVERY,
        RESTRICTED_TRAVEL,
    ],
)

HELP = Part(
    "Assessing and Providing Help",
    "assessing-and-providing-help",
    "From the first worry to the end of a child protection plan.",
    [EARLY_HELP, REFERRAL, SECTION_47, CONFERENCES, PLANS, CIRCUMSTANCES],
)

CONTENTS = [INTRODUCTION, HELP, WORKFORCE, BOARD, LEARNING, GUIDANCE, APPENDICES]
