"""A text with its labels, and the lines in which it is kept."""
import json


class LabelledText:
    """A text; its spans are (entity, start, end) in code points."""

    def __init__(self, purpose):
        self.purpose = purpose
        self.text = ""
        self.spans = []

    def add(self, text, entity=None):
        if entity:
            self.spans.append((entity, len(self.text), len(self.text) + len(text)))
        self.text += text

    def line(self):
        return json.dumps({"text": self.text, "purpose": self.purpose, "spans": self.spans}, ensure_ascii=False)

    def marked(self):
        """The text with its spans in brackets, ⟦PERSON Ann⟧, in one line."""
        parts, at = [], 0
        for entity, start, end in self.spans:
            parts += [self.text[at:start], f"⟦{entity} {self.text[start:end]}⟧"]
            at = end
        return ("".join(parts) + self.text[at:]).replace("\n", "\\n")
