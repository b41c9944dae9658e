"""Asks a GGUF file of this model the held-out questions, greedily, and prints how many are answered rightly.

    python3 evaluate.py ../tiny-chat-q8_0.gguf            a table
    python3 evaluate.py ../tiny-chat-q8_0.gguf --wrong    the wrong answers too
    python3 evaluate.py ../tiny-chat-q8_0.gguf --ask "what is a canister?"

Right means: the answer is, word for word, one of the answers of the topic that was asked about (any aspect of an entity);
for a sum, the whole equation; for a story, that it begins as one, names the hero and ends by itself."""

import argparse
import random
from collections import defaultdict
from pathlib import Path

import torch

import gguf
from bpe import Tokenizer
from chat import prompt_ids
from corpus import arithmetic, outside, stories
from corpus.dialogue import NOTHING_MORE, Dialogues
from corpus.noise import polite, written
from heldout import fresh_chats, questions
from model import Model, Shape, greedy

SYSTEM = "You are a helpful assistant that knows this project."
STORY_START = "Once upon a time there was "


def load(path):
    """(model, tokenizer) of a file that export.py wrote."""
    metadata, tensors = gguf.read(path)
    model = Model(
        Shape(
            vocabulary=metadata["llama.vocab_size"], context=metadata["llama.context_length"],
            width=metadata["llama.embedding_length"], layers=metadata["llama.block_count"],
            heads=metadata["llama.attention.head_count"], kv_heads=metadata["llama.attention.head_count_kv"],
            hidden=metadata["llama.feed_forward_length"], rope_base=metadata["llama.rope.freq_base"],
            epsilon=metadata["llama.attention.layer_norm_rms_epsilon"],
        )
    )
    model.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in tensors.items()})
    merges = [tuple(m.split(" ")) for m in metadata["tokenizer.ggml.merges"]]
    return model.eval(), Tokenizer(merges)


def answers(model, tokenizer, chats, limit=220):
    """The model's next message in each of a list of chats (lists of (role, content))."""
    stop = {tokenizer.ids["<|im_end|>"], tokenizer.ids["<|endoftext|>"]}
    prompts = [prompt_ids(tokenizer, chat) for chat in chats]
    out = [""] * len(chats)
    order = sorted(range(len(chats)), key=lambda i: len(prompts[i]))
    for at in range(0, len(order), 64):
        rows = order[at : at + 64]
        for row, ids in zip(rows, greedy(model, [prompts[i] for i in rows], stop, limit)):
            out[row] = tokenizer.decode(ids) + ("" if len(ids) < limit else " [cut]")
    return out


class Judge:
    """Knows the right answers. accepts(key, answer)."""

    def __init__(self):
        source = Dialogues(random.Random(0))
        self.right = {e.key: set(e.answers.values()) | {NOTHING_MORE} for e in source.entities}
        self.right |= {i.key: set(i.answers) for i in source.actions + source.talk}
        self.right["unknown"] = set(outside.ANSWERS)
        self.right["no_sum"] = {arithmetic.TOO_HARD}

    def accepts(self, key, answer):
        answer = answer.strip()
        if key.startswith("= "):
            return answer == key[2:]
        if key.startswith("story "):
            hero = key[6:]
            opening = answer.split(",")[0]
            return answer.startswith(STORY_START) and not answer.endswith("[cut]") and (hero == "any" or hero in opening)
        if key.startswith("why "):
            key = key[4:]
        if key not in self.right:
            raise ValueError(f"heldout.txt: unknown key {key!r}")
        return answer in self.right[key]


