"""What the official clients raise when the guard refuses: their own exceptions, with a message that names the rule."""

import json
import os
import urllib.error
import urllib.request

import rag

key = os.environ["API_KEY"]


def raised(action):
    try:
        return str(action())
    except Exception as refused:
        code = getattr(refused, "status_code", None) or getattr(getattr(refused, "response", None), "status_code", None)
        code = code() if callable(code) else code
        return f"{code if code and 'Error' == type(refused).__name__ else type(refused).__name__} {code} {refused}"


def chroma_status(action):
    """Chroma's client raises classes of its own per status; the status is what the test compares."""
    import httpx

    seen = []
    original = httpx.Client.request

    def remember(self, *arguments, **named):
        answer = original(self, *arguments, **named)
        seen.append(answer.status_code)
        return answer

    httpx.Client.request = remember
    try:
        action()
        return "allowed"
    except Exception as refused:
        return f"{seen[-1] if seen else 'none'} {type(refused).__name__}"
    finally:
        httpx.Client.request = original


def ingest():
    rag.chroma(key).create_collection("forbidden", embedding_function=None)


def chat(**extra):
    return rag.openai("CHAT_URL", key).chat.completions.create(
        model="tiny", max_tokens=4, messages=[{"role": "user", "content": extra.pop("content", "hello")}], **extra
    )


def unknown_route():
    url = os.environ["CHAT_URL"].removesuffix("/v1") + "/slots"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})
    try:
        return str(urllib.request.urlopen(request, timeout=5).status)
    except urllib.error.HTTPError as error:
        return str(error.code)


print(json.dumps({
    "ingest without the right": chroma_status(ingest),
    "wrong key": chroma_status(lambda: rag.chroma("rdk_wrong").list_collections()),
    "logit bias": raised(lambda: chat(logit_bias={"5": 10})),
    "logprobs": "none" if chat(logprobs=True, top_logprobs=3).choices[0].logprobs is None else "returned",
    "unknown route": unknown_route(),
    "secret in a prompt": raised(lambda: chat(content="my key is AKIAIOSFODNN7EXAMPLE")),
}))
