"""Three issues of the bulletin, for three quarters in a row.

Built from the kinds of thing such a bulletin reports. The board, its agencies and its people are invented; the Acts and
the inspections named are real. Dates follow the quarter in which the demonstration is built.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bulletins.quarters import add_months, deadline_for, label_for
from demo.content.writing import contact, item, text


@dataclass(frozen=True)
class Issue:
    """What an issue is made from."""

    issue_date: date
    title: str
    summary: str
    introduction: str
    items: list

    @property
    def label(self) -> str:
        """How readers call it."""
        return label_for(self.issue_date)

    @property
    def next_deadline(self) -> date:
        """The last day for news for the issue after it."""
        return deadline_for(self.issue_date, weekday=0)


def meeting_before(issue_date: date) -> date:
    """Return the day of the board’s meeting in the month before an issue: its second Friday."""
    month = add_months(issue_date, -1)
    return month + timedelta(days=(4 - month.weekday()) % 7 + 7)


def long_date(day: date) -> str:
    """Return a date as it is written in running text."""
    return f"{day.day} {label_for(day)}"


def two_quarters_ago(issue_date: date) -> Issue:
    """The first of the three: the year’s priorities are set."""
    met = meeting_before(issue_date)
    return Issue(
        issue_date,
        "Three priorities, and a meeting worth reading about",
        "What the board will concentrate on this year, and what each agency is asked to do first.",
        "<p>The board has agreed three priorities for the year. This issue says what they are and what they ask of "
        "you.</p>",
        [
            item(
                "decision",
                "Three priorities for the year",
                text(
                    "<p>They come from what reviews, audits and young people told us over the last twelve months.</p>"
                    "<ul><li>Online safety</li><li>A better response to neglect</li>"
                    "<li>Early help assessments that every agency uses well</li></ul>"
                    "<p>Each priority has a lead on the board. Progress will be reported here every quarter.</p>"
                ),
                meeting_date=met.isoformat(),
                decision="<p>The board agreed its three priorities and asked each agency to name a lead for every one "
                "of them within a month.</p>",
            ),
            item(
                "priority_update",
                "Early help: every agency knows its part",
                text(
                    "<p>Health visitors, school nurses and family doctors told us that they were not sure when an early "
                    "help assessment is theirs to begin. Their organisations have now written it down, on one page, for "
                    "each role.</p><p>If you work with a family, you can begin an assessment. You do not need to wait "
                    "for a social worker. [[Providing Early Help]] says how.</p>"
                ),
            ),
            item(
                "procedures_update",
                "Making a referral: what to have ready",
                text(
                    "<p>The chapter on [[Making a Referral to Social Care|making a referral]] says what to have ready "
                    "before you ring, and what happens in the hours after.</p><p>Ring first, write afterwards. Confirm every telephone "
                    "referral in writing within one working day.</p>"
                ),
            ),
            item(
                "training",
                "Half a day on early help assessments",
                text(
                    "<p>For anyone who works with families. You leave with an assessment you have written yourself.</p>"
                ),
                date=(add_months(issue_date, 1) + timedelta(days=16)).isoformat(),
                place="Guildhall, Wenborough",
            ),
            item(
                "call_for_information",
                "What works in your team?",
                text(
                    "<p>Has something helped a family that other teams could copy? Tell us in a few lines, without "
                    "anything that could identify a child.</p>",
                    contact("Board office"),
                ),
                deadline=deadline_for(issue_date, weekday=0).isoformat(),
            ),
        ],
    )


def last_quarter(issue_date: date) -> Issue:
    """The second: neglect, and what an audit found."""
    met = meeting_before(issue_date)
    return Issue(
        issue_date,
        "One language for neglect",
        "The graded care profile returns with training for every agency, and an audit shows what good work looks like.",
        "<p>Neglect is hard to name and easy to get used to. This issue is about seeing it early and saying it "
        "clearly.</p>",
        [
            item(
                "decision",
                "A strategy for neglect",
                text(
                    "<p>The strategy says what neglect looks like at each age, which tool to use and who leads when "
                    "several agencies are worried at once.</p>"
                ),
                meeting_date=met.isoformat(),
                decision="<p>The board approved a strategy for neglect and will check in a year what has changed for "
                "children.</p>",
            ),
            item(
                "highlight",
                "The graded care profile",
                text(
                    "<p>The profile describes the care a child receives in everyday words: food, clothes, warmth, safety, "
                    "attention. You fill it in with the parents, not about them.</p><p>It gives a health visitor, a "
                    "teacher and a social worker the same words for the same thing, so that a worry is understood the "
                    "first time it is shared.</p>"
                ),
            ),
            item(
                "inspection",
                "Domestic abuse: what our audit found",
                text(
                    "<p>Several agencies read the files of the same families side by side. The findings were mixed: "
                    "some work was outstanding, and some children had been lost from view as incidents repeated.</p>"
                ),
                theme="Children who live with domestic abuse",
                good_practice_heading="Examples of good practice",
                good_practice=[
                    "Referrals to children’s services were made in good time.",
                    "Information was shared and plans were reviewed together.",
                    "Policies and timescales were kept in most cases.",
                    "Plans had clear goals, and risk was assessed and written down.",
                    "Practitioners were persistent in finding things out.",
                    "The whole family was seen, and for some children things got better.",
                ],
                development_heading="Areas for further development",
                areas_for_development=[
                    "Keep the child in focus, and what it is like to live with abuse.",
                    "Assess risk sooner and better.",
                    "Answer requests from the police in time.",
                    "Be clear with families about what has to change, and stay curious.",
                    "Know licence conditions and restraining orders, and plan ahead for a release from prison.",
                    "Get the basics right every time: assessments, chronologies, plans and reviews.",
                ],
                next_steps="<p>Each agency has an action plan. Supervisors will ask about it in the next three months, "
                "and an information-sharing agreement with the police is already signed.</p>",
            ),
            item(
                "news",
                "Safeguarding audits in schools",
                text(
                    "<p>An audit each year shows a school where its staff need more knowledge or help. The education "
                    "sub-group reads every one of them and shares what works. A primary school in Marlshire has offered "
                    "to show others how it involves its pupils.</p>",
                    contact("Education safeguarding adviser"),
                ),
            ),
            item(
                "training",
                "Neglect and the graded care profile",
                text(
                    "<p>One day with colleagues from health, schools, police and social care. Bring a case to work on.</p>"
                ),
                date=(add_months(issue_date, 1) + timedelta(days=9)).isoformat(),
                place="Online",
            ),
            item(
                "news",
                "If you disagree, say so the same day",
                text(
                    "<p>Working together means that professionals sometimes judge the same risk differently. The "
                    "[[Escalation Policy|escalation policy]] says whom to speak to, in which order and by when, so that a difference between "
                    "adults never delays help for a child.</p>"
                ),
            ),
        ],
    )


def this_quarter(issue_date: date) -> Issue:
    """The third and latest: online safety, and the law."""
    met = meeting_before(issue_date)
    return Issue(
        issue_date,
        "Online safety, and an offence everyone should know",
        "A strategy for children’s lives online, what the law says about adults who send sexual messages to children, "
        "and the themes of the next inspections.",
        "<p>Children do not go online: they live there. This issue is about keeping them safe where they are.</p>",
        [
            item(
                "priority_update",
                "What the board is working on",
                text(
                    "<p>Work goes on in all three priority areas of the year:</p><ul><li>online safety</li><li>a better "
                    "response to neglect</li><li>early help assessments that every agency uses well.</li></ul>"
                ),
            ),
            item(
                "decision",
                "A strategy for online safety",
                text(
                    "<p>It was written with secondary school pupils. They asked for adults who listen before they "
                    "confiscate.</p><p>A film on grooming has now been shown in every secondary school in the county, "
                    "with officers present to support pupils who wanted to talk. Schools say that this made the "
                    "difference. Independent schools and other providers can ask for the film and the lesson plans.</p>"
                ),
                meeting_date=met.isoformat(),
                decision="<p>The board approved a strategy for online safety and asked schools, youth services and the "
                "police to report on it together.</p>",
            ),
            item(
                "new_law",
                "Sexual communication with a child is a crime",
                text(
                    "<p>It is an offence for an adult to communicate with a child under 16, on purpose, to obtain sexual "
                    "gratification, unless the adult reasonably believes that the child is 16 or over. It does not matter "
                    "how: a chat, a message, a letter or spoken words. It does not matter whether the child answers.</p>"
                    "<p>Ordinary conversations between adults and children, and talk among young people themselves, are "
                    "not covered.</p>"
                ),
                act="Sexual Offences Act 2003, section 15A, inserted by the Serious Crime Act 2015",
                section="67",
                in_force_from="2017-04-03",
                maximum_penalty="2 years’ imprisonment",
                what_to_do="<ul><li>Believe the child, and do not ask for details.</li><li>Keep the messages. Do not "
                "forward them and do not reply.</li><li>Ring the police on 101, or 999 if a child is in danger now.</li>"
                "<li>Then make a referral, the same day.</li></ul>",
            ),
            item(
                "procedures_update",
                "Chapters that changed",
                text(
                    "<p>Two chapters of the procedures were updated. Read them before your next conference.</p><ul>"
                    "<li>[[Child Protection Conferences]]: when a plan can end at the first review</li>"
                    "<li>[[E-Safety and Internet Abuse]]: pictures made by a computer</li></ul>"
                ),
            ),
            item(
                "inspection",
                "Joint inspections: neglect is next",
                text(
                    "<p>A joint targeted area inspection is short and looks at how the agencies of one area work "
                    "together. Inspectors of children’s services, health, police and probation come at the same time. "
                    "They look at how worries are received, and closely at one theme.</p><p>For the theme of neglect they "
                    "also speak to headteachers and school staff, to see how neglect is noticed and passed on.</p>"
                ),
                theme="Children who live with neglect",
                good_practice=[
                    "Schools notice early and write down what they see.",
                    "The graded care profile is in use.",
                ],
                development_heading="What we are still working on",
                areas_for_development=[
                    "Answer every referral with a decision within one working day.",
                    "Tell the person who made the referral what happened.",
                ],
                next_steps="<p>Thank you to everyone who gave time to the audits this quarter. What they showed is being "
                "turned into training.</p>",
            ),
            item(
                "news",
                "A new website",
                text(
                    "<p>Tools, procedures and contacts are now in one place. You can see what changed and when, and what "
                    "a page said on an earlier day. If you cannot find something, tell us: that is how it gets better."
                    "</p>",
                    contact("Board office"),
                ),
            ),
            item(
                "call_for_information",
                "News for the next bulletin",
                text(
                    "<p>Send us what your colleagues in other agencies should know. Later news goes into the issue after.</p>"
                ),
                deadline=deadline_for(issue_date, weekday=0).isoformat(),
            ),
        ],
    )


def issues(this_quarter_begins: date) -> list[Issue]:
    """Return the three issues, the oldest first."""
    return [
        two_quarters_ago(add_months(this_quarter_begins, -6)),
        last_quarter(add_months(this_quarter_begins, -3)),
        this_quarter(this_quarter_begins),
    ]
