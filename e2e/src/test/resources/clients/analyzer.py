"""Stands in for Presidio's analyzer on port 5002: POST /analyze, and the only person that it knows is NAME."""

import http.server
import json

NAME = "zhāng wei"


def results(text):
    start = text.find(NAME)
    if start < 0:
        return []
    return [{"entity_type": "PERSON", "start": start, "end": start + len(NAME), "score": 0.85}]


class Analyzer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = question["text"]
        answer = json.dumps([results(each) for each in text] if isinstance(text, list) else results(text)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


http.server.ThreadingHTTPServer(("0.0.0.0", 5002), Analyzer).serve_forever()
