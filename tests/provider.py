"""An OpenID Connect provider on this machine, which signs everybody in as one made-up person."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "hjemmel-test"
SUBJECT, MAIL, NAME = "jurist-1", "jurist-1@provider.invalid", "Prøve Jurist"
PERSONAL = (SUBJECT, MAIL, NAME, NAME.split()[1])
"""What the provider tells of whoever signs in."""


def key() -> RSAKey:
    """A new key, always of the same name."""
    return RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})


@dataclass
class Provider:
    """A provider that listens, and what it does wrong: claims that differ from the right ones, or refusals by path."""

    address: str
    amiss: dict[str, Any] = field(default_factory=dict)
    refusals: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The paths asked for, in order."""
    signer: RSAKey = field(default_factory=key)
    forger: RSAKey | None = None
    """Whose key signs instead, under the same name."""
    nonces: dict[str, str] = field(default_factory=dict)

    def description(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.address,
            **{f"{name}_endpoint": f"{self.address}/{name}" for name in ("authorization", "token", "end_session")},
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def tokens(self, code: str) -> dict[str, Any]:
        """What a code is exchanged for."""
        now = int(time.time())
        claims = {
            "iss": self.address,
            "sub": SUBJECT,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonces.pop(code),
            "email": MAIL,
            "name": NAME,
        }
        return {
            "id_token": jwt.encode({"alg": "RS256", "kid": "1"}, {**claims, **self.amiss}, self.forger or self.signer),
            "access_token": "opaque",
            "token_type": "Bearer",
            "expires_in": 300,
        }


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider at a port of its own, until the end of the block."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            running.asked.append(url.path)
            match url.path:
                case "/.well-known/openid-configuration":
                    self.tell(running.description())
                case "/keys":
                    self.tell({"keys": [running.signer.as_dict(private=False)]})
                case "/authorization":
                    code = f"code-{len(running.asked)}"
                    running.nonces[code] = asked["nonce"]
                    given = running.refusals.get(url.path, {"code": code})
                    self.page(f"{asked['redirect_uri']}?{urlencode({**given, 'state': asked['state']})}")
                case "/end_session":
                    self.send_response(302)
                    self.send_header("Location", asked["post_logout_redirect_uri"])
                    self.end_headers()
                case _:
                    self.send_error(404)

        def do_POST(self) -> None:
            running.asked.append(self.path)
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            assert sent["code_verifier"]
            if refusal := running.refusals.get(self.path):
                self.tell(refusal, status=400)
            else:
                self.tell(running.tokens(sent["code"][0]))

        def tell(self, told: dict[str, Any], *, status: int = 200) -> None:
            self.send(json.dumps(told).encode(), "application/json", status=status)

        def page(self, onward: str) -> None:
            words = f'<html lang="nb"><title>Prøve</title><a href="{onward.replace("&", "&amp;")}">Jeg er juristen</a>'
            self.send(words.encode(), "text/html; charset=utf-8")

        def send(self, content: bytes, media: str, *, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is written down."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    running = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