def held_out_sets(rng):
    """name -> list of (keys, chat) with wordings, words and number pairs that are never trained on."""
    source = Dialogues(rng)
    sets = defaultdict(list)

    def typed(name, key, question, keep=()):
        sets[name].append(([key], [("user", written(question, rng, keep, rate=0.0))]))
        if name in ("topics", "how-to", "unknown"):
            slip = written(polite(question, rng), rng, keep, rate=1.0)
            sets[name + ", slips and politeness"].append(([key], [("user", slip)]))
            sets[name + ", system prompt"].append(([key], [("system", SYSTEM), ("user", question)]))

    for entity in source.entities:
        for aspect in ("what", "what", "how", "why"):
            typed("topics" if aspect == "what" else "topics: how and why", entity.key, source.ask_entity(entity, aspect, held=True))
    for action in source.actions:
        if action.acts:
            for _ in range(4):
                typed("how-to", action.key, source.ask_action(action, held=True))
    for op in "+-":
        pairs = [(a, b) for a in range(100) for b in range(100) if arithmetic.held_out(op, a, b) and (op == "+" or a >= b)]
        for limit, name in ((20, "to 20"), (99, "to 99")):
            small = [p for p in pairs if max(p) <= limit]
            for a, b in rng.sample(small, min(len(small), 100)):
                for held in (False, True):
                    label = f"unseen pairs {op}, {name}" + (", unseen wordings" if held else "")
                    typed(label, "= " + arithmetic.result(op, a, b), arithmetic.wording(op, a, b, rng, held))
    for op in "*/":
        for _ in range(60):
            a, b = rng.randint(0, 12), rng.randint(1, 12)
            a = a * b if op == "/" else a
            typed(f"times tables {op}, unseen wordings", "= " + arithmetic.result(op, a, b), arithmetic.wording(op, a, b, rng, True))
    for _ in range(60):
        typed("sums out of reach", "no_sum", arithmetic.hard_turn(rng)[0])
    for _ in range(200):
        typed("unknown", "unknown", outside.outside_turn(rng, held=True)[0])
    for _ in range(60):
        question, _answer, hero = stories.story_turn(rng, held=True)
        typed("stories", f"story {hero or 'any'}", question, tuple((hero or "").split()))
    return sets


def hand_written(model, tokenizer):
    """Like held_out_sets for data/heldout.txt; earlier turns are answered by the model itself."""
    sets = {}
    for part in ("development", "final"):
        items = [q for q in questions() if q.part == part]
        chats = [[] for _ in items]
        for turn in range(max(len(q.turns) for q in items) - 1):
            rows = [i for i, q in enumerate(items) if turn < len(q.turns) - 1]
            for i in rows:
                chats[i].append(("user", items[i].turns[turn]))
            for i, answer in zip(rows, answers(model, tokenizer, [chats[i] for i in rows])):
                chats[i].append(("assistant", answer))
        for q, chat in zip(items, chats):
            chat.append(("user", q.turns[-1]))
        sets[f"hand-written, {part}"] = [(q.keys, chat) for q, chat in zip(items, chats)]
        sets[f"hand-written, {part}, system prompt"] = [(q.keys, [("system", SYSTEM), *chat]) for q, chat in zip(items, chats)]
        sets[f"hand-written, {part}, lower case, no end mark"] = [
            (q.keys, [*chat[:-1], ("user", chat[-1][1].lower().rstrip("?!. "))]) for q, chat in zip(items, chats)
        ]
        sets[f"hand-written, {part}, capitals"] = [(q.keys, [*chat[:-1], ("user", chat[-1][1].upper())]) for q, chat in zip(items, chats)]
    return sets


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--wrong", action="store_true", help="print the wrong answers")
    arguments.add_argument("--only", default="", help="only sets whose name begins so")
    arguments.add_argument("--ask", action="append", help="only answer this; again for a further turn")
    arguments.add_argument("--fresh", nargs="?", const="fresh.txt", help="print the answers to eval/fresh.txt or another file there, to be read")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    model, tokenizer = load(options.file)
    if options.fresh:
        for turns, wanted in fresh_chats(options.fresh):
            chat = []
            for question in turns:
                chat.append(("user", question))
                chat.append(("assistant", answers(model, tokenizer, [chat])[0]))
            print(f"> {' >> '.join(turns)}\n  wanted: {wanted}\n  {chat[-1][1]}\n", flush=True)
        return
    if options.ask:
        chat = []
        for question in options.ask:
            chat.append(("user", question))
            chat.append(("assistant", answers(model, tokenizer, [chat])[0]))
            print(f"> {question}\n{chat[-1][1]}\n")
        return
    judge = Judge()
    for name, items in {**hand_written(model, tokenizer), **held_out_sets(random.Random(7))}.items():
        if options.only and not name.startswith(options.only):
            continue
        replies = answers(model, tokenizer, [chat for _, chat in items])
        wrong = [(k, c, r) for (k, c), r in zip(items, replies) if not any(judge.accepts(x, r) for x in k)]
        print(f"{name:60} {len(items) - len(wrong):4} of {len(items):4}  {100 * (1 - len(wrong) / len(items)):5.1f} %", flush=True)
        if options.wrong:
            for keys, chat, reply in wrong:
                print(f"    {'|'.join(keys)}: {chat[-1][1]!r} -> {reply[:110]!r}")


if __name__ == "__main__":
    main()
