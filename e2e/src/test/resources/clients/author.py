"""One record whose author only the stand-in for an analyzer knows as a person, stored and read again."""

import json
import os

import rag

store = rag.chroma(os.environ["API_KEY"])
try:
    collection = store.get_or_create_collection("authors", embedding_function=None)
    collection.upsert(
        ids=["one"], documents=["a note"], metadatas=[{"author": "zhāng wei"}], embeddings=[[1.0, 0.0]]
    )
    seen = {"author": collection.get(ids=["one"])["metadatas"][0]["author"]}
except Exception as refused:
    seen = {"refused": str(refused)}
print(json.dumps(seen))
