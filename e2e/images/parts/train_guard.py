"""train_guard.py CACHE JAVA OPTION...: runs the guard for its first requests, and has the JVM write CACHE at its end."""

import http.client
import http.server
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 120
PROMPT = {"model": "m", "messages": [{"role": "user", "content": "write to ann@example.com"}]}
RECORD = {"ids": ["a"], "embeddings": [[0.5, 1.0]], "documents": ["of ann@example.com"], "metadatas": [{"n": 1}]}
FOUND = {"ids": [["a"]], "documents": [["of ann@example.com"]], "distances": [[0.5]], "metadatas": [[{"n": 1}]]}
ANSWER = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "to ann@example.com"}}]}
EVENTS = 'data: {"choices":[{"index":0,"delta":{"content":"to ann@example.com"}}]}\n\ndata: [DONE]\n\n'
RECORDS = "/api/v2/tenants/t/databases/d/collections/c/"


class Application(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer({})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if "messages" in body:
            self.answer(EVENTS if body.get("stream") else ANSWER)
        else:
            self.answer(FOUND if "query_embeddings" in body else {})

    def answer(self, value):
        body = (value if isinstance(value, str) else json.dumps(value)).encode()
        self.send_response(200)
        self.send_header("content-type", "text/event-stream" if isinstance(value, str) else "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, method, path, body=None, key=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"content-type": "application/json", "authorization": f"Bearer {key}"} if key else {}
    connection.request(method, path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def wait_until_ready(guard, ports):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if guard.poll() is not None:
            sys.exit(f"the guard ended with {guard.returncode}")
        try:
            if all(ask(port, "GET", "/readyz") == 200 for port in ports):
                return
        except OSError:
            pass
        time.sleep(0.05)
    sys.exit("the guard is not ready")


def main():
    cache, java, *options = sys.argv[1:]
    application = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    store, model, store_health, model_health = (free_port() for _ in range(4))
    key = os.urandom(32).hex()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "client.key").write_text(key)
        upstream = application.server_port
        rule = {"entities": ["*"], "at": ["Ingest", "Query", "Retrieve", "Prompt", "Completion"], "action": "Tokenize"}
        operations = [("docs", ["Query", "Ingest"]), ("chat", ["Generate"])]
        (folder / "guard.yaml").write_text(json.dumps({
            "keyring": "keyring.json",
            "targets": [
                {"name": "docs", "listen": store, "upstream": str(upstream), "profile": "Chroma", "healthPort": store_health},
                {"name": "chat", "listen": model, "upstream": str(upstream), "profile": "OpenAI", "healthPort": model_health},
            ],
            "clients": [{
                "name": "trainer",
                "apiKeyFile": "client.key",
                "allow": [{"target": target, "operations": allowed} for target, allowed in operations],
            }],
            "redaction": {"rules": [rule]},
        }))  # fmt: skip
        guard = subprocess.Popen(
            [java, f"-XX:AOTCacheOutput={cache}", *options, "dev.redoubt.sidecar.cli.GuardMain"]
            + ["serve", "--config", str(folder / "guard.yaml"), "--create-keys"],
            stdout=subprocess.DEVNULL,
        )
        wait_until_ready(guard, [store_health, model_health])
        for _ in range(20):
            answers = [
                ask(store, "POST", RECORDS + "add", RECORD, key),
                ask(store, "POST", RECORDS + "query", {"query_embeddings": [[0.5, 1.0]], "n_results": 3}, key),
                ask(model, "POST", "/v1/chat/completions", PROMPT, key),
                ask(model, "POST", "/v1/chat/completions", PROMPT | {"stream": True}, key),
            ]
            if answers != [200] * 4:
                sys.exit(f"the guard answered with {answers}")
        guard.send_signal(signal.SIGTERM)
        guard.wait(PATIENCE)
        if not os.path.exists(cache):
            sys.exit("the JVM wrote no cache")


main()
