"""Invented chapters, as a rented manual would give them out."""

from tests.content.word_files import link, paragraph, table, word, zipped

OUTLINE = b"""# Our manual
0\tIntroduction
1\tHelp and protection
1.1\tEarly help\tupdated
1.2\tMaking a referral
1.3\tParticular circumstances
1.3.1\tPrivate fostering\tunder review
1.3.2\tOnline harm
2\tAppendices
2.1\tLocal contacts
"""


def page(body: str, *, title: str = "", head: str = "") -> bytes:
    """A web page of the old manual, with what surrounded each chapter there."""
    return f"""<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>
    <div class="header-nav"><a href="index.html">Home</a> <a href="search.html">Search the manual</a></div>
    <div id="breadcrumbs">You are here: Manual &gt; Chapters</div>
    <div class="content">{body}</div>
    <p><a href="#top">Back to top</a></p>
    <div class="footer">Copyright of the old provider</div></body></html>""".encode()


EARLY_HELP = page(
    """<h1>1.1 Early Help</h1>
    <table class="scopebox"><tr><td><b>SCOPE OF THIS CHAPTER</b>
    <p>For <b>everybody</b> who works with families.</p></td></tr>
    <tr><td><b>RELATED CHAPTERS</b><p><a href="referral.html">Making a Referral</a></p>
    <p><a href="gone.html">Old chapter</a></p></td></tr>
    <tr><td><b>RELEVANT GUIDANCE</b>
    <ul><li><a href="https://guidance.example/children">Helping children</a></li></ul></td></tr>
    <tr><td><b>AMENDMENT</b><p>This chapter was updated in May 2016.</p></td></tr></table>
    <ul><li><a href="#s1">1. Introduction</a></li><li><a href="#s2">2. What to do</a></li>
    <li><a href="#s3">Forms</a></li></ul>
    <h2><a name="s1"></a>1. Introduction</h2><p>Families need help <i>early</i>. See <a href="#s2">below</a>.</p>
    <h2>2. What to do</h2>
    <ol><li>Listen<ul><li>to the child</li></ul></li><li>Write it down</li></ol>
    <h3>2.1 Who to tell</h3><p>Tell your <a href="../manual/referral.html#s4">lead</a>, ring 01632 960123 or write to
    <a href="mailto:help@board.example">help@board.example</a>.</p>
    <h4>2.1.1 Out of hours</h4><p>Ring the <a href="https://old.example/manual/online.htm">other team</a>.</p>
    <h2>Forms</h2>
    <table border="1"><tr><th>Form</th><th>When</th></tr><tr><td>A</td><td>At <b>once</b></td></tr></table>
    <div class="callout"><h4>You must</h4><p>Never promise secrecy.</p></div>
    <p><img src="pictures/map.png" alt="A map of the teams"> <img src="pictures/missing.png" alt="Lost"></p>
    <p>See the <a href="files/form.pdf">form</a>.</p>""",
    title="Early Help | Manual",
)
REFERRAL = page("<h1>Making a Referral</h1><h2>How</h2><p>First <a href='early-help.html'>help early</a>.</p>")
ONLINE = page("<h1>Online Harms</h1><p>Words before a heading.</p><h2>Signs</h2><p>Many.</p>")
FOSTERING = word(
    paragraph("Private Fostering", style="Title"),
    paragraph("What it is", style="Heading1"),
    paragraph("A child lives with others for 28 days or more."),
    paragraph("one", level=0),
    paragraph("below it", level=1),
    table([["When", "Whom to tell"], ["At once", "The council"]]),
    link("Early help", "r5"),
    links={"r5": "https://old.example/manual/early-help.html"},
)
CONTACTS = b"Local contacts\n\nTeams\n\nRing 01632 960123.\n"


def manual(png: bytes = b"", **more) -> dict[str, bytes]:
    """The files of a small manual, by name."""
    return {
        "outline.txt": OUTLINE,
        "index.html": page("<h1>Contents</h1><ul><li><a href='early-help.html'>Early Help</a></li></ul>"),
        "early-help.html": EARLY_HELP,
        "referral.html": REFERRAL,
        "1.3.1 Fostering.docx": FOSTERING,
        "online.htm": ONLINE,
        "contacts.txt": CONTACTS,
        "files/form.pdf": b"%PDF-1.7",
        "pictures/map.png": png,
    } | more


def zip_of(files: dict[str, bytes]) -> bytes:
    """The same as a zip file."""
    return zipped(files)
