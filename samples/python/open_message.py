"""Opens the comm that a message holds, plain or encrypted."""

import json
import re
from datetime import datetime

from jwcrypto import jwe, jwk
from jwcrypto.common import JWException, base64url_decode

ALGORITHMS = {
    "RSA": ["RSA-OAEP-256"],
    "EC": ["ECDH-ES+A256KW"],
    "OKP": ["ECDH-ES+A256KW"],
    "oct": ["A256KW", "dir"],
}


class PoisonMessage(Exception):
    """A message that no later try can help; its text is a code."""


class MissingKey(Exception):
    """The key set lacks the key of a message: not the message's fault. Its text is the kid, for the log."""


class BadKeyFile(Exception):
    """A key file that can't be used. Its text names the file and the reason, and never what the file holds."""


def read_keys(path):
    """The private and symmetric keys of a JWK set, or of a single JWK, by their kid. Members that open no message are
    skipped."""
    if not path:
        return {}
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise BadKeyFile(f"key file {path}: can't be read ({error.strerror})") from None
    except ValueError:
        raise BadKeyFile(f"key file {path}: is not text") from None
    keys = {}
    for member in members_of(path, text):
        if (key := usable_key(member)) is not None:
            keys[member["kid"]] = key
    if not keys:
        raise BadKeyFile(f"key file {path}: holds no private or symmetric key with a kid that opens messages")
    return keys


def members_of(path, text):
    if "-----BEGIN" in text:
        raise BadKeyFile(f"key file {path}: is a PEM, and must be a JWK set: see samples/node/key-set.mjs")
    try:
        key_set = json.loads(text)
    except ValueError:
        raise BadKeyFile(f"key file {path}: is not JSON") from None
    if isinstance(key_set, dict) and isinstance(key_set.get("keys"), list):
        return key_set["keys"]
    if isinstance(key_set, dict) and "kty" in key_set:
        return [key_set]
    raise BadKeyFile(f"key file {path}: holds neither a JWK set nor a JWK")


def usable_key(member):
    try:
        key = jwk.JWK(**member)
        algorithm = member.get("alg", ALGORITHMS[member["kty"]][0])
        allowed = algorithm in ALGORITHMS[member["kty"]] and isinstance(member["kid"], str)
        if member["kty"] == "oct":
            allowed = allowed and len(base64url_decode(member["k"])) == 32
        elif member["kty"] == "OKP":
            allowed = allowed and member["crv"] == "X25519"
        return key if allowed and (key.is_symmetric or key.has_private) else None
    except (JWException, ValueError, KeyError, TypeError):
        return None


INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?Z")


class Comm:
    """What a message holds: its members, its text unchanged, and when its time is over, if ever."""

    def __init__(self, text):
        self.text = text
        try:
            self.members = json.loads(text.decode("utf-8"), parse_constant=refuse)
            version = self.members["version"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise PoisonMessage("MALFORMED") from None
        if not isinstance(self.members, dict) or type(version) not in (int, float):
            raise PoisonMessage("MALFORMED")
        # Before the other members: those of a later version may differ.
        if not 1 <= version < 2:
            raise PoisonMessage("UNKNOWN_VERSION")
        # Release 0.1.0 wrote no `sending`.
        self.id, self.sending = self.members.get("commsDistributionId"), self.members.get("sending", "0")
        if not all(isinstance(given, str) and given for given in (self.id, self.members.get("message"))):
            raise PoisonMessage("MALFORMED")
        if not re.fullmatch("[0-9]{1,19}", self.id):
            raise PoisonMessage("MALFORMED")
        if not isinstance(self.sending, str) or not re.fullmatch("[0-9]{1,20}", self.sending):
            raise PoisonMessage("MALFORMED")
        self.time_is_over_at = instant(self.members["timeExclusion"]) if "timeExclusion" in self.members else None


def refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def instant(given):
    found = INSTANT.fullmatch(given) if isinstance(given, str) else None
    try:
        seconds, fraction = found.groups("")
        return datetime.fromisoformat(f"{seconds}.{fraction[:6]:0<6}+00:00")
    except (AttributeError, ValueError):
        raise PoisonMessage("MALFORMED") from None


def shown(value):
    """How a value that a stranger may have written stands in a line of the log: it can begin no line of its own."""
    return value if re.fullmatch("[A-Za-z0-9._~-]{1,100}", value) else json.dumps(value[:100])


def open_message(content_type, body, keys, takes_plain):
    is_encrypted = content_type == "application/jose"
    # Anyone who may write to the queue can write plain text.
    if not is_encrypted and not takes_plain:
        raise PoisonMessage("NOT_ENCRYPTED")
    return Comm(decrypt(body, keys) if is_encrypted else body)


def decrypt(body, keys):
    """The key says the algorithm; the message may choose none."""
    token = jwe.JWE()
    try:
        compact = body.decode("ascii")
        header = json.loads(base64url_decode(compact.split(".")[0]))
        kid, algorithm, encryption = header["kid"], header["alg"], header["enc"]
        token.deserialize(compact)
    except (JWException, ValueError, KeyError, TypeError, RecursionError):
        raise PoisonMessage("MALFORMED") from None
    known = algorithm in sum(ALGORITHMS.values(), []) and encryption == "A256GCM"
    # Compressed, a short message could grow without limit.
    if not known or "zip" in header or not isinstance(kid, str) or not kid:
        raise PoisonMessage("MALFORMED")
    key = keys.get(kid)
    if key is None:
        raise MissingKey(shown(kid))
    token.allowed_algs = [key.get("alg") or ALGORITHMS[key["kty"]][0], "A256GCM"]
    try:
        token.decrypt(key)
    except (JWException, ValueError):
        raise PoisonMessage("NOT_DECRYPTABLE") from None
    return token.payload
