"""Whole conversations: turns drawn from every source, follow-ups that refer to the turn before, a system prompt at times."""

import re
from dataclasses import dataclass

from . import arithmetic, outside, stories
from .grammar import expand, gerund
from .knowledge import read_entities, read_intents, read_lines, read_sections, split_held_out
from .noise import polite, slip_in, written

NO_TOPIC = "About what? Ask me about canisters, cycles, GGUF or this project."
NOTHING_MORE = "That is all I know about it."

# Topics that people will ask about first are drawn four times as often as the others, the FIRST ones seven times, and the
# RARE ones half as often.
FIRST = set("canister cycles gguf llama_canister".split())
CORE = set(
    "canister internet_computer cycles gguf token quantization llama_cpp language_model llama_canister stable_memory run_update "
    "tiny_chat local_network wasm candid instruction_limit update_call query_call demo tests tokenizer context assemblyscript "
    "run_demo run_tests upload load deploy network_start chat see_cycles call how_works install commands "
    "out_of_cycles check_ready inspect_model hello how_are_you user_name who_are_you what_can_you_do thanks bye name maker".split()
)
RARE = set("full_tests upload_as network_status demo_prompt choose_canister identity_how switch_model vitest slice page_charge".split())
# What is asked, in shares of all turns.
SHARES = {"entity": 27, "action": 19, "talk": 15, "sum": 23, "hard": 2.6, "number": 4, "echo": 3, "story": 10, "outside": 19}


@dataclass
class Turn:
    """One exchange. topic: the key of its entity or intent, or its kind; keep: words in which no slip may be made."""

    question: str
    answer: str
    topic: str
    keep: tuple = ()


def normal(text):
    """A question without casing and punctuation, to compare wordings."""
    return re.sub(r"[^\w]+", " ", text.lower()).strip()


