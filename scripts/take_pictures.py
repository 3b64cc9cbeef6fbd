"""Takes the pictures in docs/pictures: `make pictures`. They show the demonstration site on a throw-away database.

Needs a Chromium (CHROMIUM_PATH, or one on the path) and Playwright. Run it after changing the look or the admin, and
look at every picture before committing it.
"""

import io
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import wagtail
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000  # Bytes.
# Without these Chromium tries to reach its maker's servers.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
STILL = """*, *::before, *::after { transition: none !important; animation: none !important }
* { caret-color: transparent !important }"""
WINDOW = {"width": 1280, "height": 900}
CHAPTER = "Implementation of Child Protection Plans"
# Invented, with a little of everything that an import recognises.
BULLETIN = """Marlshire Safeguarding Children Board
Quarterly bulletin, April 2018

Priorities for the year

The board has agreed three priorities:
- online safety
- neglect
- early help

New criminal offence

Section 67 of the Serious Crime Act 2015 came into force on 3 April 2017. It is an offence for an adult to communicate
sexually with a child. The maximum penalty is two years in prison.

Early help

Ring the early help team on 01632 960003, or write to early.help@wenborough.example.

Joint targeted area inspection

Inspectors looked at how agencies work together where children live with domestic abuse.

Examples of good practice:
- Police and social workers speak on the same day
- Schools are told before lessons begin

Areas for further development:
- Family doctors are asked too late
- Plans do not always name a date

Future news

Please send items for the next bulletin to office@board.example by 2 July 2018.
"""


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def throwaway_site():
    """Serve a new demonstration site.

    Yields its address, who signs in, their password, and what fills it with some weeks of what readers do.
    """
    folder = tempfile.mkdtemp(prefix="board-pictures-")
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
        "VAR_DIR": folder,
        "DEVELOPMENT": "true",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "EMAIL_URL": "memorymail://",
        "PYTHONUNBUFFERED": "1",
    }
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def let_weeks_pass():
        subprocess.run([sys.executable, "-m", "scripts.busy_weeks"], cwd=ROOT, env=environment, check=True)

    try:
        welcome = "".join(iter(server.stdout.readline, "  Ctrl-C stops it.\n"))
        email, password = (re.search(rf"{what}\s+(\S+)", welcome)[1] for what in ("Staff login", "Password"))
        yield f"http://127.0.0.1:{port}", email, password, let_weeks_pass
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def save(name: str, picture: bytes):
    """Write a picture with as many colours as fit into the largest size allowed. Raises ValueError when none do."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32):
        packed = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() < LARGEST:
            (PICTURES / f"{name}.png").write_bytes(packed.getvalue())
            print(f"docs/pictures/{name}.png: {image.width} × {image.height}, {packed.tell() // 1000} kB")
            return
    raise ValueError(f"{name} is larger than {LARGEST} bytes with 32 colours; show less of the screen.")


def settled(page: Page) -> Page:
    """Wait until everything is loaded and still."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    # Not a style element: the public pages' policy refuses those.
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }",
        STILL,
    )
    page.wait_for_timeout(400)
    return page


def shot(page: Page, name: str, *, clip: tuple[int, int, int, int] | None = None):
    """Take a picture of what the window shows, or of a part: (left, top, width, height)."""
    part = dict(zip(("x", "y", "width", "height"), clip, strict=True)) if clip else None
    save(name, settled(page).screenshot(clip=part))


def scroll_to(page: Page, selector: str):
    """Put what a selector finds below the bar at the top of a screen of the admin."""
    settled(page).locator(selector).evaluate(
        "found => found.closest('main').scrollBy({top: found.getBoundingClientRect().top - 72, behavior: 'instant'})"
    )


def take_public_pictures(browser, address):
    """The home page."""
    desk = browser.new_page(base_url=address, viewport={"width": 1280, "height": 800})
    desk.goto("/")
    desk.reload()  # The site's own font is used from the second view on.
    shot(desk, "home")


