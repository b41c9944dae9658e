"""Reader of data/heldout.txt, the questions that are never trained on."""

from dataclasses import dataclass

from corpus.knowledge import read_sections


@dataclass
class Question:
    """turns: what the user says, the last one judged; keys: what a right answer may be about; part: development or final."""

    turns: list
    keys: list
    part: str


def questions():
    """All held-out questions."""
    out = []
    for part, lines in read_sections("heldout.txt").items():
        for line in lines:
            key, text = line.split(": ", 1)
            out.append(Question([t.strip() for t in text.split("//")], key.split("|"), part))
    return out
