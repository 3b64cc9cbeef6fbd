"""Mail that the site has sent on this machine. Only with DEVELOPMENT=true: elsewhere these addresses do not exist."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from inbox import folder
from inbox.folder import ENDING, MailFile
from inbox.reading import in_its_frame, open_mail, read_heads

# A mail may do nothing but look as it looks. Its pictures come from the site.
FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


@never_cache
@require_safe
def show_list(request):
    """List the mails, newest first."""
    files, number = folder.newest()
    mails = [{"file": file, "heads": read_heads(file)} for file in files]
    return render(request, "inbox/list.html", {"mails": mails, "number": number, "older": number - len(files)})


@never_cache
@require_safe
def show_mail(request, name):
    """Show one mail with its headers, in a frame and as plain text."""
    file = _found(name)
    try:
        mail = open_mail(file)
    except OSError as error:
        raise Http404 from error
    return render(request, "inbox/mail.html", {"file": file, "mail": mail})


@never_cache
@xframe_options_sameorigin
@require_safe
def show_html(request, name):
    """Show the HTML of a mail, for the frame."""
    try:
        html = open_mail(_found(name)).html
    except OSError as error:
        raise Http404 from error
    return HttpResponse(in_its_frame(html), headers={"Content-Security-Policy": FRAME_POLICY})


@never_cache
@require_safe
def save(request, name):
    """Give a mail out as it was sent."""
    file = _found(name)
    try:
        opened = file.path.open("rb")
    except OSError as error:
        raise Http404 from error
    return FileResponse(opened, as_attachment=True, filename=f"{name}{ENDING}", content_type="message/rfc822")


@require_POST
def empty(request):
    """Throw all mails away."""
    folder.empty()
    return redirect("inbox:list")


def _found(name: str) -> MailFile:
    if (file := folder.find(name)) is None:
        raise Http404("There is no such mail.")
    return file
