"""The secret part of a link to a draft. The database keeps a hash of it, from which nobody gets back to the link.

It is worked out from the link's number and the site's secret key (HMAC-SHA-256, 256 bits), so staff can copy a link
again without its being stored. A link goes on working when the key is changed; only copying it again is over then.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

SALT = "drafts.link"


def token_for(number: UUID) -> str:
    """Return the secret part of the link with this number: 43 letters, digits, dashes and underscores."""
    digest = salted_hmac(SALT, number.hex, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """Return what is stored of a secret part, whatever somebody may have typed."""
    return sha256(token.encode(errors="surrogatepass")).hexdigest()
