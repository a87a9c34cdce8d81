"""What an ordinary RAG application does, with the official clients of Chroma and OpenAI and nothing of Redoubt.

usage: rag.py ingest|ask|export|stranger|direct|disk [PATH or ADDRESS…]
Reads STORE_HOST, STORE_PORT, EMBEDDINGS_URL, CHAT_URL and API_KEY (empty: no key is sent).
The last line of the output is a JSON object with what was seen.
"""

import json
import os
import pathlib
import socket
import sys
import time
import urllib.error
import urllib.request

from tickets import tickets

QUESTIONS = 20
ASKED_RESULTS = 50
COLLECTION = "tickets"


def environment(name, default=None):
    value = os.environ.get(name, default)
    if value is None:
        sys.exit(f"rag.py needs the environment variable {name}")
    return value


def chroma(key):
    import chromadb
    from chromadb.config import Settings

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return chromadb.HttpClient(
        host=environment("STORE_HOST"),
        port=int(environment("STORE_PORT", "8000")),
        headers=headers,
        settings=Settings(anonymized_telemetry=False),
    )


def openai(url, key):
    from openai import OpenAI

    return OpenAI(base_url=environment(url), api_key=key or "none", max_retries=0, timeout=60)


def embed(client, texts):
    answer = client.embeddings.create(model="minilm", input=texts)
    return [item.embedding for item in answer.data]


def ingest(key):
    """All tickets, embedded and stored; the collection is made anew where the client may."""
    store, model = chroma(key), openai("EMBEDDINGS_URL", key)
    collection = store.get_or_create_collection(COLLECTION, metadata={"hnsw:space": "cosine"}, embedding_function=None)
    everything, started = tickets(), time.time()
    for at in range(0, len(everything), 50):
        batch = everything[at : at + 50]
        texts = [ticket.text for ticket in batch]
        collection.upsert(
            ids=[ticket.id for ticket in batch],
            documents=texts,
            metadatas=[ticket.metadata() for ticket in batch],
            embeddings=embed(model, texts),
        )
        print(f"  {at + len(batch)} of {len(everything)} tickets stored ({time.time() - started:.0f} s)", flush=True)
    return {"stored": collection.count()}


def ask(key):
    """The same questions every time: retrieval with everything Chroma can return, then a streamed answer."""
    everything = tickets()
    emails, cards = {t.email for t in everything}, {t.card for t in everything}
    store, model, chat = chroma(key), openai("EMBEDDINGS_URL", key), openai("CHAT_URL", key)
    collection = store.get_collection(COLLECTION, embedding_function=None)
    seen, vectors, scores, results, found, answered = "", 0, 0, 0, 0, 0
    for ticket in everything[:: len(everything) // QUESTIONS]:
        answer = collection.query(
            query_embeddings=embed(model, [ticket.question]),
            n_results=ASKED_RESULTS,
            include=["documents", "metadatas", "embeddings", "distances"],
        )
        documents = answer["documents"][0]
        seen += json.dumps([documents, answer["metadatas"]])
        vectors += len(answer["embeddings"][0]) if answer["embeddings"] is not None else 0
        scores += len(answer["distances"][0]) if answer["distances"] is not None else 0
        results = max(results, len(answer["ids"][0]))
        found += ticket.id in answer["ids"][0][:10]
        words = chat.chat.completions.create(
            model="tiny",
            max_tokens=16,
            stream=True,
            messages=[
                {"role": "system", "content": "Answer from the tickets.\n" + "\n".join(documents[:3])},
                {"role": "user", "content": ticket.question},
            ],
        )
        text = "".join(chunk.choices[0].delta.content or "" for chunk in words if chunk.choices)
        answered += bool(text)
        seen += text
    return {
        "emails": sum(email in seen for email in emails),
        "cards": sum(card in seen for card in cards),
        "vectors": vectors,
        "scores": scores,
        "results": results,
        "found": found,
        "questions": QUESTIONS,
        "answered": answered,
    }


def export(key):
    """Everything at once."""
    try:
        return {"exported": len(chroma(key).get_collection(COLLECTION, embedding_function=None).get()["ids"])}
    except Exception as refused:  # whatever exception the official client raises is the finding
        return {"refused": type(refused).__name__}


def status(url):
    """What a plain GET without any key gets: a status, or why there is none."""
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except (urllib.error.URLError, socket.timeout, OSError) as error:
        reason = getattr(error, "reason", error)
        return "timed out" if "timed out" in str(reason) else "connection refused"


def stranger(_key):
    """Somebody without a key who knows the Service."""
    host, port = environment("STORE_HOST"), environment("STORE_PORT", "8000")
    return {"status": status(f"http://{host}:{port}/api/v2/tenants/default_tenant/databases/default_database/collections")}


def direct(_key, address):
    """Somebody who goes to the pod itself: its port, and the port the application was moved to."""
    path = "/api/v2/tenants/default_tenant/databases/default_database/collections"
    return {"port": status(f"http://{address}:8000{path}"), "relocated": status(f"http://{address}:18000{path}")}


def disk(_key, folder):
    """Personal data in the files of the store."""
    everything = tickets()
    content = b"".join(path.read_bytes() for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file())
    return {
        "bytes": len(content),
        "emails": sum(t.email.encode() in content for t in everything),
        "cards": sum(t.card.encode() in content for t in everything),
        "names": sum(t.name.encode() in content for t in everything),
    }


if __name__ == "__main__":
    commands = {f.__name__: f for f in (ingest, ask, export, stranger, direct, disk)}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    print(json.dumps(commands[sys.argv[1]](os.environ.get("API_KEY", ""), *sys.argv[2:])))
