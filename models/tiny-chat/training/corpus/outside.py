"""Questions about what the model does not know."""

import re

from .grammar import expand, plural, with_article
from .knowledge import read_entities, read_sections, split_held_out, words

_FILE = read_sections("outside.txt")
ANSWERS = _FILE["answers"]
ASKS, HELD_ASKS = split_held_out(_FILE["asks"])
_ALL = {k: v if k == "foreign" else [w.replace("-", " ") for w in words(v)] for k, v in _FILE.items() if k not in ("answers", "asks")}
_KNOWN = {form.lower() for entity in read_entities() for forms in entity.forms for form in forms}
HELD_WORDS = {k: v[7::8] if len(v) >= 12 else v for k, v in _ALL.items()}
WORDS = {k: [w for w in v if w not in HELD_WORDS[k] and w.lower() not in _KNOWN] if len(v) >= 12 else v for k, v in _ALL.items()}
_SLOT = re.compile(r"\{(\w+)\}")
_SYLLABLES = (
    "ba be bi bo bu da de di do du fa fi fo ga ge go gu ka ke ki ko la le li lo lu ma me mi mo mu na ne ni no pa pe pi po pu "
    "ra re ri ro ru sa se si so ta te ti to tu va ve vi vo wa we wi wo za ze zo bla dri fro gle kra plo spi stu tra zwo"
).split()
_TAILS = ["", "", "n", "r", "x", "lf", "rp", "st", "nk", "mble", "t", "sh", "ck", "ng"]


def nonsense(rng):
    """A made-up word."""
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 3))) + rng.choice(_TAILS)


# What stands for the slots that are made of others.
_PHRASES = {
    "name": ["{first}", "{first} {last}", "{first} {last}", "{last}"],
    "one": ["{person}", "{person}", "the {role}", "my {relation}", "your {relation}", "{name}", "{name}", "a {role}"],
    "np": [
        "a {thing}", "the {thing}", "the {thing}", "my {thing}", "{thing}s", "the {quality} {thing}", "{quality} {thing}s", "a {quality} {thing}",
        "the {thing} of {one}", "the {thing} in {place}", "{thing}",
    ],
    "do": ["{verb} {np}", "{verb} a {thing}", "{verb} the {thing}s", "{deed}", "{deed}"],
}


def outside_turn(rng, held=False):
    """(question, answer). held: a wording and words that are never trained on."""
    pool = HELD_WORDS if held else WORDS

    def word(match):
        slot = match.group(1)
        if slot in _PHRASES:
            return _SLOT.sub(word, rng.choice(_PHRASES[slot]))
        if slot == "nonsense":
            return nonsense(rng)
        if slot == "digit":
            return str(rng.randint(2, 9))
        if slot == "big":
            return str(rng.randint(13, 9999))
        if slot == "year":
            return str(rng.randint(1200, 2030))
        if slot == "things":
            return plural(rng.choice(pool["thing"]))
        if slot == "a_thing":
            return with_article(rng.choice(pool["thing"]))
        return rng.choice(pool[slot])

    # In "{thing}s" and "a {thing}" the word takes its true plural and article, three times in four as people do.
    template = expand(rng.choice(HELD_ASKS if held else ASKS), rng)
    if not held and rng.random() < 0.75:
        template = template.replace("{thing}s", "{things}").replace("a {thing}", "{a_thing}")
    return _SLOT.sub(word, template), rng.choice(ANSWERS)


_ECHO = [
    "say {w}", "repeat {w}", "repeat after me: {w}", "echo {w}", "please say {w}", "say the word {w}", "write {w}", "can you say {w}",
    "repeat the word {w}", "type {w}", "print {w}", "say: {w}", "repeat: {w}",
]


def echo_turn(rng):
    """A word or two to be said again; it teaches the model to copy what it was given."""
    said = " ".join(nonsense(rng) if rng.random() < 0.4 else rng.choice(WORDS["thing"]) for _ in range(rng.choice([1, 1, 2, 3])))
    return rng.choice(_ECHO).format(w=said), said.capitalize() + "."
