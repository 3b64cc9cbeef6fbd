"""The glossary of the demonstration site: words of this work, explained in our own plain words."""

from typing import NamedTuple


class Entry(NamedTuple):
    """A word: the fields of content.models.GlossaryTerm. `other_forms` with commas between."""

    term: str
    acronym: str
    definition: str
    other_forms: str = ""
    is_marked: bool = True


TITLE = "Words we use"
SUMMARY = "What the words and short forms mean that people use when they keep children safe."

ENTRIES = [
    Entry(
        "allegation against a member of staff",
        "",
        "A claim that somebody who works or volunteers with children has harmed a child, may have committed an offence against one, or may not be safe to work with them.",
        "allegations against staff, allegations against people who work with children",
    ),
    Entry(
        "child in need",
        "",
        "A child who needs extra services to stay healthy and develop well, or who is disabled. The council plans the help together with the family, who have to agree to it.",
        "children in need, child in need plan",
    ),
    Entry(
        "child protection conference",
        "",
        "A meeting of the family and the people who work with them. It decides whether a child needs a plan to be kept safe, and what must be in it.",
        "initial child protection conference, ICPC, review child protection conference, child protection review conference",
    ),
    Entry(
        "child protection plan",
        "",
        "What has to change so that a child is safe, who does what, and by when. It is made at a child protection conference and looked at again every few months.",
    ),
    Entry(
        "contextual safeguarding",
        "",
        "Looking at harm that comes from outside the family: in a park, at school, online, or among friends. The place has to become safer, not only the child.",
    ),
    Entry(
        "core group",
        "",
        "The parents and the few people who work most closely with the family. They meet every few weeks to put the plan into practice.",
    ),
    Entry(
        "county lines",
        "",
        "Gangs making children carry and sell drugs, often far from home. The name comes from the telephone lines that orders are given on.",
    ),
    Entry(
        "designated safeguarding lead",
        "DSL",
        "The person in a school or other organisation to whom colleagues bring their worries about a child.",
    ),
    Entry(
        "Disclosure and Barring Service",
        "DBS",
        "The public body that checks criminal records for employers and keeps the lists of people who may not work with children.",
        "DBS check",
    ),
    Entry(
        "domestic abuse",
        "",
        "Controlling, frightening, violent or otherwise harmful behaviour between people who are or were partners, or between relatives. A child who sees or hears it, or lives with its effects, is a victim too.",
    ),
    Entry(
        "early help",
        "",
        "Support for a family as soon as difficulties begin, before they grow. It is offered, not imposed.",
    ),
    Entry(
        "early help assessment",
        "EHA",
        "A conversation with the family, written down, about what goes well, what is hard, and what help would make a difference.",
    ),
    Entry(
        "female genital mutilation",
        "FGM",
        "Cutting or otherwise injuring a girl’s genitals where there is no medical reason. It is a crime and child abuse, also when it happens abroad.",
    ),
    Entry(
        "Gillick competence",
        "",
        "The ability of a child under 16 to understand a decision about treatment well enough to agree to it alone.",
        "Gillick competent",
    ),
    Entry(
        "graded care profile",
        "GCP",
        "A way of describing, together with the parents, how well a child is cared for: from food and sleep to love and play. It helps to see neglect and to see change.",
        "GCP2, graded care profile 2",
    ),
    Entry(
        "independent reviewing officer",
        "IRO",
        "An experienced social worker from outside the team who checks the plan of a child in care and makes sure that the child is heard.",
    ),
    Entry(
        "local authority designated officer",
        "LADO",
        "The person at the council who must be told when somebody who works with children may have harmed one. They advise the employer and keep watch over what is done.",
        "designated officer",
    ),
    Entry(
        "looked after child",
        "",
        "A child who lives in the council’s care, by order of a court or because the parents agreed. Most children prefer to say that they are in care.",
        "looked after children, child in care, children in care",
    ),
    Entry(
        "multi-agency public protection arrangements",
        "MAPPA",
        "How police, probation and prisons work together to manage the risk from people convicted of sexual or violent offences.",
    ),
    Entry(
        "multi-agency risk assessment conference",
        "MARAC",
        "A meeting about victims of domestic abuse who are in the greatest danger, to agree how they and their children can be made safer.",
    ),
    Entry(
        "multi-agency safeguarding hub",
        "MASH",
        "The team of social workers, police, health and others that receives worries about children, puts together what each knows, and decides what happens next.",
    ),
    Entry(
        "neglect",
        "",
        "Not giving children what they need, again and again: food, warmth, safety, attention, medical care.",
        is_marked=False,
    ),
    Entry(
        "parental responsibility",
        "PR",
        "The rights and duties that the law gives to a child’s parents, and sometimes to others: to care for the child, and to decide what the child cannot decide yet.",
    ),
    Entry(
        "private fostering",
        "",
        "When a child under 16, or under 18 if disabled, lives for 28 days or more with somebody who is not a close relative, by arrangement with the parents. The council has to be told.",
        "privately fostered",
    ),
    Entry(
        "Section 47 enquiry",
        "",
        "What the council has to do, under section 47 of the Children Act 1989, when a child may be suffering serious harm: find out, with the police and others, whether the child must be protected.",
        "Section 47 enquiries, Section 47, s47, s47 enquiry, s47 enquiries, child protection enquiry, child protection enquiries",
    ),
    Entry(
        "significant harm",
        "",
        "Harm that is serious enough for the council to step into a family’s life. There is no fixed line: how bad it is, how long it lasts and how it affects the child all count.",
    ),
    Entry(
        "strategy discussion",
        "",
        "A quick talk between social workers, police, health and others who know the child, to decide whether to begin an enquiry and how.",
        "strategy meeting",
    ),
    Entry(
        "team around the family",
        "TAF",
        "The people who help a family with early help, and the family itself, working to one plan.",
    ),
]
