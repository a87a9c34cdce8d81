"""ollama.py --host H --port P [--model NAME] [--direct]: Ollama's official client, and OpenAI's for /v1, against a real
Ollama, bare or behind a guard. The key comes from REDOUBT_KEY. The model's Modelfile has a SYSTEM text with a secret."""

import argparse
import os
import sys

# this folder has files named like the clients, so it is searched last
sys.path.append(sys.path.pop(0))

from importlib.metadata import version

import ollama
import openai
from matrix import Matrix
from model_doors import PROMPT, SAID, SECRETS, Plain, spelled

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--model", default="tiny")
parser.add_argument("--direct", action="store_true", help="the server itself, without a guard")
given = parser.parse_args()

key = os.environ.get("REDOUBT_KEY", "none")
base = f"http://{given.host}:{given.port}"
plain = Plain(base, key)
SYSTEM = "pam.roe@example.com"
matrix = Matrix("Ollama", f"ollama {version('ollama')}", [*SECRETS, SYSTEM])
# lets the model say one thing alone, and does not have it in the words of the request
SAYS = {"type": "string", "pattern": "^" + SAID.replace("@", "[@]").replace(".", "[.]") + "$"}
FEW = {"num_predict": 64, "seed": 1}


def client(api_key=key):
    return ollama.Client(host=base, headers={"Authorization": f"Bearer {api_key}"}, timeout=60)


ai = client()
v1 = openai.OpenAI(base_url=base + "/v1", api_key=key, timeout=60)
ask = [{"role": "user", "content": PROMPT}]


def generate(**more):
    return ai.generate(**{"model": given.model, "prompt": PROMPT, "options": FEW, "format": SAYS, **more})


def chat(**more):
    return ai.chat(**{"model": given.model, "messages": ask, "options": FEW, "format": SAYS, **more})


def v1_chat(**more):
    form = {"type": "json_schema", "json_schema": {"name": "said", "schema": SAYS}}
    return v1.chat.completions.create(model=given.model, messages=ask, max_tokens=64, response_format=form, **more)


def tokens(items):
    return spelled([t.model_dump() if hasattr(t, "model_dump") else t for t in items or []])


def rendered(**body):
    """What the template makes of a request, which Ollama shows to whoever asks."""
    return plain.post("/api/generate", {"model": given.model, "_debug_render_only": True, "stream": False, **body})


def answered(answer):
    if answer[0] == 403:
        raise PermissionError(answer[1])
    return answer[0]


def v1_logprobs():
    logprobs = v1_chat(logprobs=True).choices[0].logprobs
    return tokens(logprobs.content if logprobs else [])


QUOTED = f'"{SAID}"'
matrix.operation("list", lambda: [m.model for m in ai.list().models])
matrix.operation("ps", lambda: ai.ps().models)
matrix.operation("generate", lambda: generate().response, QUOTED)
matrix.operation("generate stream", lambda: "".join(p.response for p in generate(stream=True)), QUOTED)
matrix.operation("chat", lambda: chat().message.content, QUOTED)
matrix.operation("chat stream", lambda: "".join(p.message.content for p in chat(stream=True)), QUOTED)
matrix.operation("embed", lambda: len(ai.embed(model=given.model, input=[PROMPT, "pod"]).embeddings))
matrix.operation("embeddings", lambda: len(ai.embeddings(model=given.model, prompt=PROMPT).embedding))
matrix.operation("v1 models", lambda: [m.id for m in v1.models.list()])
matrix.operation("v1 chat", lambda: v1_chat().choices[0].message.content, QUOTED)
matrix.operation("v1 chat stream", lambda: "".join(c.choices[0].delta.content or "" for c in v1_chat(stream=True) if c.choices), QUOTED)
matrix.operation("v1 completions", lambda: v1.completions.create(model=given.model, prompt=PROMPT, max_tokens=8).choices[0].finish_reason)
matrix.operation("v1 responses", lambda: v1.responses.create(model=given.model, input=PROMPT, max_output_tokens=8).status)
matrix.operation("v1 embeddings", lambda: len(v1.embeddings.create(model=given.model, input=PROMPT).data[0].embedding))
matrix.operation("generate image", lambda: generate(images=[b"\x89PNG"]))
matrix.operation("generate raw template", lambda: generate(template="{{ .Prompt }}"))
matrix.operation("show", lambda: ai.show(given.model).template)
matrix.operation("copy", lambda: ai.copy(given.model, "other"))
matrix.operation("create", lambda: ai.create("made", from_=given.model, system="x"))
matrix.operation("pull", lambda: ai.pull("127.0.0.1:1/nosuch/model", insecure=True))
matrix.operation("push", lambda: ai.push("127.0.0.1:1/nosuch/model", insecure=True))
matrix.operation("delete", lambda: ai.delete("other"))
matrix.operation("POST /api/blobs", lambda: answered(plain.post("/api/blobs/sha256:" + "0" * 64, {})))
matrix.operation("POST /api/me", lambda: answered(plain.post("/api/me", {})))
matrix.operation("POST /api/signout", lambda: answered(plain.post("/api/signout", {})))
matrix.operation("POST /api/experimental/web_search", lambda: answered(plain.post("/api/experimental/web_search", {"query": "x"})))
matrix.operation("unknown key", lambda: client("wrong").list())
matrix.operation("unknown model", lambda: ai.generate(model="nosuch", prompt="x"))
if not given.direct:
    # the bare server goes on as long as nobody stops it
    matrix.note("tokens", generate(options={"num_predict": 9999}, format=None).eval_count)
    matrix.note("tokens without options", generate(options=None, format=None).eval_count)
    matrix.note("tokens of a chat", chat(options={"num_predict": -1}, format=None).eval_count)
    matrix.note("context", generate().context)

matrix.door("generate", generate)
matrix.door("generate stream", lambda: "".join(p.response for p in generate(stream=True)))
matrix.door("generate logprobs, text and bytes", lambda: tokens(generate(logprobs=True, top_logprobs=1).logprobs))
matrix.door("generate stream logprobs", lambda: tokens([t for p in generate(stream=True, logprobs=True) for t in p.logprobs or []]))
matrix.door("chat", chat)
matrix.door("chat stream", lambda: "".join(p.message.content for p in chat(stream=True)))
matrix.door("chat logprobs", lambda: tokens(chat(logprobs=True).logprobs))
matrix.door("the template's text of a prompt", lambda: rendered(prompt=PROMPT))
matrix.door("context, made text by the template", lambda: rendered(prompt="x", context=generate().context))
matrix.door("show gives the system text", lambda: ai.show(given.model))
matrix.door("an error that repeats the model's name", lambda: ai.generate(model=SECRETS[0], prompt="x"))
matrix.door("v1 chat", v1_chat)
matrix.door("v1 chat stream", lambda: "".join(c.choices[0].delta.content or "" for c in v1_chat(stream=True) if c.choices))
matrix.door("v1 chat logprobs", v1_logprobs)
matrix.report()
