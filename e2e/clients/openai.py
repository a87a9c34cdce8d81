"""openai.py --host H --port P [--embed-host H --embed-port P] [--rerank-host H --rerank-port P] [--direct]: OpenAI's
official client against llama.cpp's server, bare or behind a guard. Keys come from REDOUBT_KEY and REDOUBT_OTHER_KEY."""

import argparse
import os
import sys

# this folder has files named like the clients, so it is searched last
sys.path.append(sys.path.pop(0))

import openai
from matrix import Matrix
from model_doors import PROMPT, SAID, SECRETS, TEMPLATE, Plain, detokenized, json_of, spelled

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--embed-host")
parser.add_argument("--embed-port", type=int)
parser.add_argument("--rerank-host")
parser.add_argument("--rerank-port", type=int)
parser.add_argument("--direct", action="store_true", help="the server itself, without a guard")
given = parser.parse_args()

key, other = os.environ.get("REDOUBT_KEY", "none"), os.environ.get("REDOUBT_OTHER_KEY", "none")
base = f"http://{given.host}:{given.port}"
embed_base = f"http://{given.embed_host or given.host}:{given.embed_port}"
rerank_base = f"http://{given.rerank_host or given.host}:{given.rerank_port}"
plain = Plain(base, key)
matrix = Matrix("OpenAI (llama.cpp)", f"openai {openai.__version__}", [*SECRETS, TEMPLATE])


def client(url=base, api_key=key):
    return openai.OpenAI(base_url=f"{url}/v1", api_key=api_key, timeout=60)


ai = client()
ask = [{"role": "system", "content": "be brief"}, {"role": "user", "content": PROMPT}]
SCHEMA = {"type": "object", "properties": {"to": {"type": "string"}}, "required": ["to"]}
chat_tool = {"type": "function", "function": {"name": "mail", "description": "sends mail", "parameters": SCHEMA}}
tool = {"type": "function", "name": "mail", "description": "sends mail", "parameters": SCHEMA, "strict": False}
call = {"id": "call_1", "type": "function", "function": {"name": "mail", "arguments": '{"to":"' + SECRETS[0] + '"}'}}


def chat(**more):
    return ai.chat.completions.create(model="m", messages=ask, max_tokens=40, **more)


def chunks(**more):
    return list(chat(stream=True, stream_options={"include_usage": True}, **more))


def content(chunks_):
    return "".join(c.choices[0].delta.content or "" for c in chunks_ if c.choices)


def complete(**more):
    return ai.completions.create(model="m", prompt=PROMPT, max_tokens=40, **more)


def respond(**more):
    return ai.responses.create(model="m", instructions="be brief", input=PROMPT, max_output_tokens=40, **more)


def events(kind, **more):
    return [e for e in respond(stream=True, **more) if e.type == kind]


def plain_choice(body):
    return json_of(plain.post("/v1/completions", body))["choices"][0]["logprobs"]


def refused(answer):
    if answer[0] == 403:
        raise PermissionError(answer[1])
    return answer[0]


def pieces(answer):
    return "".join(t["piece"] for t in json_of(answer).get("tokens", [])).replace(" ", "")


matrix.operation("models.list", lambda: [m.id for m in ai.models.list()])
matrix.operation("chat.completions.create", lambda: chat().choices[0].message.content, SAID)
matrix.operation("chat.completions.create stream", lambda: content(chunks()), SAID)
matrix.operation("chat.completions.create tools", lambda: chat(tools=[chat_tool], tool_choice="auto").choices[0].message)
matrix.operation(
    "chat.completions.create tool result",
    lambda: ai.chat.completions.create(
        model="m",
        messages=[
            *ask,
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "call_1", "content": "sent"},
        ],
        max_tokens=40,
    ).choices[0].finish_reason,
)
matrix.operation(
    "chat.completions.create prediction",
    lambda: chat(prediction={"type": "content", "content": PROMPT}).choices[0].finish_reason,
)
matrix.operation("chat.completions.create logprobs", lambda: chat(logprobs=True, top_logprobs=2).choices[0].message)
matrix.operation("chat.completions.create logit_bias", lambda: chat(logit_bias={"495": 5}))
matrix.operation("chat.completions.create n=2", lambda: chat(n=2))
matrix.operation("completions.create", lambda: complete().choices[0].text, SAID)
matrix.operation("completions.create stream", lambda: "".join(c.choices[0].text for c in complete(stream=True) if c.choices), SAID)
matrix.operation("completions.create token ids", lambda: ai.completions.create(model="m", prompt=[264, 293], max_tokens=4))
matrix.operation("responses.create", lambda: respond().output_text, SAID)
matrix.operation("responses.create stream", lambda: "".join(e.delta for e in events("response.output_text.delta")), SAID)
matrix.operation("responses.create tools", lambda: respond(tools=[tool]).status)
matrix.operation("responses.retrieve", lambda: ai.responses.retrieve("resp_1"))
matrix.operation("files.list", lambda: list(ai.files.list()))
matrix.operation("vector_stores.search", lambda: list(ai.vector_stores.search("vs_1", query=PROMPT)))
matrix.operation("unknown key", lambda: client(api_key="wrong").models.list())
matrix.note("usage", next((c.usage for c in chat(stream=True) if c.usage), None))
matrix.note("tokens", chat(max_completion_tokens=9999).usage.completion_tokens)

