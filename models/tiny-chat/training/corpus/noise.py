"""How people really type: politeness, casing, punctuation, slips of the fingers."""

import re

_QUESTION = {
    "what", "whats", "what's", "how", "why", "who", "where", "when", "which", "can", "could", "would", "do", "does", "did",
    "is", "are", "am", "should", "may", "will", "was", "were", "have", "has", "whose", "mind", "any", "so",
}
_BEFORE = [
    "please ", "hey, ", "hi, ", "hello, ", "hey ", "hi! ", "hello! ", "ok, ", "ok ", "so ", "so, ", "well, ", "um, ", "and ",
    "now ", "excuse me, ", "quick question: ", "one question: ", "good morning, ", "sorry, ", "tiny-chat, ", "tell me, ",
    "hi there, ", "dear model, ", "just curious, ", "great, ", "thanks, ", "next question: ", "but ", "then ", "actually, ",
]
_AFTER = [
    " please", ", please", " thanks", ", thanks", " for me", " briefly", " in short", " again", " now", " then", " exactly",
    " in one sentence", " in simple words", ", thank you", " pls", " plz", ", tiny-chat", " shortly", " today", " really",
    ", I am new here", ", I am a beginner", ", can you tell me", ", do you know", " by the way",
]
_NEIGHBOURS = {
    "a": "qsz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "w": "qe", "x": "zc", "y": "tu", "z": "x",
}
_WORD = re.compile(r"[A-Za-z]{4,}")


def polite(text, rng):
    """Sometimes a phrase before or after the question."""
    roll = rng.random()
    if roll < 0.13:
        text = rng.choice(_BEFORE) + text
    elif roll < 0.22:
        text = text + rng.choice(_AFTER)
    elif roll < 0.25:
        text = rng.choice(_BEFORE) + text + rng.choice(_AFTER)
    return text


def _slip(word, rng):
    """One typing error: two letters swapped, one left out, doubled or hit beside."""
    at = rng.randrange(len(word) - 1)
    kind = rng.random()
    if kind < 0.3:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.6:
        return word[: at + 1] + word[at + 2 :]
    if kind < 0.8:
        return word[: at + 1] + word[at:]
    beside = _NEIGHBOURS.get(word[at].lower())
    return word[:at] + rng.choice(beside) + word[at + 1 :] if beside else word


def typos(text, rng, keep=()):
    """Text with one or two slips in words of four letters and more, but none in the words of keep."""
    for _ in range(1 if rng.random() < 0.75 else 2):
        places = [m for m in _WORD.finditer(text) if not any(m.group().lower() in k.lower() for k in keep)]
        if not places:
            return text
        match = rng.choice(places)
        text = text[: match.start()] + _slip(match.group(), rng) + text[match.end() :]
    return text


def slip_in(text, names, rng):
    """Text with one slip in a word of four letters or more that is part of one of names; text itself if it has none."""
    parts = {word.lower() for name in names for word in _WORD.findall(name)}
    places = [m for m in _WORD.finditer(text) if m.group().lower() in parts]
    if not places:
        return text
    match = rng.choice(places)
    return text[: match.start()] + _slip(match.group(), rng) + text[match.end() :]


def written(text, rng, keep=(), rate=0.14, capitals=0.03):
    """Text as somebody may have typed it: end mark, casing and slips at random. rate: how often a slip is made; capitals:
    how often all letters are capital."""
    question = text.split()[0].lower().strip(",:") in _QUESTION if text.split() else False
    roll = rng.random()
    if question:
        end = "?" if roll < 0.62 else "" if roll < 0.9 else rng.choice([" ?", "??", "?!", ".", "!", "???", "..."])
    else:
        end = "" if roll < 0.5 else "." if roll < 0.78 else rng.choice(["!", "?", "...", "!!", " !"])
    if text[-1:] not in ".!?":
        text += end
    if rng.random() < rate:
        text = typos(text, rng, keep)
    roll = rng.random()
    if roll < 0.42:
        text = text[:1].upper() + text[1:]
    elif roll < 0.78:
        text = text.lower()
    elif roll < 0.78 + capitals:
        text = text.upper()
    elif roll < 0.8 + capitals:
        text = text.title()
    if rng.random() < 0.08:
        text = text.replace("'", "")
    return text
