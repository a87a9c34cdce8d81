"""Precision, recall and F2 of spans against labels, by token and by span."""
import collections
import re

from labels import UNMEASURED

TOKEN = re.compile(r"\w+")
BETWEEN = re.compile(r"[\s,.]*")


class Count:
    """True positives of what was found, what was found, true positives of what is labelled, what is labelled."""

    def __init__(self):
        self.right = self.found = self.met = self.labelled = 0

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def precision(self):
        return self.right / self.found if self.found else None

    @property
    def recall(self):
        return self.met / self.labelled if self.labelled else None

    @property
    def f2(self):
        p, r = self.precision or 0, self.recall or 0
        return 5 * p * r / (4 * p + r) if p + r else 0.0


def joined(spans, text):
    """Spans of one entity with nothing but blanks, commas and full stops between them are one: an address and its parts."""
    merged = []
    for entity, start, end in sorted(spans, key=lambda s: s[1]):
        if merged and merged[-1][0] == entity and BETWEEN.fullmatch(text, merged[-1][2], max(start, merged[-1][2])):
            merged[-1] = (entity, merged[-1][1], end)
        else:
            merged.append((entity, start, end))
    return merged


def alike(one, other):
    """Whether two spans share at least half of what either covers."""
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return shared > 0 and shared / (max(one[2], other[2]) - min(one[1], other[1])) >= .5


def by_span(text, labels, found):
    """A count for each entity."""
    counts = collections.defaultdict(Count)
    unmeasured = [label for label in labels if label[0] == UNMEASURED]
    labels = joined([label for label in labels if label[0] != UNMEASURED], text)
    found = [f for f in joined(found, text) if not any(alike(f, u) for u in unmeasured)]
    for one in found:
        counts[one[0]].found += 1
        counts[one[0]].right += any(one[0] == label[0] and alike(one, label) for label in labels)
    for label in labels:
        counts[label[0]].labelled += 1
        counts[label[0]].met += any(one[0] == label[0] and alike(one, label) for one in found)
    return counts


def entity_at(spans, start, end):
    return next((entity for entity, s, e in spans if s < end and start < e), None)


def by_token(text, labels, found, entities=None, called_otherwise=None):
    """
    One count over all tokens; with entities, of those alone. With spans that were called otherwise than any label is, a
    labelled token is right whatever it was called.
    """
    count = Count()
    for token in TOKEN.finditer(text):
        label, one = entity_at(labels, *token.span()), entity_at(found, *token.span())
        if label == UNMEASURED:
            continue
        if entities is not None:
            if label is not None and label not in entities:
                continue
            one = one if one in entities else None
        if called_otherwise is not None and label is not None:
            one = label if one or entity_at(called_otherwise, *token.span()) else None
        same = label is not None and label == one
        count.found += one is not None
        count.right += same
        count.labelled += label is not None
        count.met += same
    return count