def sign_in(page: Page, email: str, password: str):
    """Sign in to the admin."""
    page.goto("/admin/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def take_writing_pictures(page: Page):
    """The first page, a new issue, the preview and the question."""
    shot(page, "first-page", clip=(0, 0, 1200, 620))
    page.click("text=Start an empty issue")
    page.wait_for_selector("[name=quarter_label]")
    shot(page, "new-issue", clip=(200, 0, 1080, 780))
    page.goto("/bulletins/")
    page.click(".archive__issue h3 a >> nth=0")
    latest = page.locator("meta[property='og:title']").get_attribute("content")
    page.goto(f"/admin/pages/search/?q={latest}")
    page.click(f"main a:has-text('{latest}') >> nth=0")
    page.wait_for_selector("[name=items-0-value-heading]")
    page.click("button[aria-label='Toggle preview']")
    page.frame_locator("#w-preview-iframe").locator("h1").wait_for()
    page.locator("[name=items-0-value-heading]").scroll_into_view_if_needed()
    shot(page, "preview", clip=(200, 0, 1080, 800))
    page.click("button[aria-label='Toggle preview']")
    page.check("[name=change_significance][value=major]")
    page.fill("[name=change_note]", "The date of the training in Wenborough is now 14 March.")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    shot(page, "change-question", clip=(200, 250, 1080, 650))


def take_import_pictures(page: Page):
    """The upload, and the report that follows."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/bulletins/import/")
    page.set_input_files(
        "input[type=file]",
        {"name": "bulletin-april-2018.txt", "mimeType": "text/plain", "buffer": BULLETIN.encode()},
    )
    shot(page, "import", clip=(200, 0, 1080, 900))
    page.click("button:has-text('Make a draft')")
    page.wait_for_url("**/admin/bulletins/import/*/")
    page.locator(".messages").evaluate("element => element.remove()")
    shot(page, "import-report", clip=(200, 0, 1080, 860))


def open_editor(page: Page, title: str):
    """Open the editor of the page with this title."""
    page.goto(f"/admin/pages/search/?q={title}")
    page.click(f"main a:has-text('{title}') >> nth=0")
    page.wait_for_selector("[name=search_description]")


def take_draft_pictures(page: Page, approver: Page):
    """A chapter: what the checks say of a draft, its link, the bundle, what the approver sees, the way off the site."""
    open_editor(page, CHAPTER)
    number = re.search(r"/pages/(\d+)/", page.url)[1]
    shot(page, "chapter", clip=(200, 0, 1080, 800))
    page.fill("[name=search_description]", "Who does what, and whom the CSE team rings first.")
    page.check("[name=change_significance][value=major]")
    page.fill("[name=change_note]", "Whom to ring first is now in the summary.")
    with page.expect_navigation():
        page.click("button:has-text('Save draft')")
    page.click("[data-side-panel-toggle=checks]")
    page.locator("[data-proof]").get_by_text("CSE").first.wait_for()
    page.locator(".messages").evaluate("element => element.remove()")
    shot(page, "checks", clip=(200, 0, 1080, 700))
    page.click("[data-side-panel-toggle=checks]")
    page.goto(f"/admin/drafts/{number}/")
    shot(page, "share-draft", clip=(200, 0, 1080, 620))
    page.goto(f"/admin/bundles/put/{number}/")
    page.fill("[name=title]", "Child protection plans, from April")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    shot(page, "bundle", clip=(200, 0, 1080, 560))
    page.goto(f"/admin/pages/{number}/edit/")
    page.click("button:has-text('More actions')")
    with page.expect_navigation():
        page.get_by_role("button", name="Submit to Procedures").click()
    approver.goto(f"/admin/approval/{number}/look/")
    shot(approver, "approve", clip=(200, 0, 1080, 860))
    page.goto(f"/admin/approval/{number}/publish/")
    shot(page, "publish-without-approval", clip=(200, 0, 1080, 890))
    page.goto(f"/admin/pages/{number}/withdraw/")
    shot(page, "withdraw", clip=(200, 0, 1080, 800))


def take_office_pictures(page: Page):
    """The issue as a mail, the library, and the lists and reports of the office."""
    page.goto("/bulletins/")
    page.click(".archive__issue h3 a >> nth=0")
    open_editor(page, page.locator("meta[property='og:title']").get_attribute("content"))
    number = re.search(r"/pages/(\d+)/", page.url)[1]
    page.goto(f"/admin/bulletins/{number}/mail/")
    # Not as far as the field that shows a time in the language of the browser.
    shot(page, "mail", clip=(200, 0, 1080, 680))
    page.goto("/library/")
    page.click("main .library__title a >> nth=0")
    open_editor(page, page.locator("meta[property='og:title']").get_attribute("content"))
    shot(page, "resource", clip=(200, 0, 1080, 800))
    for name, address, height in (
        ("reviews", "/admin/review-dates/", 520),
        ("audit", "/admin/audit/", 640),
    ):
        page.goto(address)
        shot(page, name, clip=(200, 0, 1080, height))


def take_pictures_of_what_came_in(page: Page):
    """What readers sent in, what they look for and download, and links that are broken."""
    for name, address, height in (
        ("suggestions", "/admin/suggested-amendments/", 380),
        ("formats", "/admin/accessible-formats/", 440),
        ("broken-links", "/admin/reports/links/", 440),
    ):
        page.goto(address)
        shot(page, name, clip=(200, 0, 1080, height))
    page.goto("/admin/news-for-the-bulletin/")
    page.click("main td a:has-text('young carers')")
    page.wait_for_selector("button:has-text('Accept into the issue')")
    scroll_to(page, "main h2:has-text('What has happened')")
    shot(page, "news", clip=(200, 0, 1080, 900))
    for name, address, height in (
        ("downloads", "/admin/reports/downloads/", 702),
        ("searches", "/admin/searches/", 800),
        ("nothing-found", "/admin/searches/nothing-found/", 360),
    ):
        page.set_viewport_size({"width": 1280, "height": height})
        page.goto(address)
        # The fields above it show days in the language of the browser.
        scroll_to(page, "main h2 >> nth=0")
        shot(page, name, clip=(200, 0, 1080, height))
    page.set_viewport_size(WINDOW)


def take_pictures_of_lists(page: Page):
    """What staff look after: topics, the glossary, contacts, banners, and who gets alerts."""
    page.goto("/admin/topics/")
    shot(page, "topics", clip=(200, 0, 1080, 572))
    for name, address, words in (
        ("glossary", "/admin/snippets/content/glossaryterm/", "designated safeguarding lead"),
        ("contact", "/admin/snippets/organisation/contact/", "Early help, city"),
        ("banner", "/admin/snippets/organisation/alertbanner/", "The office is closed"),
    ):
        page.goto(address)
        page.click(f"main td a:has-text('{words}') >> nth=0")
        page.wait_for_selector("footer button:has-text('Save')")
        shot(page, name, clip=(200, 0, 1080, 900))
    page.goto("/admin/alert-subscribers/")
    shot(page, "subscribers", clip=(200, 0, 1080, 480))
    page.goto("/admin/alert-messages/")
    page.click("main td a:has-text('Escalation Policy') >> nth=0")
    shot(page, "message", clip=(200, 0, 1080, 420))


def main():
    """Take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    with throwaway_site() as (address, email, password, let_weeks_pass), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        take_public_pictures(browser, address)
        page = browser.new_page(base_url=address, viewport=WINDOW)
        sign_in(page, email, password)
        take_writing_pictures(page)
        take_import_pictures(page)
        # A person of their own, so a browser of their own.
        approver = browser.new_context(base_url=address, viewport=WINDOW).new_page()
        sign_in(approver, "approver@board.example", password)
        take_draft_pictures(page, approver)
        take_office_pictures(page)
        let_weeks_pass()
        take_pictures_of_what_came_in(page)
        take_pictures_of_lists(page)
        browser.close()
    # Whether they still hold is asked by guide.checks.
    taken = {"on": datetime.now(UTC).date().isoformat(), "wagtail": wagtail.__version__}
    (PICTURES / "taken.json").write_text(json.dumps(taken) + "\n")


if __name__ == "__main__":
    main()
