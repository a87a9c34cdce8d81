"""steady.py SECONDS - writes and reads without pause through the guard and keeps account.

What was acknowledged must be there afterwards, and nothing that the policy forbids may ever come back. Refusals and
broken connections are counted by exception; they are allowed, losing or leaking is not. Prints the account as JSON.
"""

import json
import sys
import time
from collections import Counter

import rag
from tickets import tickets


def account(key, seconds):
    from httpx import HTTPError

    everything = tickets()
    store, acknowledged, errors, leaks, reads = None, [], Counter(), 0, 0
    vector = [0.05] * 384
    until, number = time.time() + seconds, 0
    while time.time() < until:
        ticket = everything[number % len(everything)]
        number += 1
        try:
            if store is None:
                store = rag.chroma(key).get_or_create_collection("steady", embedding_function=None)
            store.upsert(ids=[f"s-{number}"], documents=[ticket.text], metadatas=[ticket.metadata()], embeddings=[vector])
            acknowledged.append(f"s-{number}")
            answer = store.query(query_embeddings=[vector], n_results=10, include=["documents", "metadatas", "embeddings"])
            reads += 1
            text = json.dumps([answer["documents"], answer["metadatas"]])
            leaks += answer["embeddings"] is not None or any(t.email in text or t.card in text for t in everything)
        except Exception as refused:  # whatever the official client raises while something is being killed
            errors[type(refused).__name__] += 1
            if isinstance(refused, HTTPError) or store is None:
                time.sleep(0.1)
    return acknowledged, errors, leaks, reads


def missing(key, acknowledged):
    """Acknowledged records that are not there any more; asked for until the store answers."""
    deadline = time.time() + 60
    while True:
        try:
            store = rag.chroma(key).get_collection("steady", embedding_function=None)
            found = set()
            for at in range(0, len(acknowledged), 10):
                found |= set(store.get(ids=acknowledged[at : at + 10], include=[])["ids"])
            return sorted(set(acknowledged) - found)
        except Exception:
            if time.time() > deadline:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    import os

    api_key = os.environ.get("API_KEY", "")
    written, failures, leaked, answered = account(api_key, float(sys.argv[1]))
    print(json.dumps({
        "acknowledged": len(written),
        "missing": missing(api_key, written),
        "leaks": leaked,
        "reads": answered,
        "errors": failures,
    }))
