"""A call of gRPC and its answer, as bytes: a search of Qdrant's whose filter and records hold text."""

import struct

PATH = "/qdrant.Points/Query"


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def field(number, value):
    """One of bytes, or of a number that is a varint."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def framed(message):
    return struct.pack(">BI", 0, len(message)) + message


def question(text):
    dense = field(1, struct.pack("<16f", *[0.25] * 16))
    condition = field(1, field(1, "note") + field(2, field(1, text)))
    # collection_name, query.nearest.dense, filter.must.field, limit, with_payload.enable
    return framed(
        field(1, "c") + field(3, field(1, field(2, dense))) + field(5, field(2, condition)) + field(8, 3) + field(11, field(1, 1))
    )


def answer(texts):
    def point(number, text):
        payload = field(1, "document") + field(2, field(4, text))
        return field(1, field(1, number)) + field(2, payload) + varint(3 << 3 | 5) + struct.pack("<f", 0.25) + field(5, 1)

    points = b"".join(field(1, point(number, text)) for number, text in enumerate(texts, 1))
    return framed(points + varint(2 << 3 | 1) + struct.pack("<d", 0.001))
