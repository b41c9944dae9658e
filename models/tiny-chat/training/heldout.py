"""Reader of data/heldout.txt and eval/fresh*.txt, the questions that are never trained on."""

from dataclasses import dataclass
from pathlib import Path

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


def fresh_chats(name="fresh.txt"):
    """(turns, what a right answer must say) of every line of a file of eval/."""
    path = Path(__file__).resolve().parent / "eval" / name
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# "):
            turns, wanted = line.split(" | ")
            yield [turn.strip() for turn in turns.split(">>")], wanted


def fresh():
    """The last question of each line of the two files."""
    return [turns[-1] for name in ("fresh.txt", "fresh-2.txt") for turns, _ in fresh_chats(name)]
