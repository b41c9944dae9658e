"""Short stories from a template grammar; the hero is the one that was asked for, the characters stay the same to the end."""

import random

from .grammar import expand, with_article
from .knowledge import read_sections, split_held_out, words
from .outside import nonsense

_FILE = read_sections("stories.txt")
_HEROES = words(_FILE["hero"])
HELD_HEROES = _HEROES[7::8]
HEROES = [h for h in _HEROES if h not in HELD_HEROES]
ASKS, HELD_ASKS = split_held_out(_FILE["asks"])
ASKS_HERO, HELD_ASKS_HERO = split_held_out(_FILE["asks_hero"])
ASKS_SETTING = _FILE["asks_setting"]
SETTINGS = words(_FILE["setting"])
NAMES = words(_FILE["name"])
MORE = "And they all lived happily ever after."


def _own(options, hero, rng):
    """One of options. Every hero has one of its own that it meets more often than chance, so that the likeliest stories
    of two heroes are not the same one."""
    return random.Random(f"{hero} {options[0]}").choice(options) if rng.random() < 0.5 else rng.choice(options)


def _line(section, hero, rng):
    return _own("|".join(_FILE[section]).split("|"), hero, rng)


def tell(hero, rng, friend_kind=None, trait=None, called=None, setting=None):
    """A story of five or six sentences about a hero (a bare noun or a proper name). trait, called, setting: what the hero is
    like, its name and where it lives where that was asked for."""
    name = _own(NAMES, hero, rng)
    friend = rng.choice([n for n in NAMES if n != name])
    if called:
        name, friend = called, friend if friend != called else "Emil" if called != "Emil" else "Anna"
    places = words(_FILE["place"])
    place = setting or _own(places, hero, rng)
    place2 = rng.choice([p for p in places if p != place])
    if hero in NAMES:
        name = hero
        friend = friend if friend != name else "Emil" if name != "Emil" else "Anna"
        opening = f"Once upon a time there was a {rng.choice(words(_FILE['trait']))} child named {name}, who lived by the {place}."
    else:
        trait = trait or _own(words(_FILE["trait"]), hero, rng)
        opening = f"Once upon a time there was {with_article(trait)} {hero} named {name}, who lived by the {place}."
    fill = {
        "name": name, "friend": friend, "place": place, "place2": place2,
        "thing": rng.choice(words(_FILE["thing"])), "color": rng.choice(words(_FILE["color"])),
    }
    companion = friend_kind or rng.choice(HEROES[:24])
    sentences = [
        opening,
        f"One day {name} " + _line("problem", hero, rng) + ".",
        f"Then {name} met {with_article(companion)} named {friend}.",
        _line("help", hero, rng),
        _line("solution", hero, rng),
        _line("outcome", hero, rng),
        _line("ending", hero, rng),
    ]
    return " ".join(sentences).format(**fill)


def story_turn(rng, nouns=(), held=False):
    """(question, answer, the words that the answer copies or None). nouns: further words that may be heroes, so that copying
    a new one is learned."""
    roll = rng.random()
    asks, asks_hero = (HELD_ASKS, HELD_ASKS_HERO) if held else (ASKS, ASKS_HERO)
    if roll < 0.25:
        return expand(rng.choice(asks), rng), tell(rng.choice(HEROES), rng), None
    if roll < 0.33 and not held:
        setting = rng.choice(SETTINGS)
        named = "the " + setting if rng.random() < 0.75 else with_article(setting)
        return expand(rng.choice(ASKS_SETTING), rng).format(setting=named), tell(rng.choice(HEROES), rng, setting=setting), setting
    if held:
        hero = rng.choice(HELD_HEROES)
    elif nouns and rng.random() < 0.6:
        hero = rng.choice(nouns)
    elif rng.random() < 0.06:
        hero = rng.choice(NAMES)
    else:
        hero = rng.choice(HEROES)
    second = asked = called = None
    named = hero if hero in NAMES else with_article(hero)
    if hero not in NAMES and not held:
        trait = rng.choice(words(_FILE["trait"]))
        form = rng.random()
        if form < 0.12:
            named, asked = with_article(trait + " " + hero), trait
        elif form < 0.2:
            named = hero
        elif form < 0.32:
            second = rng.choice(HEROES)
            named = with_article(hero) + " and " + with_article(second)
        elif form < 0.36:
            named = "the " + hero
        elif form < 0.42:
            named = hero + "s"
        elif form < 0.54:
            called = nonsense(rng).capitalize() if rng.random() < 0.5 else rng.choice(NAMES)
            named = with_article(hero) + rng.choice([" named ", " called ", " with the name "]) + called
    told = tell(hero, rng, second, asked, called)
    return expand(rng.choice(asks_hero), rng).format(hero=named), told, f"{hero} {called}" if called else hero
