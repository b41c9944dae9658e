"""Trains the model on build/corpus.npz and keeps build/checkpoint.pt up to date.

    nice -n 19 python3 train.py --seed 1
"""

import argparse
import ctypes
import json
import os
import random
import time
from pathlib import Path

# One thread does best on matrices of this size, above all beside other work. Read when the libraries are loaded.
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
    """Lists of conversation numbers, each of about the same length and together at most `tokens` with padding."""
    order = list(range(len(offsets) - 1))
    rng.shuffle(order)
    for at in range(0, len(order), 8192):
        group = sorted(order[at : at + 8192], key=lambda i: offsets[i + 1] - offsets[i])
        cut, batch, longest = [], [], 0
        for i in group:
            longest = max(longest, offsets[i + 1] - offsets[i])
            if batch and longest * (len(batch) + 1) > tokens:
                cut.append(batch)
                batch, longest = [], offsets[i + 1] - offsets[i]
            batch.append(i)
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


def loss_of(model, ids, targets):
    """Mean cross entropy over the target tokens; the output matrix is applied only where it is needed."""
    hidden, _ = model(ids[:, :-1])
    wanted = targets[:, 1:]
    return F.cross_entropy(model.logits(hidden[wanted]), ids[:, 1:][wanted])


def rate(done, peak):
    """Learning rate at a share of the training: warm-up over 1 %, then linearly down to 1 % of the peak."""
    return peak * (done + 1e-4) / 0.01 if done < 0.01 else peak * (0.01 + 0.99 * (1 - done))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--epochs", type=int, default=1)
    arguments.add_argument("--tokens", type=int, default=3072, help="tokens in a batch, padding included")
    arguments.add_argument("--rate", type=float, default=2.5e-3, help="peak rate of embeddings and norms (AdamW)")
    arguments.add_argument("--matrix-rate", type=float, default=0.016, help="peak rate of the matrices (Muon)")
    arguments.add_argument("--steps", type=int, help="stop after so many steps of the plan")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--start", type=Path, help="a checkpoint whose weights the training starts from")
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
    if options.start:
        model.load_state_dict(torch.load(options.start)["model"])
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(plan)} steps", flush=True)
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and "token_embd" not in n]
    others = [p for n, p in model.named_parameters() if p.dim() < 2 or "token_embd" in n]
    optimizers = [
        (Muon(matrices, lr=0.0, weight_decay=0.02), options.matrix_rate),
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

    for step in range(first, len(plan)):
        ids, targets = padded(corpus, plan[step])
        loss = loss_of(model, ids, targets)
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, peak in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate(step / len(plan), peak)
            optimizer.step()
        seen += ids.numel()
        mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
        spent = time.monotonic() - began
        if step % 50 == 0:
            print(f"step {step} loss {mean:.4f} {seen / spent:.0f} tokens/s {spent / 60:.1f} min", flush=True)
            log.write(json.dumps({"step": step, "loss": round(mean, 4), "minutes": round(spent / 60, 2)}) + "\n")
        if time.monotonic() - stored > 180:
            store(step + 1)
            stored = time.monotonic()
        if step + 1 == options.steps:
            break
    store(step + 1)
    print(f"trained {step + 1 - first} steps in {(time.monotonic() - began) / 60:.1f} minutes, loss {mean:.4f}")


if __name__ == "__main__":
    main()
