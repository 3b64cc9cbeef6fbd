"""Facts that a kind of item has a field for, found in its text. The text itself is never changed."""

import re
from datetime import date

from bulletins.importing.dates import Day, days_in

SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")
ACT_WORD = r"(?:\(?[A-Z][\w'’()-]{0,30}|of|and|the|for|in|etc\.?|&)"
ACT = re.compile(
    rf"\b(?P<act>[A-Z][\w'’()-]{{0,30}}(?: {ACT_WORD}){{0,11}}? (?:Act|Regulations|Order)(?: (?:19|20)\d\d)?)\b"
)
BEFORE_ACT = re.compile(r"^(?:(?:The|Under|In|By|From|Since|When|As|This) )+(?:of )?(?:the )?")
NUMBER = r"\d{1,3}[A-Z]{0,2}"
SECTION = re.compile(rf"\b(?:[Ss]ections?|[Ss]\.) ?(?P<section>{NUMBER}(?: ?(?:and|to|,|-|–) ?{NUMBER}){{0,3}})\b")
IN_FORCE = re.compile(
    r"\b(?:in(?:to)? force|takes? effect|effective|commence[sd]?|beg(?:ins?|an)|bec(?:omes|ame) law)\b", re.I
)
PENALTY = re.compile(
    r"\bmaximum (?:sentence|penalty|term|punishment)(?: of| is|:) (?:up to )?(?P<penalty>[^.;,\n]{3,120})"
    r"|\b(?P<up_to>up to [\w-]{1,12} (?:years?|months?)[’']? ?(?:imprisonment|in prison|custody)?)",
    re.I,
)
THEME = re.compile(
    r"\btheme(?:d? (?:is|was|will be|of|on)|:) (?P<theme>[^.;,:\n]{3,150}?)(?= from | for | in (?:19|20)|[.;,:\n]|$)",
    re.I,
)
CLEAR_DEADLINE = re.compile(r"\b(?:deadline|closing date)\b", re.I)
DEADLINE = re.compile(r"\b(?:closes?|no later than|respond by|reply by|by|before|until)\b", re.I)
MEETING = re.compile(r"\bmeeting\b|\bmet on\b", re.I)
PLACE = re.compile(r"\b(?:venue|place|location|where)\s{0,3}: {0,3}([^\n.;]{3,150})", re.I)
HEAVIEST = 20_000


def law_in(text: str, *, near: date) -> dict[str, str]:
    """Return act, section, in_force_from (ISO), maximum_penalty of a new law; "" for what the text does not say."""
    text = text[:HEAVIEST]
    sentences = SENTENCES.split(text)
    with_act = [sentence for sentence in sentences if ACT.search(sentence)]
    # The sentence on coming into force names the law that is new; others name those that it changes.
    best = next((s for s in with_act if IN_FORCE.search(s)), with_act[0] if with_act else "")
    act, section = ACT.search(best), SECTION.search(best)
    penalty = PENALTY.search(text)
    starts = [day for sentence in sentences if IN_FORCE.search(sentence) for day in days_in(sentence, near=near)]
    return {
        "act": BEFORE_ACT.sub("", act["act"]) if act else "",
        "section": section["section"] if section else "",
        "in_force_from": starts[0].day.isoformat() if starts else "",
        "maximum_penalty": " ".join((penalty["penalty"] or penalty["up_to"]).split()) if penalty else "",
    }


def theme_in(text: str) -> str:
    """Return the theme that the text of an inspection names, or ""."""
    found = THEME.search(text[:HEAVIEST])
    return found["theme"].strip() if found else ""


def deadline_in(text: str, *, near: date) -> Day | None:
    """Return the last day to answer: a date in a sentence that speaks of a deadline, the clearest words first."""
    days = [(sentence, day) for sentence in SENTENCES.split(text[:HEAVIEST]) for day in days_in(sentence, near=near)]
    for is_clear in (True, False):
        for sentence, day in days:
            before = sentence[max(0, day.start - 200) : day.start]
            if (
                "deadline" in sentence.lower() or "closing date" in sentence.lower()
                if is_clear
                else DEADLINE.search(before)
            ):
                return day
    return None


def meeting_in(text: str, *, near: date) -> Day | None:
    """Return the day of the meeting that a text speaks of."""
    for sentence in SENTENCES.split(text[:HEAVIEST]):
        if MEETING.search(sentence) and (days := days_in(sentence, near=near)):
            return days[0]
    return None


def first_day_in(text: str, *, near: date) -> Day | None:
    """Return the first date in a text."""
    days = days_in(text[:HEAVIEST], near=near)
    return days[0] if days else None


def place_in(text: str) -> str:
    """Return where a course takes place, or ""."""
    found = PLACE.search(text[:HEAVIEST])
    return " ".join(found[1].split()) if found else ""
