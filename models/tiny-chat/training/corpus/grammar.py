"""Text with alternatives: (x|y|) stands for x, y or nothing; groups may nest."""

import re

_GROUP = re.compile(r"\(([^()]*)\)")
_SPACES = re.compile(r"  +")


def expand(text, rng):
    """One random expansion of text. Groups are resolved from the inside out; doubled spaces become one."""
    while True:
        match = _GROUP.search(text)
        if match is None:
            return _SPACES.sub(" ", text).replace(" ,", ",").strip()
        choice = rng.choice(match.group(1).split("|")) if "|" in match.group(1) else match.group(1)
        text = text[: match.start()] + choice + text[match.end() :]


def with_article(noun):
    """'a fox', 'an owl'; a noun that names something definite ("the ...") stays as it is."""
    if noun.lower().startswith("the "):
        return noun
    # Spelled-out letters: "an LLM", "an IC canister", but "a GGUF file", "a URL".
    spoken = noun.split()[0].split("-")[0]
    if spoken.isupper() and len(spoken) > 1:
        vowel = spoken[0] in "AEFHILMNORSX"
    else:
        vowel = noun[0].lower() in "aeio" or (noun[0].lower() == "u" and not noun.lower().startswith("uni"))
    return ("an " if vowel else "a ") + noun


def plural(noun):
    """The plural of a regular English noun."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


_DOUBLED = ("run", "get", "put", "set", "stop", "begin", "let", "quit", "shut", "cut", "top", "submit")


def gerund(phrase):
    """A verb phrase in its -ing form: "run the demo" to "running the demo"."""
    verb, _, rest = phrase.partition(" ")
    if verb.lower() in _DOUBLED:
        verb += verb[-1] + "ing"
    elif verb.endswith("e") and not verb.endswith("ee"):
        verb = verb[:-1] + "ing"
    else:
        verb += "ing"
    return f"{verb} {rest}".strip()
