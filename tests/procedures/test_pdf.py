"""Tagged PDFs: what is in them, what they may read, what they may cost, and what is said where there are none."""

import fcntl
import os
import socket
import threading
import time
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from PIL import Image
from pypdf import PdfReader
from wagtail.images import get_image_model

from organisation.models import Area
from procedures import pdf, typesetter
from procedures.pdf_files import files_shown_in
from procedures.print_answers import file_name
from tests.factories import forget_stored_pages, make_contact
from tests.procedures.factories import add_chapter, add_manual, add_part, block, section, subsection, text

SITE = "http://testserver/"


@pytest.fixture(autouse=True)
def _folder_of_this_test(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    # A machine that runs other tests beside this one takes longer.
    monkeypatch.setattr(pdf, "MAKING_SECONDS", 300)


def document(body: str) -> str:
    return f'<!doctype html><html lang="en-GB"><head><title>Test</title></head><body class="pdf">{body}</body></html>'


def picture(name="chart.png"):
    """Return a picture of the library."""
    file = BytesIO()
    Image.new("RGB", (300, 200), (20, 90, 110)).save(file, "PNG")
    file.seek(0)
    return get_image_model().objects.create(title="Chart", file=ImageFile(file, name=name))


def elements(reader: PdfReader, *kinds: str) -> list:
    """Return the elements of these kinds from the structure tree, in order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get"):
            if node.get("/S") in kinds:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


@pytest.fixture
def chapter(db):
    """A chapter with everything that may be in one."""
    contact = make_contact(email="team@board.example")
    area = Area.objects.create(name="Northmoor", slug="northmoor")
    shown = picture().pk
    table = {
        "caption": "When to ring",
        "columns": [{"type": "text", "heading": "Worry"}, {"type": "text", "heading": "Ring"}],
        "rows": [{"values": ["<p>In danger now</p>", "<p>999</p>"]}],
    }
    body = [
        text("Share your report. <b>Ring first.</b>"),
        block("callout", {"title": "You must", "text": "<p>Share it.</p>"}),
        block("table", table),
        block("image", {"image": shown, "alt_text": "Referrals by year", "decorative": False, "caption": "Referrals"}),
        block("image", {"image": shown, "alt_text": "", "decorative": True, "caption": ""}),
        block("contact", contact.pk),
        block("local", {"area": area.pk, "body": [text("Ring the team of this area.")]}),
        subsection("Parents and carers", text("Speak with them. שלום")),
    ]
    part = add_part(add_manual(), title="Child protection", slug="child-protection")
    return add_chapter(
        part, title="Conferences", scope="<p>Everybody.</p>", sections=[section("Who attends", *body), section("When")]
    )


@pytest.mark.pdf
class TestAPdf:
    def test_is_tagged_as_pdf_ua_and_says_what_it_is_and_how_long_it_is_valid(self, client, chapter):
        response = client.get(f"{chapter.url}pdf/")
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'inline; filename="1.1-conferences-edition-1.pdf"'
        assert response["X-Robots-Tag"] == "noindex"
        reader = PdfReader(BytesIO(b"".join(response.streaming_content)))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en-GB"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata.title == "1.1 Conferences"
        assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
        headings = [node["/S"] for node in elements(reader, "/H1", "/H2", "/H3")]
        assert headings == ["/H1", "/H2", "/H2", "/H3", "/H2"]
        assert [mark.title for mark in reader.outline if not isinstance(mark, list)] == ["1.1 Conferences"]
        # The picture that is only decoration is left out, so that none is without a description.
        assert [node.get("/Alt") for node in elements(reader, "/Figure")] == ["Referrals by year"]
        assert len(elements(reader, "/TH")) == 2
        assert all(node["/A"]["/Headers"] for node in elements(reader, "/TD"))
        assert elements(reader, "/Link")
        said = " ".join(page.extract_text() for page in reader.pages)
        for words in ("Conferences, edition 1", "Printed on", "Valid until", f"1 of {len(reader.pages)}", "Northmoor"):
            assert words in said
        # True for a minute only.
        assert "Open" not in said
        assert "Opening hours" not in said
        fonts = {str(font["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
        assert any("Atkinson" in font for font in fonts)

    def test_of_a_set_has_a_cover_a_list_with_page_numbers_and_a_page_for_each_chapter(self, client, chapter):
        part = chapter.get_parent()
        add_chapter(part, title="Core groups")
        response = client.get(f"{part.get_parent().url}pdf/set/?c={part.pk}")
        assert response["Content-Disposition"] == (
            f'inline; filename="procedures-manual-2-chapters-{date.today()}.pdf"'
        )
        reader = PdfReader(BytesIO(b"".join(response.streaming_content)))
        cover, last = reader.pages[0].extract_text(), reader.pages[-1].extract_text()
        assert "2 chapters" in cover
        assert "1.2 Core groups" in " ".join(cover.split())
        assert str(len(reader.pages)) in cover.split("Core groups")[1]
        assert "1.2 Core groups, edition 1" in last

    def test_as_it_was_says_so_on_every_page(self, client, chapter):
        response = client.get(f"{chapter.url}pdf/?on={date.today()}")
        reader = PdfReader(BytesIO(b"".join(response.streaming_content)))
        assert all("As it was on" in page.extract_text() for page in reader.pages)
        assert not any("Valid until" in page.extract_text() for page in reader.pages)

    def test_is_made_once_and_kept(self, client, chapter, monkeypatch):
        first = client.get(f"{chapter.url}pdf/")
        content = b"".join(first.streaming_content)
        monkeypatch.setattr(pdf, "_set", lambda work: pytest.fail("made again"))
        forget_stored_pages()
        assert b"".join(client.get(f"{chapter.url}pdf/").streaming_content) == content
        again = client.get(f"{chapter.url}pdf/", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304

    def test_leaves_nothing_behind_but_the_file(self, tmp_path):
        pdf.pdf_of(document("<p>x</p>"), base_url=SITE).close()
        assert len(list((tmp_path / "pdf").glob("*.pdf"))) == 1
        assert not list((tmp_path / "pdf").glob("work-*"))


def _fonts(page):
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


@pytest.mark.pdf
class TestReading:
    """What a PDF is made from is ours, whatever the text says."""

    def test_asks_no_other_machine_and_no_file_of_this_one(self, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("the secret of this machine")
        with listening() as (port, connections):
            there = f"http://127.0.0.1:{port}/x"
            body = "".join(
                f'<img src="{address}" alt="x"><a rel="attachment" href="{address}">x</a>'
                f'<link rel="stylesheet" href="{address}"><link rel="attachment" href="{address}">'
                f'<style>@import url("{address}"); p {{ background: url("{address}") }}'
                f'@font-face {{ font-family: x; src: url("{address}") }}</style>'
                f'<object data="{address}"></object><embed src="{address}"><p style="font-family: x">x</p>'
                f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}"/><use href="{address}#a"/></svg>'
                for address in (there, f"{there}.css", secret.as_uri(), "file:///etc/hostname", "ftp://127.0.0.1/x")
            )
            content = pdf.pdf_of(document(body), base_url=SITE).read()
            assert connections == []
        reader = PdfReader(BytesIO(content))
        assert not reader.attachments
        assert "secret" not in " ".join(page.extract_text() for page in reader.pages)


class TestFiles:
    def test_are_only_pictures_that_pages_show(self, tmp_path, settings):
        for name in ("images/shown.png", "original_images/hidden.png", "documents/hidden.png", "images/hidden.txt"):
            path = Path(settings.MEDIA_ROOT) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        addresses = [
            "/media/images/shown.png",
            "/media/images/hidden.txt",
            "/media/original_images/hidden.png",
            "/media/images/../original_images/hidden.png",
            "/media/images/%2e%2e/original_images/hidden.png",
            "/media/images/..%2foriginal_images%2fhidden.png",
            "/media/images/absent.png",
            "http://other.example/media/images/shown.png",
            "//other.example/media/images/shown.png",
            "http://testserver@other.example/media/images/shown.png",
            "http://[broken/media/images/shown.png",
            "file:///media/images/shown.png",
            "data:image/png;base64,AAAA",
            "/media/images/%00.png",
        ]
        body = "".join(f'<img src="{address}" alt="">' for address in addresses)
        found = files_shown_in(document(body), base_url=SITE, folder=tmp_path)
        assert list(found) == ["http://testserver/media/images/shown.png"]

    def test_are_no_more_than_fit(self, tmp_path, monkeypatch, settings):
        monkeypatch.setattr("procedures.pdf_files.MOST_BYTES", 3)
        for number in range(2):
            path = Path(settings.MEDIA_ROOT) / f"images/{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"xx")
        body = "".join(f'<img src="{default_storage.url(f"images/{number}.png")}">' for number in range(2))
        assert len(files_shown_in(document(body), base_url=SITE, folder=tmp_path)) == 1


@contextmanager
def listening():
    """Listen on a port of this machine; yields the port and a list of who connected."""
    connections = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def accept():
            while not over.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                connections.append(address)
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], connections
        over.set()
        thread.join()


@contextmanager
def locked(*names):
    """Hold locks as another process would that is making a PDF."""
    files = [(pdf._folder() / f"{name}.lock").open("a") for name in names]
    for file in files:
        fcntl.flock(file, fcntl.LOCK_EX)
    yield
    for file in files:
        file.close()


class TestCost:
    @pytest.fixture(autouse=True)
    def _switched_on(self, monkeypatch):
        monkeypatch.setattr(pdf, "is_switched_on", lambda: True)
        monkeypatch.setattr(pdf, "version", lambda name: "1")

    def test_of_asking_whether_it_is_there_is_none(self, client, chapter, monkeypatch):
        monkeypatch.setattr(pdf, "pdf_of", lambda *args, **named: pytest.fail("made"))
        response = client.head(f"{chapter.url}pdf/")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert response["ETag"].startswith('"')

    def test_is_borne_for_one_at_a_time_and_others_wait_only_so_long(self, client, chapter, monkeypatch):
        monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.2)
        with locked("turn"):
            response = client.get(f"{chapter.url}pdf/")
        assert response.status_code == 503
        assert response["Retry-After"] == "20"
        assert "PDFs are being made now" in response.content.decode()

    def test_of_waiting_is_not_borne_for_more_than_a_few(self, client, chapter):
        begun = time.monotonic()
        with locked("turn", *(f"place-{number}" for number in range(pdf.MOST_WAITING + 1))):
            assert client.get(f"{chapter.url}pdf/").status_code == 503
        assert time.monotonic() - begun < pdf.WAIT_SECONDS / 2

    @pytest.mark.parametrize(
        ("program", "status", "words"),
        [
            ("import sys; sys.exit(1)", 503, "The PDF could not be made."),
            ("import os; os.kill(os.getpid(), 9)", 503, "The PDF could not be made."),
            ("pass", 503, "The PDF could not be made."),
            (f"import sys; sys.exit({typesetter.TOO_LONG})", 400, "This is too long for one PDF."),
            ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", 400, "This is too long for one PDF."),
        ],
        ids=["fails", "is killed", "writes nothing", "too many pages", "takes too long"],
    )
    def test_that_is_too_high_or_failure_is_told_in_plain_words(
        self, client, chapter, monkeypatch, tmp_path, program, status, words
    ):
        (tmp_path / "broken.py").write_text(program)
        monkeypatch.setattr(typesetter, "__file__", str(tmp_path / "broken.py"))
        response = client.get(f"{chapter.url}pdf/")
        soup = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == status
        assert words in soup.main.get_text()
        assert soup.select_one("main .button")["href"] == f"{chapter.url}print/"
        assert not list((tmp_path / "pdf").glob("work-*"))

    def test_that_takes_longer_than_readers_wait_is_finished_for_those_who_ask_again(
        self, client, chapter, monkeypatch, tmp_path
    ):
        program = """
            import json, sys, time, pathlib
            folder = pathlib.Path(sys.argv[1])
            while not (folder.parent / "go").exists():
                time.sleep(0.05)
            pathlib.Path(json.loads((folder / "task.json").read_text())["result"]).write_bytes(b"%PDF")
        """
        (tmp_path / "slow.py").write_text(dedent(program))
        monkeypatch.setattr(typesetter, "__file__", str(tmp_path / "slow.py"))
        monkeypatch.setattr(pdf, "MAKING_SECONDS", 0.5)
        monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.2)
        # The second finds that it is still being made: the program has the lock.
        assert [client.get(f"{chapter.url}pdf/").status_code for _ in range(2)] == [503, 503]
        assert len(list((tmp_path / "pdf").glob("work-*"))) == 1
        (tmp_path / "pdf" / "go").touch()
        monkeypatch.setattr(pdf, "WAIT_SECONDS", 30)
        assert b"".join(client.get(f"{chapter.url}pdf/").streaming_content) == b"%PDF"

    def test_of_many_chapters_is_not_borne(self, client, chapter, monkeypatch):
        monkeypatch.setattr("procedures.print_answers.MOST_IN_PDF", 1)
        part = chapter.get_parent()
        add_chapter(part)
        response = client.get(f"{part.url}pdf/")
        assert "These are 2 chapters. 1 fit into one PDF" in response.content.decode()

    def test_in_room_is_bounded_in_time_and_size(self, tmp_path, monkeypatch):
        monkeypatch.setattr(pdf, "KEPT_BYTES", 25)
        folder = pdf._folder()
        for age, name in enumerate(("new", "second", "third", "fourth")):
            (folder / f"{name}.pdf").write_bytes(b"x" * 10)
            os.utime(folder / f"{name}.pdf", (time.time() - age * 60,) * 2)
        os.utime(folder / "second.pdf", (time.time() - pdf.KEPT_SECONDS - 60,) * 2)
        left, held = folder / "work-left", folder / "work-held"
        left.mkdir()
        held.mkdir()
        os.utime(left, (time.time() - pdf.LEFT_BEHIND_SECONDS - 60,) * 2)
        pdf._tidy()
        assert {path.name for path in folder.iterdir()} == {"new.pdf", "third.pdf", "work-held"}

    def test_of_a_text_of_megabytes_is_not_borne(self):
        with pytest.raises(pdf.TooLong):
            pdf.pdf_of("x" * (pdf.LONGEST_TEXT + 1), base_url=SITE)


@pytest.mark.django_db
class TestWithoutWeasyPrint:
    def test_says_so_and_how_to_save_one_anyway(self, client, monkeypatch):
        monkeypatch.setattr(pdf, "is_switched_on", lambda: False)
        manual = add_manual()
        part = add_part(manual)
        chapter = add_chapter(part)
        for address in (f"{chapter.url}pdf/", f"{part.url}pdf/", f"{manual.url}pdf/set/?c={chapter.pk}"):
            response = client.get(address)
            assert response.status_code == 404
            said = BeautifulSoup(response.content, "html.parser").main.get_text()
            assert "PDFs are not switched on here." in said
            assert "choose “Save as PDF”" in said

    def test_is_found_out_without_loading_it(self, monkeypatch):
        monkeypatch.setattr(pdf, "find_spec", lambda name: None)
        assert pdf.is_switched_on.__wrapped__() is False

    def test_without_pango_counts_as_without(self, monkeypatch):
        def absent(name):
            raise OSError(name)

        monkeypatch.setattr(pdf, "find_spec", lambda name: True)
        monkeypatch.setattr(pdf, "CDLL", absent)
        monkeypatch.setattr(pdf, "LIBRARIES", {"linux": ("x",), "darwin": ("x",)})
        assert pdf.is_switched_on.__wrapped__() is False


class TestFileNames:
    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("1.4-Child protection conferences-edition-5", "1.4-child-protection-conferences-edition-5.pdf"),
            ('-"; filename="x.exe\r\nX-Evil: 1-edition-1', "filenamexexe-x-evil-1-edition-1.pdf"),
            ("-שלום 🙂", "chapter.pdf"),
            ("1.1-../../etc/passwd", "1.1-etcpasswd.pdf"),
            ("1.1-" + "x" * 500, f"1.1-{'x' * 116}.pdf"),
        ],
    )
    def test_hold_letters_digits_and_hyphens_only(self, words, name):
        assert file_name(words, day=None, is_single=True) == name

    def test_of_a_set_say_its_day(self):
        assert file_name("1-Part", day=date(2017, 3, 10), is_single=False) == "1-part-2017-03-10.pdf"
