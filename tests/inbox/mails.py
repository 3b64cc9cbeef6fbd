"""Mails for tests, whole and broken."""

from django.core.mail import EmailMultiAlternatives, get_connection

from inbox import folder

HTML = "<!doctype html><html><head><title>x</title></head><body><a href='http://testserver/p/1/'>The chapter</a></body>"


def send(subject="Your link", *, text="Open http://testserver/confirm/abc/ now.", html=HTML, **fields):
    """Send a mail into the inbox."""
    fields = {"from_email": "board@board.example", "to": ["ash@agency.example"], **fields}
    message = EmailMultiAlternatives(subject, text, connection=get_connection("inbox.backend.EmailBackend"), **fields)
    if html:
        message.attach_alternative(html, "text/html")
    return message.send()


def put(content: bytes, name="odd"):
    """Put a file into the inbox by hand."""
    folder.folder().mkdir(parents=True, exist_ok=True)
    path = folder.folder() / f"{name}{folder.ENDING}"
    path.write_bytes(content)
    return path


def the_only_name() -> str:
    """Return the name of the one mail there is."""
    [file], _ = folder.newest()
    return file.name
