"""A small OpenID Connect provider on this machine: a real server with a real key, that says what it is told."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "the-board", "a secret of the board"


class Provider(ThreadingHTTPServer):
    """Signs everybody in as the person in `claims`; `forge` changes the key, the audience, or whom it speaks of."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims = {"sub": "person-1", "email": "rowan@board.example", "email_verified": True, "name": "Rowan"}
        self.forge: dict = {}
        self.codes: dict[str, str] = {}

    def id_token(self) -> str:
        """Return what it says of the person, signed."""
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **self.claims, **self.forge}
        other = said.pop("other_key", False)
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048) if other else self.key
        return jwt.encode(said, key, algorithm="RS256", headers={"kid": "1"})

    def answer_to(self, method: str, path: str, sent: dict) -> tuple[int, dict]:
        """Return status and content, as OpenID Connect Core has them."""
        if path == "/.well-known/openid-configuration":
            ends = {
                "authorization_endpoint": "/authorize",
                "token_endpoint": "/token",
                "userinfo_endpoint": "/userinfo",
                "jwks_uri": "/keys",
            }
            return 200, {"issuer": self.issuer, **{name: self.issuer + end for name, end in ends.items()}}
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}
        if path == "/userinfo":
            return 200, self.claims
        if path == "/token" and self._may_have_token(sent):
            return 200, {"access_token": "opens the rest", "token_type": "Bearer", "id_token": self.id_token()}
        return 400, {"error": "invalid_request"}

    def _may_have_token(self, sent: dict) -> bool:
        verifier = sent.get("code_verifier", "").encode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        known = sent.get("client_secret") == CLIENT_SECRET and sent.get("client_id") == CLIENT_ID
        return known and self.codes.pop(sent.get("code"), None) == challenge

    def sign_in_at(self, address: str) -> str:
        """Do what a person does who is sent there; returns the address that they are sent back to."""
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = asked["code_challenge"]
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer({})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._answer({name: values[0] for name, values in parse_qs(body).items()})

    def _answer(self, sent):
        status, content = self.server.answer_to(self.command, urlsplit(self.path).path, sent)
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def serving():
    """A provider that answers."""
    with Provider() as provider:
        threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield provider
        provider.shutdown()
