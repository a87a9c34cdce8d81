"""A model that streams by a script, and clients that read it: for the benchmark of proxies. Everything is on 127.0.0.1."""

import contextlib
import json
import socket
import statistics
import threading
import time

FRAMES = 200
PAUSE = 0.002
FIRST = 40
TOGETHER = 4
STREAMS = 24
WORDS = "the customer writes to ann.lee@example.com that the parcel has not arrived yet and asks for a copy of the invoice ".split()
PATH = "/v1/chat/completions"
PROMPT = json.dumps({"model": "m", "stream": True, "messages": [{"role": "user", "content": "what does the customer want"}]})
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
LAST = b"data: [DONE]\n\n"


def frame(number):
    delta = {"content": WORDS[number % len(WORDS)] + " "}
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def chunked(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def head_and_body(connection):
    """Reads one request; None where the client has gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while len(body) < int(lengths[0] if lengths else 0):
        body += connection.recv(65536)
    return head


def answer(connection):
    # some clients leave after the first frame
    with connection, contextlib.suppress(ConnectionError):
        head = head_and_body(connection)
        if head is None:
            return
        if not head.startswith(b"POST"):
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
            return
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # two words at once: whether the first is a part of something is told by the second
        connection.sendall(HEAD + chunked(frame(0)) + chunked(frame(1)))
        for number in range(2, FRAMES):
            time.sleep(PAUSE)
            connection.sendall(chunked(frame(number)))
        connection.sendall(chunked(LAST) + b"0\r\n\r\n")


def model():
    """Serves for as long as this process; returns the port."""
    server = socket.create_server(("127.0.0.1", 0), backlog=256)

    def serve():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return server.getsockname()[1]


def read(port, key, whole=True):
    """Asks for a stream; returns the seconds until its first frame, and how many bytes came."""
    head = f"POST {PATH} HTTP/1.1\r\nhost: m\r\ncontent-type: application/json\r\nauthorization: Bearer {key}\r\ncontent-length: {len(PROMPT)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        began = time.perf_counter()
        connection.sendall((head + PROMPT).encode())
        data, first = b"", None
        while first is None or whole and b"[DONE]" not in data[-64:]:
            piece = connection.recv(65536)
            if not piece:
                raise RuntimeError(f"the stream broke off: {data[:200]!r}")
            data += piece
            if first is None and b"data:" in data:
                first = time.perf_counter() - began
        return first, len(data)


def first_frames(ports, key):
    """Microseconds until the first frame, by name, the median; all take turns."""
    times = {name: [] for name in ports}
    for _ in range(FIRST):
        for name, port in ports.items():
            times[name].append(read(port, key, whole=False)[0])
    return {name: statistics.median(values) * 1e6 for name, values in times.items()}


def cpu_of_a_frame(server, key):
    """Microseconds of the processor that a proxy takes for one frame."""
    before = server.cpu()

    def client():
        for _ in range(STREAMS // TOGETHER):
            read(server.port, key)

    threads = [threading.Thread(target=client) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (server.cpu() - before) / (STREAMS * FRAMES) * 1e6
