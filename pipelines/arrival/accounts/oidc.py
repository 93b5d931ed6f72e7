"""Signing in with an account of the office's own: OpenID Connect, authorization code with PKCE.

The provider only says who somebody is; what that person may do is the invited account's. Authlib speaks
OAuth, joserfc reads the signed token; both are loaded only where an office has such accounts.
"""

from __future__ import annotations

import hmac
import os
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from pipelines.arrival.accounts.store import login_key, new_secret
from pipelines.reference.settings import Oidc

SECRET = "THIDUA_OIDC_SECRET"  # noqa: S105 - the name of a variable
SIGNED_BY = ["RS256", "PS256", "ES256"]
"""Never ``none``, never a key both sides know."""
TIMEOUT, KNOWN_FOR = 10, 3600
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class CannotSignIn(Exception):
    """Why the provider's word is not taken; for the journal, not for strangers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the provider; kept by the visitor, signed, until the answer comes."""

    state: str
    nonce: str
    verifier: str


class Provider:
    """The provider of one office."""

    def __init__(self, settings: Oidc, address: str) -> None:
        """Name it; nothing is asked yet.

        Args:
            settings: of this installation.
            address: where the provider sends visitors back to.
        """
        self._settings, self._address = settings, address
        self._known: tuple[float, dict[str, Any]] | None = None

    def begin(self) -> tuple[Asked, str]:
        """What to remember, and where the visitor signs in.

        Raises:
            CannotSignIn: the provider does not answer as one.
        """
        asked = Asked(new_secret(), new_secret(), new_secret())
        with self._session() as session:
            address, _ = session.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=asked.state,
                nonce=asked.nonce,
                code_verifier=asked.verifier,
            )
        return asked, address

    def login(self, asked: Asked, answer: dict[str, str]) -> str:
        """The login of whoever comes back.

        Args:
            asked: what this very visitor asked.
            answer: the fields of the address the provider sent the visitor to.

        Raises:
            CannotSignIn: the answer is another's, refused, or not the provider's.
        """
        if not hmac.compare_digest(answer.get("state", ""), asked.state):
            raise CannotSignIn("state")
        if answer.get("iss", self._settings.issuer) != self._settings.issuer:  # RFC 9207
            raise CannotSignIn("iss")
        if "code" not in answer:
            raise CannotSignIn(answer.get("error", "code")[:100])
        from authlib.common.errors import AuthlibBaseError

        try:
            with self._session() as session:
                told = session.fetch_token(
                    self._metadata()["token_endpoint"],
                    code=answer["code"],
                    code_verifier=asked.verifier,
                    timeout=TIMEOUT,
                    verify=self._trusted,
                )
        except (AuthlibBaseError, requests.RequestException, ValueError) as error:
            raise CannotSignIn(f"token: {error}") from error
        return self._login_of(self._claims(str(told.get("id_token", "")), asked.nonce))

    def _login_of(self, claims: dict[str, Any]) -> str:
        claim = self._settings.claim
        if claim == "email" and claims.get("email_verified") is not True:
            raise CannotSignIn("email_verified")
        login = claims.get(claim)
        if not isinstance(login, str) or not login.strip():
            raise CannotSignIn(claim)
        return login_key(login)

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        client = self._settings.client_id
        rules = jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            published: Any = self._json(self._metadata()["jwks_uri"])
            keys = KeySet.import_key_set(published)
            claims: dict[str, Any] = jwt.decode(token, keys, algorithms=SIGNED_BY).claims
            rules.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise CannotSignIn(f"id_token: {error}") from error
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client:
            raise CannotSignIn("azp")
        return claims

    def _metadata(self) -> dict[str, Any]:
        """The provider's description of itself, asked once an hour."""
        if self._known is None or self._known[0] < time.monotonic():
            issuer = self._settings.issuer
            told = self._json(issuer.rstrip("/") + "/.well-known/openid-configuration")
            if told.get("issuer") != issuer:
                raise CannotSignIn("issuer")
            if lacking := {"authorization_endpoint", "token_endpoint", "jwks_uri"} - told.keys():
                raise CannotSignIn(", ".join(sorted(lacking)))
            self._known = (time.monotonic() + KNOWN_FOR, told)
        return self._known[1]

    def _json(self, address: str) -> dict[str, Any]:
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise CannotSignIn("https")
        try:
            answer = requests.get(address, timeout=TIMEOUT, verify=self._trusted, allow_redirects=False)
            answer.raise_for_status()
            told = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise CannotSignIn(f"{parts.hostname}: {error}") from error
        if not isinstance(told, dict):
            raise CannotSignIn(parts.path)
        return told

    @property
    def _trusted(self) -> str | bool:
        return str(self._settings.ca_file) if self._settings.ca_file else True

    def _session(self) -> Any:
        from authlib.integrations.requests_client import OAuth2Session

        return OAuth2Session(
            self._settings.client_id,
            os.environ.get(SECRET) or None,
            scope="openid email profile",
            redirect_uri=self._address,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if os.environ.get(SECRET) else "none",
        )
