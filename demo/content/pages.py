"""The pages that explain: about the board, accessibility, privacy, cookies, staying safe online, sending news."""

from dataclasses import dataclass, field

from demo.content.writing import callout, contact, text


@dataclass(frozen=True)
class Explanation:
    """An information page, and what stands below it."""

    slug: str
    title: str
    summary: str
    body: list
    children: list["Explanation"] = field(default_factory=list)


ABOUT = Explanation(
    "about",
    "About the board",
    "Who we are, what we do, and what we cannot do for you.",
    text(
        "<p>The board brings together the people who keep children safe in Wenborough and Marlshire: both councils, the "
        "police, health services, schools, probation and voluntary groups.</p>"
        "<h2>What we do</h2><ul><li>We write the procedures that every agency follows.</li><li>We check how well agencies "
        "work together, by audits and reviews, and say what we find.</li><li>We train people who work with children and "
        "families.</li><li>We publish a bulletin every quarter.</li></ul>"
        "<h2>What we do not do</h2><p>We do not take referrals and we do not look after single cases. If you are worried "
        "about a child, the number at the top of every page is the right one.</p>"
        "<h2>How we work</h2><p>The board meets every quarter. An independent chair leads it. Sub-groups for education, "
        "health, training and audit do the work between meetings, and young people advise us before we decide.</p>"
        "<h2>Get in touch</h2>",
        contact("Board office"),
    ),
)

STAYING_SAFE = Explanation(
    "staying-safe-online",
    "Staying safe online",
    "How to look at this site without somebody else knowing, and what our exit button does and does not do.",
    text(
        "<p>Somebody may be watching what you do on your phone or computer. This page says what you can do about it.</p>",
        callout("If you are in danger now", "<p>Call 999. If you cannot speak, press 55 when you are asked to.</p>"),
    )
    + text(
        "<h2>What “Leave this page” does</h2><p>The button takes you to a weather page at once. Pressing the Shift key "
        "three times does the same. What you were reading is hidden before the other page has loaded, and the back button "
        "does not bring it up again. It can still lead to pages you read before that one.</p>"
        "<p><b>It does not delete your history.</b> Somebody who looks at the "
        "history of the browser can still see that you were here.</p>"
        "<h2>Looking without leaving traces</h2><ul><li>Use a phone or computer that the other person cannot get at: at a "
        "library, at school, at work or at a friend’s.</li><li>Open a private window before you start. In most browsers it "
        "is in the menu, called “New private window” or “New incognito window”. Close it when you have finished.</li>"
        "<li>Delete single entries from the history, not all of it. An empty history can look suspicious.</li></ul>"
        "<h2>Your phone</h2><p>If somebody seems to know where you are or what you write, there may be an app on your phone "
        "that tells them. Do not remove it before you have spoken to somebody: they may notice. The police can help, on "
        "101.</p>"
        "<h2>What this site keeps</h2><p>Nothing about you. We set no cookies for readers and load nothing from other "
        'companies. Read more in our <a href="/privacy/">privacy notice</a>.</p>'
    ),
)

ACCESSIBILITY = Explanation(
    "accessibility",
    "Accessibility statement",
    "How accessible this website is, what does not work yet, and how to ask for something in another form.",
    text(
        "<p>We want everyone to be able to use this website. You should be able to:</p><ul><li>zoom in to 400% without "
        "anything disappearing</li><li>use every part of it with a keyboard or by voice</li><li>listen to it with a screen "
        "reader</li><li>change colours, contrast and text size</li><li>read it without JavaScript, and on paper</li></ul>"
        "<h2>How accessible it is</h2><p>The pages of this website are built and tested to meet the Web Content "
        "Accessibility Guidelines version 2.2, level AA. Every type of page is checked by machine each time the software "
        "changes, and by hand with a keyboard and at the width of a small phone.</p>"
        "<h2>What may not work</h2><p>Some documents that other organisations gave us may not read well with a screen "
        "reader. Ask us and we will send you another form of them.</p>"
        "<h2>Ask for something in another form</h2><p>Tell us what you need and how you would like it: large print, easy "
        "read, audio, braille or another language. We answer within five working days.</p>",
        contact("Board office"),
    )
    + text(
        "<h2>If you are not content with our answer</h2><p>The Equality and Human Rights Commission enforces the Public "
        "Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with "
        "how we respond, contact the Equality Advisory and Support Service.</p>"
        "<h2>About this statement</h2><p>This is the statement of a demonstration website. A board that uses this software "
        "replaces it with its own after its own tests. The date of the last review stands at the end of the page.</p>"
    ),
)

