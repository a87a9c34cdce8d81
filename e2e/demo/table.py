"""table.py BEFORE.json AFTER.json - what the quickstart saw, side by side; exits 1 where the guard did not hold."""

import json
import sys

before, after = (json.load(open(path)) for path in sys.argv[1:3])


def exported(seen):
    return f"{seen['exported']} records" if "exported" in seen else f"refused ({seen['refused']})"


def disk(seen):
    return f"{seen['emails']} e-mails, {seen['cards']} cards, {seen['names']} names"


rows = [
    # what, how it reads, whether the guarded pipeline must show it so
    ("e-mail addresses a client sees", lambda s: str(s["ask"]["emails"]), lambda s: s["ask"]["emails"] == 0),
    ("card numbers a client sees", lambda s: str(s["ask"]["cards"]), lambda s: s["ask"]["cards"] == 0),
    ("stored vectors returned", lambda s: str(s["ask"]["vectors"]), lambda s: s["ask"]["vectors"] == 0),
    ("scores returned", lambda s: str(s["ask"]["scores"]), lambda s: s["ask"]["scores"] == 0),
    ("most results of one query (50 asked for)", lambda s: str(s["ask"]["results"]), lambda s: s["ask"]["results"] <= 10),
    ("questions whose ticket is in the first ten", lambda s: f"{s['ask']['found']} of {s['ask']['questions']}", lambda s: s["ask"]["found"] > 0),
    ("questions answered by the model", lambda s: f"{s['ask']['answered']} of {s['ask']['questions']}", lambda s: s["ask"]["answered"] > 0),
    ("export of the whole collection", lambda s: exported(s["export"]), lambda s: "refused" in s["export"]),
    ("a stranger without a key, through the Service", lambda s: s["stranger"]["status"], lambda s: s["stranger"]["status"] == "401"),
    ("a stranger at the pod's own port", lambda s: s["direct"]["port"], lambda s: s["direct"]["port"] != "200"),
    ("a stranger at the port behind the guard", lambda s: s["direct"]["relocated"], lambda s: s["direct"]["relocated"] != "200"),
    ("personal data in the store's files", lambda s: disk(s["disk"]), lambda s: not any(s["disk"][k] for k in ("emails", "cards", "names"))),
    ("leakage test: ScoreTrilateration", lambda s: s["leakage"].get("ScoreTrilateration", "none"), lambda s: s["leakage"].get("ScoreTrilateration") in ("Pass", "Inconclusive")),
    ("leakage test: Canary", lambda s: s["leakage"].get("Canary", "none"), lambda s: s["leakage"].get("Canary") in ("Pass", "Inconclusive")),
]

width = max(len(row[0]) for row in rows)
middle = max(len("before"), *(len(row[1](before)) for row in rows))
print(f"{'':{width}}   {'before':{middle}}   after")
print(f"{'-' * width}   {'-' * middle}   {'-' * 40}")
broken = []
for what, reads, holds in rows:
    print(f"{what:{width}}   {reads(before):{middle}}   {reads(after)}")
    if not holds(after):
        broken.append(what)
if broken:
    sys.exit("The guard did not hold: " + "; ".join(broken))
