"""table.py BEFORE.json AFTER.json - what the quickstart saw, side by side; exits 1 where the guard did not
hold, or where there was nothing to hold."""

import json
import sys

before, after = (json.load(open(path)) for path in sys.argv[1:3])


def exported(seen):
    return f"{seen['exported']} records" if "exported" in seen else f"refused ({seen['refused']})"


def disk(seen):
    return f"{seen['emails']} e-mails, {seen['cards']} cards, {seen['names']} names"


def found(seen):
    """Retrieval still works: most tickets are found by their question."""
    return seen["ask"]["found"] >= 0.75 * seen["ask"]["questions"]


def answered(seen):
    return seen["ask"]["answered"] == seen["ask"]["questions"]


def personal(seen):
    return [seen["disk"][kind] for kind in ("emails", "cards", "names")]


def leaks(probe, verdict):
    return lambda seen: seen["leakage"].get(probe) == verdict


rows = [
    # what, how it reads, what an unguarded pipeline shows (else the row means nothing), what a guarded one must show
    ("e-mail addresses a client sees", lambda s: str(s["ask"]["emails"]), lambda s: s["ask"]["emails"] > 0, lambda s: s["ask"]["emails"] == 0),
    ("card numbers a client sees", lambda s: str(s["ask"]["cards"]), lambda s: s["ask"]["cards"] > 0, lambda s: s["ask"]["cards"] == 0),
    ("stored vectors returned", lambda s: str(s["ask"]["vectors"]), lambda s: s["ask"]["vectors"] > 0, lambda s: s["ask"]["vectors"] == 0),
    ("scores returned", lambda s: str(s["ask"]["scores"]), lambda s: s["ask"]["scores"] > 0, lambda s: s["ask"]["scores"] == 0),
    ("most results of one query (50 asked for)", lambda s: str(s["ask"]["results"]), lambda s: s["ask"]["results"] == 50, lambda s: 0 < s["ask"]["results"] <= 10),
    ("questions whose ticket is in the first ten", lambda s: f"{s['ask']['found']} of {s['ask']['questions']}", found, found),
    ("questions answered by the model", lambda s: f"{s['ask']['answered']} of {s['ask']['questions']}", answered, answered),
    ("export of the whole collection", lambda s: exported(s["export"]), lambda s: "exported" in s["export"], lambda s: "refused" in s["export"]),
    ("a stranger without a key, through the Service", lambda s: s["stranger"]["status"], lambda s: s["stranger"]["status"] == "200", lambda s: s["stranger"]["status"] == "401"),
    ("a stranger at the pod's own port", lambda s: s["direct"]["port"], lambda s: s["direct"]["port"] == "200", lambda s: s["direct"]["port"] != "200"),
    ("a stranger at the port behind the guard", lambda s: s["direct"]["relocated"], lambda s: True, lambda s: s["direct"]["relocated"] != "200"),
    ("personal data in the store's files", lambda s: disk(s["disk"]), lambda s: all(personal(s)), lambda s: s["disk"]["bytes"] > 0 and not any(personal(s))),
    *(
        (f"leakage test: {probe}", lambda s, probe=probe: s["leakage"].get(probe, "none"), leaks(probe, "Fail"), leaks(probe, "Pass"))
        for probe in ("ScoreTrilateration", "Canary")
    ),
]

width = max(len(row[0]) for row in rows)
middle = max(len("before"), *(len(row[1](before)) for row in rows))
print(f"{'':{width}}   {'before':{middle}}   after")
print(f"{'-' * width}   {'-' * middle}   {'-' * 40}")
broken, empty = [], []
for what, reads, shows, holds in rows:
    print(f"{what:{width}}   {reads(before):{middle}}   {reads(after)}")
    if not holds(after):
        broken.append(what)
    if not shows(before):
        empty.append(what)
if broken:
    sys.exit("The guard did not hold: " + "; ".join(broken))
if empty:
    sys.exit("The unguarded pipeline did not show what the guard is for: " + "; ".join(empty))