COOKIES = Explanation(
    "cookies",
    "Cookies",
    "We set none when you read this website.",
    text(
        "<p>Reading this website sets no cookies. There is nothing to accept or to refuse.</p>"
        "<h2>Staff</h2><p>When staff of the board sign in to write pages, two cookies are set in their browser. They are "
        "needed to keep them signed in and to protect forms, and they are gone within 12 hours.</p>"
        "<ul><li><b>sessionid</b> – who is signed in; 12 hours</li><li><b>csrftoken</b> – shows that a form was really "
        "sent by the person signed in; one year</li></ul>"
    ),
)

PRIVACY = Explanation(
    "privacy",
    "Privacy notice",
    "What we know about people who read this website: as little as we can.",
    text(
        "<p>You can read every page without telling us who you are.</p>"
        "<h2>What we do not do</h2><ul><li>We set no cookies for readers.</li><li>We do not follow you from page to page or "
        "count you with anybody else’s service.</li><li>We load nothing from other companies: no maps, no fonts, no "
        "films.</li></ul>"
        "<h2>What we keep</h2><p>Our server has to know the address of your device for as long as it takes to answer. The "
        "website does not write it to a log. The company that hosts the site may keep it for a few days to fend off "
        "attacks.</p><p>If you ring or write to us, we keep what you tell us only for as long as we need it to answer.</p>"
        "<p>If you say whether a page is useful, we add one to a number for that day. If you send us a form, it says for "
        "how long we keep it.</p>"
        "<p>If you search, we add one to a number for the words of that day, so that we see what is missing here. Names, "
        "numbers and addresses are taken out before that, and nothing says who searched.</p>"
        "<p>If you get alerts by e-mail, we keep your address, what you have chosen, and when and in "
        "which words you agreed. We erase the address 28 days after you stop, and after 7 days if you never confirmed it. "
        "If you ask us never to write to you, we keep the address for that alone.</p>"
        "<h2>Your rights</h2><p>You can ask what we hold about you, have it corrected or have it deleted. You can complain "
        "to the Information Commissioner’s Office.</p>"
        "<h2>Who is responsible</h2><p>This is a demonstration website with an invented board. A board that uses this "
        "software puts its own data controller and data protection officer here.</p>",
        contact("Board office"),
    ),
    [COOKIES],
)

SEND_NEWS = Explanation(
    "send-us-your-news",
    "Send us your news",
    "How to get something into the next bulletin.",
    text(
        "<p>The bulletin is for everyone who works with children and families here. Tell your colleagues in other agencies "
        "what you have learned, made or changed.</p>"
        "<h2>What to send</h2><ul><li>A title, and up to 200 words in plain English.</li><li>Your agency, and whom readers "
        "can ask.</li><li>The day it happens, or by which people should answer.</li></ul>",
        callout(
            "No details of a child or family",
            "<p>Do not send anything that could identify a child. To report a worry, ring the number at the top of the "
            "page.</p>",
        ),
    )
    + text(
        '<h2>Where to send it</h2><p><a href="/bulletins/send-news/">Use our form</a>: it says by when, and for which issue. '
        "If you would rather write, write to the board’s office.</p>",
        contact("Board office"),
    ),
)

WORRIED_AT_WORK = Explanation(
    "if-you-work-with-children",
    "Worried about a child you work with",
    "Whom to ring, what to have ready, and what happens then: for professionals and volunteers.",
    text(
        "<p>You do not have to be sure. If something about a child worries you, talk to somebody today.</p>",
        callout(
            "In danger now", "<p>Ring 999. Then tell the person in your organisation who leads on safeguarding.</p>"
        ),
    )
    + text(
        "<h2>Ring first</h2><p>Ring the team for the area in which the child lives.</p>",
        contact("Children’s first response, city"),
        contact("Children’s first response, county"),
    )
    + text(
        "<h2>Have ready, if you can</h2><ul><li>the child’s name, date of birth and address</li><li>who lives with the "
        "child, and who else is important to them</li><li>what you have seen or heard, when, and in whose words</li>"
        "<li>whether the family knows that you are ringing, and if not, why</li></ul><p>Ring even if you know none of "
        "this.</p>"
        "<h2>What happens then</h2><p>You speak to a social worker. Confirm in writing what you said, within one working "
        "day. You are told within one working day what has been decided.</p>"
        "<h2>If you disagree</h2><p>Say so the same day, to your own lead first. The [[Escalation Policy|escalation policy]] says who speaks to "
        "whom next.</p>"
        "<p>This page belongs to a demonstration website. It shows what such a page may say and is no guidance to act "
        "on.</p>"
    ),
)

EXPLANATIONS = [WORRIED_AT_WORK, ABOUT, SEND_NEWS, STAYING_SAFE, ACCESSIBILITY, PRIVACY]
