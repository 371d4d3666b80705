"""A client of the Delta gateway: a token by private_key_jwt (RFC 7523), calls, and the check of webhooks.

Python 3.9 or newer, and `cryptography` for the signatures (pip install cryptography). Copy it.

    python3 delta_gateway.py file URL CLIENT KEY_FILE APPLICATION_FILE
    python3 delta_gateway.py verify SECRET < POST      three headers (id, timestamp, signature) a line each, then the body
"""

import base64
import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


class Problem(Exception):
    """What the gateway refused. `code` never changes its meaning; `body["errors"]` points into what was sent."""

    def __init__(self, status: int, body: dict):
        self.status, self.body = status, body
        self.code = body.get("code") or body.get("error") or f"HTTP_{status}"
        super().__init__(f"{self.code} ({status}): {body.get('detail') or body.get('error_description') or ''}")


class Gateway:
    """The API as one client sees it. `key` is its private JWK on the curve P-256."""

    def __init__(self, url: str, client_id: str, key: dict, scope: str = "cases convert"):
        self.url, self.client_id, self.kid, self.scope = url.rstrip("/"), client_id, key.get("kid"), scope
        self._key = ec.derive_private_key(_number(key["d"]), ec.SECP256R1())
        self._token, self._until = "", 0.0

    def _assertion(self) -> str:
        now = int(time.time())
        head = {"alg": "ES256", **({"kid": self.kid} if self.kid else {})}
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": f"{self.url}/oidc/token",
            "jti": str(uuid.uuid4()),
            "iat": now,
            "exp": now + 60,
        }
        signed = ".".join(_base64url(json.dumps(part).encode()) for part in (head, claims))
        # JOSE wants the two numbers of the signature side by side, not in DER.
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{_base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def _send(self, method: str, address: str, data, headers: dict):
        request = urllib.request.Request(address, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            is_json = "json" in (answer.headers.get("content-type") or "")
            raise Problem(answer.code, json.loads(answer.read()) if is_json else {}) from None

    def token(self) -> str:
        """The access token; a new one shortly before the old one ends."""
        if time.time() > self._until:
            form = {
                "grant_type": "client_credentials",
                "scope": self.scope,
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": self._assertion(),
            }
            data = urllib.parse.urlencode(form).encode()
            kind = {"content-type": "application/x-www-form-urlencoded"}
            _, _, body = self._send("POST", f"{self.url}/oidc/token", data, kind)
            told = json.loads(body)
            self._token, self._until = told["access_token"], time.time() + told["expires_in"] - 30
        return self._token

    def call(self, method: str, path: str, content=None, headers=None):
        """One call: status, headers and JSON. Raises Problem."""
        sent = {"authorization": f"Bearer {self.token()}", "accept": "application/json", **(headers or {})}
        data = None
        if content is not None:
            sent["content-type"] = "application/json"
            data = json.dumps(content).encode()
        status, told, body = self._send(method, self.url + path, data, sent)
        return status, told, json.loads(body) if body else None


def verify_webhook(headers: dict, body: bytes, secret: str, tolerance: int = 300) -> dict:
    """The CloudEvent in a post. `secret` is the subscription's whsec_… or whpk_…; `body` as it came, byte for byte.

    Raises ValueError with the reason. Remember webhook-id: the same event may come twice.
    """
    moment = headers["webhook-timestamp"]
    if not moment.isdigit() or abs(time.time() - int(moment)) > tolerance:
        raise ValueError("time")
    content = f"{headers['webhook-id']}.{moment}.".encode() + body
    for signature in headers["webhook-signature"].split(" "):
        version, _, value = signature.partition(",")
        if _fits(secret, version, base64.b64decode(value), content):
            return json.loads(body)
    raise ValueError("signature")


def _fits(secret: str, version: str, given: bytes, content: bytes) -> bool:
    if secret.startswith("whsec_") and version == "v1":
        expected = hmac.new(base64.b64decode(secret[6:]), content, hashlib.sha256).digest()
        return hmac.compare_digest(given, expected)
    if secret.startswith("whpk_") and version == "v1a":
        try:
            ed25519.Ed25519PublicKey.from_public_bytes(base64.b64decode(secret[5:])).verify(given, content)
            return True
        except InvalidSignature:
            return False
    return False


def _file(url: str, client: str, key_file: str, application_file: str) -> None:
    with open(key_file, encoding="utf-8") as one, open(application_file, encoding="utf-8") as other:
        key, application = json.load(one), json.load(other)
    gateway = Gateway(url, client, key.get("keys", {}).get(client, key))
    # One new key for each application: sent again with the same key, it is filed once.
    headers = {"idempotency-key": str(uuid.uuid4())}
    _, _, case = gateway.call("POST", "/api/v1/cases", application, headers)
    print("filed", case["id"], case["status"])
    _, again, _ = gateway.call("POST", "/api/v1/cases", application, headers)
    print("replayed", again["idempotency-replayed"])
    try:
        gateway.call("POST", "/api/v1/cases", {}, {"idempotency-key": str(uuid.uuid4())})
    except Problem as problem:
        print("refused", problem.code)


def _verify(secret: str) -> None:
    *lines, body = sys.stdin.buffer.read().split(b"\n", 3)
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    headers = dict(zip(names, (line.decode() for line in lines)))
    try:
        print("taken", verify_webhook(headers, body, secret)["type"])
    except ValueError as reason:
        print("refused", reason)
        sys.exit(1)


if __name__ == "__main__":
    {"file": _file, "verify": _verify}[sys.argv[1]](*sys.argv[2:])
