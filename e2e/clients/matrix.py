"""What an official client may do through a guard, and by which side doors a value comes back: rows of two tables.

A script builds a Matrix, runs every operation of its client through it, and ends with report(): one JSON object on
standard output. Nothing is asserted here: the same script runs against the bare server, where every door must be open,
and through the guard, where every door must be closed. A door that is closed in both runs has proved nothing.
"""

import base64
import json
import struct
import sys


class Matrix:
    """Rows of one engine and one client.

    engine, client: what the tables call them, such as "OpenSearch" and "opensearch-py 3.1.0"
    secrets: texts that no door may give back; looked for in every spelling that text() knows
    vectors: stored vectors (lists of floats) that no door may give back, in any encoding
    """

    def __init__(self, engine, client, secrets=(), vectors=()):
        self.engine, self.client = engine, client
        self.secrets, self.vectors = list(secrets), [list(v) for v in vectors]
        self.operations, self.doors, self.values = [], [], {}

    def operation(self, name, action, unguarded=None):
        """Runs an operation and notes what became of it: allowed, transformed or refused.

        unguarded: what the bare server answers; where it is given and the answer is another, it was transformed.
        Returns the answer, or None where the client raised.
        """
        row = {"operation": name}
        value = None
        try:
            value = action()
            row["outcome"] = "allowed" if unguarded is None or plain(value) == plain(unguarded) else "transformed"
        except Exception as e:  # what an application would catch is what is told
            row.update(outcome="refused", error=type(e).__name__, text=str(e)[:500])
        self.operations.append(row)
        return value

    def door(self, name, action):
        """Runs something that might give a secret or a vector back. An exception's text counts as an answer."""
        try:
            answer = text(action())
        except Exception as e:
            answer = text([str(e), repr(e), getattr(e, "body", None), getattr(e, "info", None)])
        found = sorted({kind for kind, spellings in self._hidden() for s in spellings if s in answer})
        self.doors.append({"door": name, "open": bool(found), "found": found})

    def note(self, name, value):
        """Keeps a value for the assertions of a test."""
        self.values[name] = plain(value)

    def report(self):
        json.dump(
            {
                "engine": self.engine,
                "client": self.client,
                "operations": self.operations,
                "doors": self.doors,
                "values": self.values,
            },
            sys.stdout,
            default=str,
        )
        print()

    def _hidden(self):
        for secret in self.secrets:
            raw = secret.encode()
            yield "text", [secret, base64.b64encode(raw).decode().rstrip("=")[:-1], json.dumps(secret)[1:-1], raw.hex()]
        for vector in self.vectors:
            floats = struct.pack(f"<{len(vector)}f", *vector)
            big = struct.pack(f">{len(vector)}f", *vector)
            # a list is known by two neighbours, printed as a float of either width
            single = [struct.unpack("<f", struct.pack("<f", x))[0] for x in vector[:2]]
            lists = [", ".join(map(repr, pair)) for pair in (vector[:2], single)]
            # base64 of any alignment holds one of these
            codes = [base64.b64encode(b[i:]).decode().rstrip("=")[:-1] for b in (floats, big) for i in range(3)]
            yield "vector", lists + codes + [repr(floats)[2:-1], floats.hex(), big.hex()]


def plain(value):
    """A value of Python's own types, for comparing and for JSON."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(v) for v in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    for way in ("model_dump", "to_dict", "tolist", "dict"):
        if hasattr(value, way) and not isinstance(value, type):
            return plain(getattr(value, way)())
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    if hasattr(value, "__dict__"):
        return {k: plain(v) for k, v in vars(value).items() if not k.startswith("__")}
    return str(value)


def text(value):
    """Everything in a value as one text: its repr, its plain form, and bytes as they are."""
    parts = [repr(value)]
    try:
        parts.append(json.dumps(plain(value), ensure_ascii=False))
    except (TypeError, ValueError):
        parts.append(str(plain(value)))
    if isinstance(value, (bytes, bytearray)):
        parts.append(bytes(value).decode("utf-8", "replace"))
    return "\n".join(parts)
