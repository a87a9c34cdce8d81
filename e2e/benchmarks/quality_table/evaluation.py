"""What Redoubt and Presidio found in one set of labelled texts, counted."""
import collections
import json
import pathlib
import re

import labels
from score import Count, by_span, by_token

ROOT = pathlib.Path(__file__).parents[3]
# below this the analyzer's own evaluation takes a result for noise; by default it keeps all
THRESHOLDS = (0, 0.35, 0.4, 0.5)


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def secrets():
    """The entities that the documentation calls secrets."""
    rows = (ROOT / "docs/redaction.md").read_text()
    return set(re.findall(r"^\| `([A-Z_]+)` \| secret \|", rows, re.MULTILINE))


class Result:
    """Counts of one recogniser over all texts."""

    def __init__(self, texts, found, others, compared):
        self.entities = collections.defaultdict(Count)
        self.tokens, self.both, self.any_entity = Count(), Count(), Count()
        self.alarms = self.secret_alarms = self.without = 0
        for text, spans, otherwise in zip(texts, found, others, strict=True):
            expected = [tuple(span) for span in text["spans"]]
            for entity, count in by_span(text["text"], expected, spans).items():
                self.entities[entity].add(count)
            self.tokens.add(by_token(text["text"], expected, spans))
            self.both.add(by_token(text["text"], expected, spans, compared))
            self.any_entity.add(by_token(text["text"], expected, spans, called_otherwise=otherwise))
            self.secret_alarms += any(e == labels.SECRET for e, *_ in spans) and all(e != labels.SECRET for e, *_ in expected)
            if not expected:
                self.without += 1
                self.alarms += bool(spans)

    def checksums(self):
        total = Count()
        for entity in labels.CHECKSUM & self.entities.keys():
            total.add(self.entities[entity])
        return total


class Evaluation:
    """One set of texts in one language: the results of both, the entities that both look for, milliseconds for a text."""

    def __init__(self, folder, name, language):
        self.texts = lines(folder / f"{name}.texts")
        self.compared = labels.of_both(language)
        to_redoubt = labels.of_redoubt(secrets())
        self.redoubt = Result(self.texts, [
            to_redoubt([(s["entity_type"], s["start"], s["end"]) for s in line["spans"]])
            for line in lines(folder / f"{name}.redoubt")], [[] for _ in self.texts], self.compared)
        analysed = lines(folder / f"{name}.presidio")
        self.threshold, self.presidio = max(
            ((least, self._of_presidio(analysed, least)) for least in THRESHOLDS), key=lambda result: result[1].tokens.f2)
        self.milliseconds = float((folder / f"{name}.milliseconds").read_text())
        self.presidio_milliseconds = sum(line["milliseconds"] for line in analysed) / len(analysed)

    def _of_presidio(self, analysed, least):
        raw = [labels.without_overlaps([r for r in line["spans"] if r[3] >= least]) for line in analysed]
        mapped = [labels.of_presidio(spans, text["spans"]) for spans, text in zip(raw, self.texts, strict=True)]
        return Result(self.texts, mapped, raw, self.compared)


def figure(value):
    return "–" if value is None else f"{value:.3f}".removeprefix("0") if value < 1 else "1"
