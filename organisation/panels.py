"""The forms of this room, grouped by the question that the editor has in mind."""

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)

from organisation.forms import AlertBannerForm, RefusesToOverwrite
from organisation.widgets import ColourInput, SuggestsKnownAgencies

who_panels = [
    MultiFieldPanel(
        [
            FieldPanel("name", help_text="In full, for example: Northshire Safeguarding Children Board"),
            FieldPanel("short_name", help_text="For places with little room, for example: NSCB"),
            FieldPanel(
                "noun", help_text="The word that sentences use: “the board agreed…” or “the partnership agreed…”"
            ),
        ],
        heading="What are you called?",
    ),
    FieldPanel(
        "address",
        heading="Where can people write to you?",
        help_text="The postal address of the office, one line under the other. Shown at the foot of every page.",
    ),
]
look_panels = [
    MultiFieldPanel(
        [
            FieldPanel(
                "mark", help_text="A small picture beside the name: a logo without words. Empty: the site's own."
            ),
            FieldPanel("logo_text", help_text="Only if it should differ from the full name."),
        ],
        heading="What is at the top of every page?",
    ),
    MultiFieldPanel(
        [
            HelpPanel(
                "Leave a colour empty to keep the one that the site was designed with. A colour is saved only if "
                "everybody can read it. Readers whose device is set to dark keep the dark colours."
            ),
            FieldPanel(
                "colour_brand",
                widget=ColourInput("#0d4453"),
                help_text="Behind white words: the header and the footer.",
            ),
            FieldPanel("colour_link", widget=ColourInput("#0f5668"), help_text="Links in the text."),
            FieldPanel(
                "colour_accent",
                widget=ColourInput("#f4b63f"),
                help_text="Behind dark words: what is new. A light colour.",
            ),
        ],
        heading="Which colours are yours?",
    ),
]
reader_panels = [
    FieldPanel(
        "shows_review_due",
        heading="Do readers see when a page is due for review?",
        help_text="With chapters, resources and other pages. Staff see it anyway, under Reports.",
    ),
]
help_panels = [
    InlinePanel(
        "emergency_lines",
        [
            FieldPanel("contact"),
            FieldPanel(
                "area_label",
                help_text="Who should ring this number, such as: Northshire city. Leave empty if there is only one.",
            ),
        ],
        heading="Worried about a child: whom can people ring?",
        label="Number",
        help_text="At the top of every page, after 999. Number, hours and out-of-hours number come from the contact. "
        "Two or three at most.",
        max_num=4,
    ),
    MultiFieldPanel(
        [
            FieldPanel("practitioner_title", help_text="For example: Professionals: make a referral"),
            PageChooserPanel("practitioner_page", heading="Page"),
            FieldPanel("practitioner_address", help_text="Only if it is not a page of this site. Starts with https://"),
        ],
        heading="Where do professionals go?",
        help_text="One link beside the numbers, for people who work with children.",
    ),
    MultiFieldPanel(
        [
            PageChooserPanel("contacts_page", "organisation.ContactsPage"),
            PageChooserPanel("staying_safe_page"),
            FieldPanel(
                "exit_url",
                help_text="“Leave this page” takes the reader here at once. Choose something harmless that opens fast "
                "and says nothing about this site, such as a weather page.",
            ),
        ],
        heading="Which pages keep visitors safe?",
        help_text="The contacts page lists every team. The page on staying safe online is linked beside “Leave this "
        "page”.",
    ),
]
menu_panels = [
    FieldPanel(
        "header_menu",
        heading="What is in the menu at the top?",
        help_text="Press + to add an entry, at most seven: the fewer, the easier to find. A page "
        "that is not published, or is private, "
        "is left out by itself.",
    ),
    FieldPanel(
        "footer_menu",
        heading="What is at the foot of every page?",
        help_text="For example: accessibility statement, privacy, cookies, about the board.",
    ),
]
settings_form = TabbedInterface(
    [
        ObjectList(who_panels, heading="Who we are"),
        ObjectList(help_panels, heading="Getting help"),
        ObjectList(menu_panels, heading="Menus"),
        ObjectList(look_panels, heading="Look"),
        ObjectList(reader_panels, heading="What readers see"),
    ],
    base_form_class=RefusesToOverwrite,
)

contact_form = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel(
                    "agency",
                    widget=SuggestsKnownAgencies,
                    help_text="The organisation, for example: Northshire Council. Contacts are listed under it, so "
                    "write it the same way each time.",
                ),
                FieldPanel(
                    "team", help_text="For example: Children's front door. Leave empty for the agency as a whole."
                ),
                FieldPanel("purpose", help_text="When to get in touch with this team, in one sentence."),
                FieldPanel(
                    "areas", widget=CheckboxSelectMultiple, help_text="Tick none if the team serves the whole area."
                ),
            ],
            heading="Who is it?",
        ),
        MultiFieldPanel(
            [
                FieldPanel("phone", help_text="With the area code, for example 01632 960001"),
                FieldPanel("email", help_text="An address of the team, not of one person."),
            ],
            heading="How can people reach them?",
        ),
        MultiFieldPanel(
            [
                FieldPanel("always_open", help_text="Then you need not say any hours."),
                FieldPanel(
                    "hours",
                    help_text="Press + to add a row of days and hours. Leave empty if not known: the site says so.",
                ),
                FieldPanel(
                    "bank_holidays",
                    heading="And on bank holidays?",
                    help_text="The site knows the days, and says “open now” or “closed” accordingly.",
                ),
            ],
            heading="When can they be reached?",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "out_of_hours_phone",
                    help_text="The number that people ring at night and at weekends, if there is one.",
                ),
                FieldPanel("out_of_hours_note", help_text="For example: Emergencies only, until 8am."),
            ],
            heading="What if they are closed?",
        ),
        MultiFieldPanel(
            [
                FieldPanel("reviewed_on", help_text="When you last rang or wrote, and found everything right."),
                FieldPanel("review_due", help_text="From this day the list of contacts shows it as due."),
            ],
            heading="When was this last checked?",
        ),
    ],
    base_form_class=RefusesToOverwrite,
)

banner_form = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel(
                    "title", help_text="A few words that say it all, for example: Our telephones are down today"
                ),
                FieldPanel("message", help_text="One or two sentences. Leave empty if the title is enough."),
                FieldPanel(
                    "level",
                    help_text="Information: good to know. Important: changes what people do. Urgent: safety at stake.",
                ),
            ],
            heading="What do people need to know?",
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("link_page"),
                FieldPanel("link_address", help_text="Only if it is not a page of this site. Starts with https://"),
                FieldPanel("link_text", help_text="For example: Numbers you can ring today"),
            ],
            heading="Where can they read more?",
            help_text="You need not give a link.",
        ),
        MultiFieldPanel(
            [
                FieldPanel("starts_at", help_text="It appears within a minute of this time."),
                FieldPanel("ends_at", help_text="Then it goes by itself. You need not do anything."),
            ],
            heading="From when until when?",
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("section", heading="Page"),
                FieldPanel("confirm"),
            ],
            heading="Where is it shown?",
            help_text="Choose a page to show the banner there and on all pages below it. Without one it is shown on "
            "every page of the site.",
        ),
    ],
    base_form_class=AlertBannerForm,
)
area_form = ObjectList([FieldPanel("name")])
