"""What the scripts of the model APIs have in common: a prompt with a secret in it, requests that no client makes, and
how a text is put together from what a stream says."""

import json
import urllib.error
import urllib.request

# put into prompts: what a server repeats of them is a door
ASKED = "eve.fox@example.com"
# what the model of the tests says: the server is started with a grammar that lets it say nothing else
SAID = "write to ann.lee@example.com"
SECRETS = [ASKED, "ann.lee@example.com"]
PROMPT = f"mail {ASKED} about the pod"
# part of the model's chat template, which a server may show
TEMPLATE = "<|assistant|>"


class Plain:
    """Requests as no official client sends them: (status, body) of whatever comes back."""

    def __init__(self, base, key=None):
        self.base, self.key = base, key

    def get(self, path):
        return self._send(urllib.request.Request(self.base + path))

    def post(self, path, body):
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), method="POST")
        request.add_header("Content-Type", "application/json")
        return self._send(request)

    def _send(self, request):
        if self.key:
            request.add_header("Authorization", f"Bearer {self.key}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as e:
            return e.code, e.read().decode("utf-8", "replace")


def json_of(answer):
    return json.loads(answer[1])


def spelled(logprobs):
    """What the tokens of log-probabilities say: by their texts, and by their bytes."""
    entries = [e.model_dump() if hasattr(e, "model_dump") else e for e in logprobs or []]
    texts = "".join(e["token"] for e in entries)
    raw = bytes(b for e in entries for b in e.get("bytes") or [])
    return [texts, raw.decode("utf-8", "replace")]


def detokenized(plain, text, **more):
    """A text sent as tokens and asked for again: what /tokenize and /detokenize know of it."""
    tokens = json_of(plain.post("/tokenize", {"content": text, **more})).get("tokens")
    return plain.post("/detokenize", {"tokens": tokens})
