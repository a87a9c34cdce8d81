"""tgi.py --host H --port P [--direct]: Hugging Face's InferenceClient against Text Generation Inference or a stub of it
that says again what it is asked, bare or behind a guard. The key comes from REDOUBT_KEY."""

import argparse
import json
import os
import sys

# this folder has files named like the clients, so it is searched last
sys.path.append(sys.path.pop(0))

import huggingface_hub
from huggingface_hub import InferenceClient
from matrix import Matrix
from model_doors import SECRETS, Plain

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--direct", action="store_true", help="the server itself, without a guard")
given = parser.parse_args()

key = os.environ.get("REDOUBT_KEY", "none")
base = f"http://{given.host}:{given.port}"
plain = Plain(base, key)
matrix = Matrix("TGI (StubTgi)", f"huggingface_hub {huggingface_hub.__version__}", SECRETS)
SAID = f"mail {SECRETS[0]} about it"


def client(token=key):
    return InferenceClient(model=base, token=token, timeout=60)


ai = client()


def generate(**more):
    return ai.text_generation(SAID, max_new_tokens=20, **more)


def events(path="/generate_stream", **more):
    status, text = plain.post(path, {"inputs": SAID, "parameters": {"max_new_tokens": 20, "details": True}, **more})
    return [json.loads(line[5:]) for line in text.splitlines() if line.startswith("data:")] or [text]


def one(status, text):
    if status != 200:
        raise PermissionError(text)
    return text


matrix.operation("text_generation", generate, SAID)
matrix.operation("text_generation stream", lambda: "".join(generate(stream=True)), SAID)
matrix.operation("text_generation details", lambda: generate(details=True).generated_text, SAID)
matrix.operation("text_generation stream details", lambda: "".join(e.token.text for e in generate(stream=True, details=True)), SAID)
matrix.operation("text_generation best_of", lambda: generate(best_of=3, do_sample=True))
matrix.operation("text_generation invalid", lambda: generate(truncate=0))
matrix.operation("POST /generate", lambda: json.loads(one(*plain.post("/generate", {"inputs": SAID})))["generated_text"], SAID)
matrix.operation("GET /info", lambda: one(*plain.get("/info")))
for path in ("/tokenize", "/chat_tokenize", "/invocations", "/predict", "/vertex"):
    matrix.operation(f"POST {path}", lambda: one(*plain.post(path, {"inputs": SAID})))
matrix.operation("GET /metrics", lambda: one(*plain.get("/metrics")))
matrix.operation("unknown key", lambda: client("wrong").text_generation(SAID))
matrix.note("tokens", json.loads(plain.post("/generate", {"inputs": "x"})[1])["details"].get("max_new_tokens"))

matrix.door("generated_text", generate)
matrix.door("generated_text of several sequences", lambda: plain.post("/generate", {"inputs": SAID})[1])
matrix.door("details of tokens, prefill and top tokens", lambda: generate(details=True).details)
matrix.door("stream, texts of tokens", lambda: "".join(generate(stream=True)))
matrix.door("stream, top tokens", lambda: [e["top_tokens"] for e in events()])
matrix.door("stream, generated_text of the last event", lambda: [e["generated_text"] for e in events()])
matrix.door("stream, details of the last event", lambda: [e["details"] for e in events()])
matrix.door("stream at the root", lambda: "".join(e["token"]["text"] for e in events("/", stream=True)))
matrix.door("an error that repeats the prompt", lambda: generate(truncate=0))
matrix.report()
