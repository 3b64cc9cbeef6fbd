"""An issue as a mail: the same items as on the page, as HTML and as plain text.

`rendering.render_issue` makes the mail once for all readers. What differs from person to person (why they get it, how
to change or stop it) has one place in each form, and `IssueMail.addressed_to` puts it there. Who gets it, and when, is
none of this package's business: here a mail goes only to whoever is trying it out (`trial`).
"""
