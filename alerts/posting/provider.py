"""The exceptions of django-anymail, which a site has only where a provider sends its mail; elsewhere there are none."""

from importlib.util import find_spec

API_ERROR: type[Exception] | tuple = ()
RECIPIENT_REFUSED: type[Exception] | tuple = ()

if find_spec("anymail"):
    from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused

    API_ERROR, RECIPIENT_REFUSED = AnymailAPIError, AnymailRecipientsRefused
