"""Trains the model on build/corpus.npz and keeps build/checkpoint.pt up to date.

    python3 train.py --seed 1 --steps 4000

The rate stays at its peak for the first half of the steps and falls in the second. A training may be cut and gone on with
(--until, --resume), with another number of steps too: before the falling half of both numbers that changes nothing, after it
the rate makes a step."""

import argparse
import ctypes
import json
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# The libraries' own threads wait for each other at every product, which is slow beside other work: each half of a batch has
# a thread of its own here instead. Read when the libraries are loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import torch
from torch.nn import functional as F

from model import Model, Shape
from muon import Muon

BUILD = Path(__file__).resolve().parent / "build"


def keep_memory():
    """Tells glibc's malloc to keep freed memory: new pages for every tensor cost more than the arithmetic."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(-4, 0)  # M_MMAP_MAX: no separate mappings
        libc.mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD


def batches(offsets, rng, tokens):
    """Lists of conversation numbers, at least two and of about the same length, together at most `tokens` with padding."""
    order = list(range(len(offsets) - 1))
    rng.shuffle(order)
    for at in range(0, len(order), 8192):
        group = sorted(order[at : at + 8192], key=lambda i: offsets[i + 1] - offsets[i])
        cut, batch, longest = [], [], 0
        for i in group:
            longest = max(longest, offsets[i + 1] - offsets[i])
            if len(batch) > 1 and longest * (len(batch) + 1) > tokens:
                cut.append(batch)
                batch, longest = [], offsets[i + 1] - offsets[i]
            batch.append(i)
        if len(batch) > 1:
            cut.append(batch)
        rng.shuffle(cut)
        yield from cut


def padded(corpus, batch):
    """ids and targets of a batch as tensors, padded on the right with zeros that are no targets."""
    offsets = corpus["offsets"]
    longest = max(offsets[i + 1] - offsets[i] for i in batch)
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    targets = np.zeros((len(batch), longest), dtype=bool)
    for row, i in enumerate(batch):
        span = slice(offsets[i], offsets[i + 1])
        ids[row, : offsets[i + 1] - offsets[i]] = corpus["ids"][span]
        targets[row, : offsets[i + 1] - offsets[i]] = corpus["targets"][span]
    return torch.from_numpy(ids), torch.from_numpy(targets)


def gradients(model, ids, targets, count):
    """Leaves the gradients of a part of a batch in model and returns its share of the loss, the mean cross entropy over the
    `count` target tokens of the batch; the output matrix is applied only where it is needed."""
    model.zero_grad(set_to_none=True)
    hidden, _ = model(ids[:, :-1])
    wanted = targets[:, 1:]
    loss = F.cross_entropy(model.logits(hidden[wanted]), ids[:, 1:][wanted], reduction="sum") / count
    loss.backward()
    return loss.item()


def twin(model):
    """A model with the same weights in the same memory, and gradients of its own."""
    other = Model(model.shape)
    for theirs, ours in zip(other.parameters(), model.parameters()):
        theirs.data = ours.data
    return other


def rate(step, steps, peak):
    """Learning rate of a step: warm-up over 60 steps, the peak, and from half of the steps on linearly down to 1 % of it."""
    return peak * min(1, (step + 1) / 60, 0.01 + 0.99 * 2 * (1 - step / steps))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--epochs", type=int, default=1)
    arguments.add_argument("--tokens", type=int, default=3584, help="tokens in a batch, padding included")
    arguments.add_argument("--rate", type=float, default=2.2e-3, help="peak rate of embeddings and norms (AdamW)")
    arguments.add_argument("--matrix-rate", type=float, default=0.014, help="peak rate of the matrices (Muon)")
    arguments.add_argument("--steps", type=int, help="how many batches of the training set are used, all by default")
    arguments.add_argument("--until", type=int, help="stop after so many steps of them, to go on with --resume")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--resume", action="store_true", help="go on from build/checkpoint.pt")
    options = arguments.parse_args()
    keep_memory()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    with np.load(BUILD / "corpus.npz") as file:
        corpus = {name: file[name] for name in file.files}
    offsets = corpus["offsets"].tolist()
    plan = [batch for _ in range(options.epochs) for batch in batches(offsets, rng, options.tokens)]
    model = Model(Shape())
    steps = min(options.steps or len(plan), len(plan))
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {steps} of {len(plan)} steps", flush=True)
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and "token_embd" not in n]
    others = [p for n, p in model.named_parameters() if p.dim() < 2 or "token_embd" in n]
    # Two optimisers for the matrices, each with half of them, for two threads.
    optimizers = [
        (Muon(matrices[0::2], lr=0.0, weight_decay=0.02), options.matrix_rate),
        (Muon(matrices[1::2], lr=0.0, weight_decay=0.02), options.matrix_rate),
        (torch.optim.AdamW(others, lr=0.0, betas=(0.9, 0.98), weight_decay=0.0), options.rate),
    ]
    first = 0
    if options.resume:
        saved = torch.load(BUILD / "checkpoint.pt")
        model.load_state_dict(saved["model"])
        for (optimizer, _), state in zip(optimizers, saved["optimizers"]):
            optimizer.load_state_dict(state)
        first = saved["step"]
    began, seen, mean, stored = time.monotonic(), 0, None, time.monotonic()
    log = open(BUILD / "log.jsonl", "a", encoding="utf-8")

    def store(step):
        states = [optimizer.state_dict() for optimizer, _ in optimizers]
        torch.save({"model": model.state_dict(), "optimizers": states, "step": step}, BUILD / "checkpoint.pt")

    threads, halves = ThreadPoolExecutor(2), (model, twin(model))
    last = min(steps, options.until or steps)
    for step in range(first, last):
        ids, targets = padded(corpus, plan[step])
        count = int(targets[:, 1:].sum())
        loss = sum(threads.map(gradients, halves, (ids[0::2], ids[1::2]), (targets[0::2], targets[1::2]), (count, count)))
        for ours, theirs in zip(*(half.parameters() for half in halves)):
            ours.grad.add_(theirs.grad)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, peak in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate(step, steps, peak)
        list(threads.map(lambda pair: pair[0].step(), optimizers))
        seen += ids.numel()
        mean = loss if mean is None else 0.98 * mean + 0.02 * loss
        spent = time.monotonic() - began
        if step % 50 == 0:
            print(f"step {step} loss {mean:.4f} {seen / spent:.0f} tokens/s {spent / 60:.1f} min", flush=True)
            log.write(json.dumps({"step": step, "loss": round(mean, 4), "minutes": round(spent / 60, 2)}) + "\n")
        if time.monotonic() - stored > 180:
            store(step + 1)
            stored = time.monotonic()
    store(last)
    print(f"trained {last - first} steps in {(time.monotonic() - began) / 60:.1f} minutes, loss {mean:.4f}")


if __name__ == "__main__":
    main()
