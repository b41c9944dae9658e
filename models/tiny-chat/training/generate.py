"""Writes the training set: the tokenizer (build/merges.json) and the token ids with their targets (build/corpus.npz).

    python3 generate.py --conversations 300000 --seed 1
"""

import argparse
import random
from pathlib import Path

import numpy as np

from bpe import Tokenizer, train
from chat import turn_ids
from corpus.dialogue import Dialogues, normal
from corpus.stories import HEROES, tell
from heldout import fresh, questions

BUILD = Path(__file__).resolve().parent / "build"
VOCABULARY = 1280
TOKENIZER_SAMPLE = 40_000
LONGEST = 512


def dialogues(rng):
    """The source of conversations, with every held-out question barred."""
    held = {normal(q.turns[-1]) for q in questions()} | {normal(question) for question in fresh()}
    return Dialogues(rng, barred=held - {normal(x) for x in ("hello", "bye bye", "help")})


def train_tokenizer(rng):
    """Merges from a sample of conversations."""
    source, texts = dialogues(rng), []
    for _ in range(TOKENIZER_SAMPLE):
        system, turns = source.conversation()
        texts += [system] if system else []
        texts += [t for turn in turns for t in (turn.question, turn.answer)]
    return Tokenizer(train(texts + ["system\n", "user\n", "assistant\n"] * 3000, VOCABULARY))


def encode(tokenizer, system, turns, rng):
    """(ids, targets) of a conversation. targets: 1 where the token is to be predicted: all of the assistant's, and a
    tenth of the others, so that the model also learns what questions look like."""
    ids, targets = [], []

    def add(role, text, dropout=0.0):
        part = turn_ids(tokenizer, role, text, rng, dropout)
        header = 1 + len(tokenizer.encode(role + "\n"))
        ids.extend(part)
        if role == "assistant":
            targets.extend([0] * header + [1] * (len(part) - header - 1) + [0])
        else:
            targets.extend(int(rng.random() < 0.1) for _ in part)

    if system:
        add("system", system)
    for turn in turns:
        add("user", turn.question, 0.15 if rng.random() < 0.12 else 0.0)
        start = len(ids)
        add("assistant", turn.answer)
        if len(ids) > LONGEST - 150:
            break
    targets[0] = 0
    # Which answer is meant shows in its first words. So most answers that are learned by heart end there, which makes room
    # for more questions in the same time; sums and copied words are always whole.
    if turn.topic not in ("sum", "number", "echo") and rng.random() < (0.87 if turn.topic == "story" else 0.76):
        end = start + rng.randint(*((18, 30) if turn.topic == "story" else (8, 15)))
        return ids[:end], targets[:end]
    return ids, targets


def plain_story(tokenizer, rng):
    """(ids, targets) of a story without any chat around it, for prompts that are simply continued."""
    ids = [*tokenizer.encode(tell(rng.choice(HEROES), rng)), tokenizer.ids["<|endoftext|>"]]
    return ids, [0, 0, *[1] * (len(ids) - 2)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--conversations", type=int, default=110_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep-tokenizer", action="store_true", help="use build/merges.json as it is")
    options = arguments.parse_args()
    BUILD.mkdir(exist_ok=True)
    if options.keep_tokenizer:
        tokenizer = Tokenizer.load(BUILD / "merges.json")
    else:
        tokenizer = train_tokenizer(random.Random(f"tokenizer {options.seed}"))
        tokenizer.save(BUILD / "merges.json")
    rng = random.Random(f"conversations {options.seed}")
    source = dialogues(rng)
    ids, targets, offsets = [], [], [0]
    for _ in range(options.conversations):
        example = plain_story(tokenizer, rng) if rng.random() < 0.006 else encode(tokenizer, *source.conversation(), rng)
        ids.append(np.array(example[0][:LONGEST], dtype=np.uint16))
        targets.append(np.array(example[1][:LONGEST], dtype=np.uint8))
        offsets.append(offsets[-1] + len(ids[-1]))
    np.savez(BUILD / "corpus.npz", ids=np.concatenate(ids), targets=np.concatenate(targets), offsets=np.array(offsets))
    print(f"{options.conversations} conversations, {offsets[-1]} tokens, {sum(int(t.sum()) for t in targets)} targets")


if __name__ == "__main__":
    main()
