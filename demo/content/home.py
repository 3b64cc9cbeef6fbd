"""The home page."""

TITLE = "Keeping children safe is everyone’s work"
SUMMARY = "Procedures, tools, contacts and news for everyone who works with children and families in Marlshire."
INTRODUCTION = "For everyone who works with children and families in Wenborough and Marlshire."

# (words, what it leads to: the title of a chapter, or the slug of a page below the home page)
TASKS = [
    ("Worried about a child you work with", "if-you-work-with-children"),
    ("Make a referral", "Making a Referral to Social Care"),
    ("Find a procedure", "procedures"),
    ("Find a tool, form or strategy", "library"),
    ("Find a team", "contacts"),
    ("You disagree with another agency", "Escalation Policy"),
]

BULLETINS_TITLE = "Bulletins"
BULLETINS_SUMMARY = "What is new for everyone who works with children and families, every quarter."
LIBRARY_TITLE = "Documents library"
LIBRARY_SUMMARY = "Tools, forms, guidance, policies and strategies, always in their current version."
LIBRARY_INTRODUCTION = (
    "<p>Tools, forms, guidance and strategies, always in their current version. "
    "Everything here is a demonstration and not guidance to act on.</p>"
)
CONTACTS_TITLE = "Contacts"
CONTACTS_SUMMARY = "Every team’s number, hours and what it is for."
WHATS_NEW_TITLE = "What’s new"
WHATS_NEW_SUMMARY = "Everything that is new or has changed on this site, by day."
WHATS_NEW_INTRODUCTION = (
    "<p>Chapters, documents, bulletins and everything else that is new, has changed or was taken out. "
    "Small corrections are left out.</p>"
)

TOPICS = [
    "Child protection",
    "Online safety",
    "Neglect",
    "Early help",
    "Domestic abuse",
    "Exploitation",
    "Parents and carers",
    "Law",
    "Inspections and audits",
]
AUDIENCES = ["Social workers", "Health staff", "Police", "Schools", "Voluntary groups", "Families"]
