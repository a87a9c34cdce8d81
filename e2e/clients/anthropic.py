"""anthropic.py --host H --port P [--direct]: Anthropic's official client against llama.cpp's server, bare or behind a
guard. The key comes from REDOUBT_KEY and goes in x-api-key."""

import argparse
import json
import os
import sys

# this folder has files named like the clients, so it is searched last
sys.path.append(sys.path.pop(0))

import anthropic
from matrix import Matrix
from model_doors import PROMPT, SAID, SECRETS, Plain

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--direct", action="store_true", help="the server itself, without a guard")
given = parser.parse_args()

key = os.environ.get("REDOUBT_KEY", "none")
base = f"http://{given.host}:{given.port}"
plain = Plain(base, key)
matrix = Matrix("Anthropic's messages (llama.cpp)", f"anthropic {anthropic.__version__}", SECRETS)


def client(api_key=key):
    return anthropic.Anthropic(base_url=base, api_key=api_key, timeout=60)


ai = client()
ask = [{"role": "user", "content": PROMPT}]
tool = {
    "name": "mail",
    "description": "sends mail",
    "input_schema": {"type": "object", "properties": {"to": {"type": "string"}}, "required": ["to"]},
}


def message(**more):
    return ai.messages.create(**{"model": "m", "max_tokens": 40, "system": "be brief", "messages": ask, **more})


def accumulated():
    with ai.messages.stream(model="m", max_tokens=40, messages=ask) as stream:
        return stream.get_final_message()


def deltas():
    return "".join(e.delta.text for e in message(stream=True) if e.type == "content_block_delta")


def joined(answer):
    events = [json.loads(line[6:]) for line in answer[1].splitlines() if line.startswith("data: {")]
    return "".join(e["delta"].get("text", "") for e in events if e["type"] == "content_block_delta")


matrix.operation("models.list", lambda: [m.id for m in ai.models.list()])
matrix.operation("messages.create", lambda: message().content[0].text, SAID)
matrix.operation("messages.create parts", lambda: message(messages=[{"role": "user", "content": [{"type": "text", "text": PROMPT}]}]).stop_reason)
matrix.operation("messages.create stream", deltas, SAID)
matrix.operation("messages.stream", lambda: accumulated().content[0].text, SAID)
matrix.operation("messages.create tools", lambda: message(tools=[tool], tool_choice={"type": "auto"}).stop_reason)
matrix.operation(
    "messages.create tool result",
    lambda: message(
        tools=[tool],
        messages=[
            *ask,
            {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "mail", "input": {"to": SECRETS[0]}}]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "sent"}]},
        ],
    ).stop_reason,
)
matrix.operation("messages.count_tokens", lambda: ai.messages.count_tokens(model="m", messages=ask).input_tokens)
matrix.operation(
    "messages.create image",
    lambda: message(messages=[{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": "http://x/y.png"}}]}]),
)
matrix.operation("messages.batches.list", lambda: list(ai.messages.batches.list()))
matrix.operation("unknown key", lambda: client("wrong").messages.create(model="m", max_tokens=4, messages=ask))
matrix.note("tokens", message(max_tokens=9999).usage.output_tokens)

matrix.door("content", message)
matrix.door("stream, deltas", deltas)
matrix.door("stream, accumulated by the client", accumulated)
matrix.door("stream, all of its bytes", lambda: joined(plain.post("/v1/messages", {"model": "m", "max_tokens": 40, "stream": True, "messages": ask})))
matrix.door("/slots", lambda: (message(), plain.get("/slots"))[1])
matrix.door("an error that repeats tool_choice", lambda: message(tools=[tool], tool_choice={"type": SECRETS[0]}))


matrix.report()
