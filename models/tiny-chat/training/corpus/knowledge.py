"""Readers of the data files: topics with their answers, intents with their wordings, question frames, word lists."""

from dataclasses import dataclass, field
from pathlib import Path

from .grammar import plural, with_article

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass
class Entity:
    """A thing one can ask about. forms: (article form, plural form, bare form) of each of its names."""

    key: str
    forms: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)

    def answer(self, aspect):
        """The answer for what, how, why or more; a missing one falls back as data/entities.txt says."""
        order = {"more": ["more", "why", "how"], "how": ["how", "what"], "why": ["why", "what"]}.get(aspect, [])
        for candidate in order:
            if candidate in self.answers:
                return self.answers[candidate]
        return self.answers["what"]


@dataclass
class Intent:
    """A thing one can want: verb phrases for the act frames, questions of its own, answer variants."""

    key: str
    acts: list = field(default_factory=list)
    asks: list = field(default_factory=list)
    answers: list = field(default_factory=list)


def _lines(name):
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# "):
            yield line.strip()


def _forms(name):
    if name.startswith("+"):
        noun = name[1:].strip()
        return (with_article(noun), plural(noun), noun)
    return (name, name, name)


def read_entities():
    """data/entities.txt as a list of Entity."""
    entities = []
    for line in _lines("entities.txt"):
        if line.startswith("= "):
            entities.append(Entity(line[2:]))
        elif line.startswith("n: "):
            entities[-1].forms = [_forms(name.strip()) for name in line[3:].split("|")]
        else:
            aspect, text = line.split(": ", 1)
            if aspect not in ("what", "how", "why", "more"):
                raise ValueError(f"entities.txt: unknown field in {line!r}")
            entities[-1].answers[aspect] = text
    return entities


def read_intents(name):
    """actions.txt or talk.txt as a list of Intent."""
    intents = []
    for line in _lines(name):
        mark, text = line.split(" ", 1)
        if mark == "=":
            intents.append(Intent(text))
        elif mark == ">":
            intents[-1].acts.append(text)
        elif mark == "?":
            intents[-1].asks.append(text)
        elif mark == "a:":
            intents[-1].answers.append(text)
        else:
            raise ValueError(f"{name}: unknown mark in {line!r}")
    return intents


def read_sections(name):
    """A file of [section] blocks: a dictionary of line lists."""
    sections = {}
    for line in _lines(name):
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], [])
        else:
            current.append(line)
    return sections


def split_held_out(lines):
    """(training lines, held-out lines): the held-out ones begin with an exclamation mark."""
    return [x for x in lines if not x.startswith("!")], [x[1:] for x in lines if x.startswith("!")]


def words(lines):
    """The words of a list section; an underscore inside a word stands for a space."""
    return [word.replace("_", " ") for line in lines for word in line.split()]


def read_lines(name):
    """All lines of a plain list file."""
    return list(_lines(name))