class Dialogues:
    """The source of conversations. rng: random.Random; barred: normalised questions that must not be produced."""

    def __init__(self, rng, barred=()):
        self.rng = rng
        self.barred = set(barred)
        self.entities = read_entities()
        self.actions = read_intents("actions.txt")
        self.talk = read_intents("talk.txt")
        self.frames, self.held_frames = {}, {}
        for section, lines in read_sections("frames.txt").items():
            self.frames[section], self.held_frames[section] = split_held_out(lines)
        self.systems = read_lines("systems.txt")
        self._weights = {id(x): 7 if x.key in FIRST else 4 if x.key in CORE else 0.5 if x.key in RARE else 1 for group in (self.entities, self.actions, self.talk) for x in group}

    def _pick(self, group):
        return self.rng.choices(group, [self._weights[id(x)] for x in group])[0]

    def ask_entity(self, entity, section, held=False):
        """A question about an entity in a wording of a section of frames.txt."""
        rng = self.rng
        # The first name is what most people say.
        article, many, bare = rng.choice(entity.forms[:1] * 2 + entity.forms)
        frame = expand(rng.choice((self.held_frames if held else self.frames)[section]), rng)
        return frame.format(a=article, p=many, n=bare)

    def ask_action(self, action, held=False):
        """A question how an action is done."""
        rng = self.rng
        total = len(action.acts) * 3 + len(action.asks)
        if action.acts and (held or rng.randrange(total) >= len(action.asks)):
            frame = expand(rng.choice((self.held_frames if held else self.frames)["act"]), rng)
            phrase = expand(rng.choice(action.acts), rng)
            return frame.format(act=phrase, ing=gerund(phrase))
        return expand(rng.choice(action.asks), rng)

    def _draw(self):
        rng = self.rng
        kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
        if kind == "entity":
            entity = self._pick(self.entities)
            aspect = rng.choices(["what", "how", "why"], [12, 2, 2] if len(entity.answers) > 1 else [12, 1, 1])[0]
            question = self.ask_entity(entity, aspect)
            if entity.key in CORE and normal(question) not in self.barred and rng.random() < 0.15:
                question = slip_in(question, [name for forms in entity.forms for name in forms], rng)
            question = polite(question, rng)
            return Turn(question, entity.answer(aspect), entity.key)
        if kind == "action":
            action = self._pick(self.actions)
            return Turn(polite(self.ask_action(action), rng), rng.choice(action.answers), action.key)
        if kind == "talk":
            intent = self._pick(self.talk)
            question = expand(rng.choice(intent.asks), rng)
            question = polite(question, rng) if rng.random() < 0.4 else question
            return Turn(question, rng.choice(intent.answers), intent.key)
        if kind == "story":
            question, answer, hero = stories.story_turn(rng, outside.WORDS["thing"] if rng.random() < 0.75 else [outside.nonsense(rng)])
            return Turn(question, answer, "story", tuple((hero or "").split()) + ("story",))
        if kind == "echo":
            question, answer = outside.echo_turn(rng)
            return Turn(question, answer, kind, tuple(answer.split()))
        source = {"sum": arithmetic.sum_turn, "hard": arithmetic.hard_turn, "number": arithmetic.other_turn, "outside": outside.outside_turn}
        question, answer = source[kind](rng)
        return Turn(polite(question, rng) if rng.random() < 0.5 else question, answer, kind)

    def turn(self):
        """A turn that stands by itself and whose question is not barred."""
        while True:
            turn = self._draw()
            if normal(turn.question) not in self.barred:
                return turn

    def follow(self, before):
        """A turn that refers to the one before it, or None."""
        rng = self.rng
        if before is None:
            return Turn(rng.choice(self.frames["more"] + self.frames["how_it"] + self.frames["why_it"]), NO_TOPIC, "no_topic")
        entity = next((e for e in self.entities if e.key == before.topic), None)
        if before.topic in ("sum", "number"):
            following = arithmetic.follow_turn(before.answer, rng)
            return following and Turn(*following, "sum")
        if before.topic == "story":
            if rng.random() < 0.5:
                return Turn(rng.choice(self.frames["more"] + ["what happened next", "and then", "and what happened then"]), stories.MORE, "story_more")
            return Turn(rng.choice(["another story", "another one", "one more", "tell me another one", "another one please", "one more story"]), stories.tell(rng.choice(stories.HEROES), rng), "story")
        if entity:
            section = rng.choices(["more", "how_it", "why_it", "and"], [4, 2, 3, 3])[0]
            if section == "and":
                other = self._pick(self.entities)
                return Turn(self.ask_entity(other, "and"), other.answers["what"], other.key)
            aspect = section.split("_")[0]
            answer = entity.answer(aspect)
            if answer == before.answer:
                answer = NOTHING_MORE if aspect == "more" else answer
            return Turn(rng.choice(self.frames[section]), answer, entity.key)
        if before.topic in {x.key for x in self.actions}:
            return Turn(rng.choice(self.frames["more"]), NOTHING_MORE, "nothing_more")
        return None

    def conversation(self):
        """(system prompt or None, list of Turn with the questions as they were typed)."""
        rng = self.rng
        system = rng.choice(self.systems) if rng.random() < 0.17 else None
        if rng.random() < 0.035:
            quiz = [q for q in arithmetic.drill(rng) if normal(q[0]) not in self.barred]
            if quiz:
                return None, [Turn(question, answer, "sum") for question, answer in quiz]
        count = rng.choices([1, 2, 3, 4, 7], [74, 16, 7, 2.5, 0.5])[0]
        turns, before = [], None
        for _ in range(count):
            turn = self.follow(before) if rng.random() < (0.4 if before else 0.015) else None
            turn = turn or self.turn()
            before = turn
            rate = 0.05 if turn.topic in ("sum", "story", "echo") else 0.22
            capitals = 0.02 if turn.topic in ("story", "echo") else 0.17
            turns.append(Turn(written(turn.question, rng, turn.keep, rate, capitals), turn.answer, turn.topic))
        return system, turns