matrix.door("chat content", chat)
matrix.door("chat content of a stream", lambda: content(chunks()))
matrix.door("chat logprobs, text and bytes", lambda: spelled((chat(logprobs=True, top_logprobs=1).choices[0].logprobs or [[]]).content))
matrix.door(
    "chat logprobs of a stream",
    lambda: spelled([t for c in chunks(logprobs=True) if c.choices and c.choices[0].logprobs for t in c.choices[0].logprobs.content]),
)
matrix.door("completions text", complete)
matrix.door("completions logprobs", lambda: spelled((plain_choice({"prompt": "x", "max_tokens": 40, "logprobs": 2}) or {}).get("content")))
matrix.door("responses output", respond)
matrix.door("responses stream, deltas", lambda: "".join(e.delta for e in events("response.output_text.delta")))
for event in ("output_text.done", "content_part.done", "output_item.done", "completed"):
    matrix.door(f"responses stream, {event} repeats the text", lambda: events(f"response.{event}"))
matrix.door("responses stream, all of its bytes", lambda: plain.post("/v1/responses", {"input": PROMPT, "stream": True}))
matrix.door("n-best", lambda: plain.post("/v1/chat/completions", {"messages": ask, "max_tokens": 40, "n": 1, "best_of": 1}))
matrix.door("chat grammar", lambda: plain.post("/v1/chat/completions", {"messages": ask, "grammar": f'root ::= "{SECRETS[0]}"'}))
matrix.door("an error that repeats tool_choice", lambda: chat(tool_choice=SECRETS[0]))
matrix.door("an error that repeats response_format", lambda: chat(response_format={"type": SECRETS[0]}))
matrix.door("/completion gives the prompt", lambda: plain.post("/completion", {"prompt": PROMPT, "n_predict": 1}))
matrix.door("/completions gives the prompt", lambda: plain.post("/completions", {"prompt": PROMPT, "n_predict": 1}))
matrix.door("/apply-template", lambda: plain.post("/apply-template", {"messages": ask}))
matrix.door("/tokenize and /detokenize", lambda: detokenized(plain, PROMPT))
matrix.door("/slots", lambda: (chat(), plain.get("/slots"))[1])
matrix.door("/props", lambda: plain.get("/props"))



if given.embed_port:
    embedder = client(embed_base)
    vectors = Plain(embed_base, key)
    same = embedder.embeddings.create(model="m", input="mail <EMAIL_ADDRESS>", encoding_format="float").data[0].embedding

    def embed(text="mail " + SECRETS[0], **more):
        return embedder.embeddings.create(model="m", input=text, **more).data[0].embedding

    matrix.operation("embeddings.create", lambda: len(embed()))
    matrix.operation("embeddings.create float", lambda: len(embed(encoding_format="float")))
    matrix.operation("embeddings.create list", lambda: len(embed([PROMPT, "pod"])))
    matrix.operation("embeddings.create token ids", lambda: embed([101, 102]))
    # equal to the vector of the redacted text: the secret never reached the model
    matrix.note("embeds the redacted text", max(abs(a - b) for a, b in zip(same, embed())) < 1e-3)
    matrix.note("embeds the redacted text as floats", max(abs(a - b) for a, b in zip(same, embed(encoding_format="float"))) < 1e-3)
    matrix.door("embedding server, /tokenize", lambda: pieces(vectors.post("/tokenize", {"content": SECRETS[0], "with_pieces": True})))

if given.rerank_port:
    ranks = Plain(rerank_base, key)
    documents = ["the pod is down", "mail " + SECRETS[0]]

    def ranked(**body):
        status, text = ranks.post("/v1/rerank", body)
        if status != 200:
            raise RuntimeError(f"{status} {text}")
        return text

    matrix.operation("/v1/rerank", lambda: ranked(query=PROMPT, documents=documents))
    matrix.door("/v1/rerank that gives the texts back", lambda: ranks.post("/v1/rerank", {"query": "x", "texts": documents, "return_text": True}))
    matrix.door("/rerank", lambda: ranks.post("/rerank", {"query": "x", "texts": documents, "return_text": True}))

# what may not be asked at all, here and of vLLM, which has the rest of these
for path in (
    "/completion", "/completions", "/chat/completions", "/infill", "/embedding", "/embeddings", "/rerank", "/reranking",
    "/tokenize", "/detokenize", "/apply-template", "/invocations", "/pooling", "/score", "/v1/score", "/classify",
    "/v2/rerank", "/v1/audio/transcriptions", "/v1/load_lora_adapter", "/v1/unload_lora_adapter", "/collective_rpc",
    "/update_weights", "/init_weight_transfer_engine", "/sleep", "/wake_up", "/reset_prefix_cache", "/start_profile",
    "/lora-adapters", "/props", "/slots/0", "/models/load", "/abort_requests", "/generate", "/inference/v1/generate",
):
    matrix.operation(f"POST {path}", lambda: refused(plain.post(path, {"prompt": PROMPT, "input": PROMPT, "content": PROMPT})))
for path in ("/slots", "/props", "/metrics", "/lora-adapters", "/version", "/server_info", "/docs", "/openapi.json"):
    matrix.operation(f"GET {path}", lambda: refused(plain.get(path)))


matrix.report()
