"""Opens the comm that a message holds, plain or encrypted."""

import json

from jwcrypto import jwe, jwk
from jwcrypto.common import JWException

ALGORITHMS = {"RSA": "RSA-OAEP-256", "EC": "ECDH-ES+A256KW", "OKP": "ECDH-ES+A256KW", "oct": "A256KW"}


class PoisonMessage(Exception):
    """A message that no later try can help; its text is a code."""


class MissingKey(Exception):
    """The key set lacks the key of a message: not the message's fault. Its text is the kid."""


def read_keys(path):
    """The private and symmetric keys of a JWK set."""
    keys = jwk.JWKSet()
    if path:
        with open(path, encoding="utf-8") as file:
            keys.import_keyset(file.read())
    return keys


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
    key = keys.get_key(kid)
    if key is None:
        raise MissingKey(kid)
    token.allowed_algs = [key.get("alg") or ALGORITHMS[key["kty"]], "A256GCM"]
    try:
        token.decrypt(key)
    except (JWException, ValueError):
        raise PoisonMessage("NOT_DECRYPTABLE") from None
    return token.payload.decode("utf-8")
