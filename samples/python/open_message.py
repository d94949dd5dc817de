"""Opens the comm that a message holds, plain or encrypted."""

import json

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
    """The key set lacks the key of a message: not the message's fault. Its text is the kid."""


class BadKeyFile(Exception):
    """A key file that can't be used. Its text names the file and the reason, and never what the file holds."""


def read_keys(path):
    """The private and symmetric keys of a JWK set, or of a single JWK, by their kid. Members that open no message are
    passed over."""
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


def open_message(content_type, body, keys):
    text = decrypt(body, keys) if content_type == "application/jose" else body
    try:
        comm = json.loads(text)
        comms_id, version = comm["commsDistributionId"], float(comm["version"])
    except (ValueError, KeyError, TypeError):
        raise PoisonMessage("MALFORMED") from None
    if not isinstance(comms_id, str):
        raise PoisonMessage("MALFORMED")
    if not 1 <= version < 2:
        raise PoisonMessage("UNKNOWN_VERSION")
    return comm


def decrypt(body, keys):
    """The key says the algorithm; the message may choose none."""
    token = jwe.JWE()
    try:
        token.deserialize(body)
        kid = token.jose_header["kid"]
    except (JWException, ValueError, KeyError):
        raise PoisonMessage("MALFORMED") from None
    key = keys.get(kid)
    if key is None:
        raise MissingKey(kid)
    token.allowed_algs = [key.get("alg") or ALGORITHMS[key["kty"]][0], "A256GCM"]
    try:
        token.decrypt(key)
    except (JWException, ValueError):
        raise PoisonMessage("NOT_DECRYPTABLE") from None
    return token.payload
