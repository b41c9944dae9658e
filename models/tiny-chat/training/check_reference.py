"""Compares this folder's tokenizer and model with llama.cpp's results in ../reference.

    python3 check_reference.py

For each stored case: the same prompt ids, the same logits as llama.cpp's F32 run, the same greedy answer."""

import json
import re
from pathlib import Path

import torch

from bpe import SPECIAL
from evaluate import load
from model import greedy

HERE = Path(__file__).resolve().parent
_MARKS = re.compile("(" + "|".join(map(re.escape, SPECIAL)) + ")")


def main():
    torch.set_num_threads(1)
    models = {}
    for path in sorted((HERE.parent / "reference").glob("tiny-chat-*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if case["file"] not in models:
            models[case["file"]] = load(HERE.parent / case["file"])
        model, tokenizer = models[case["file"]]
        parts = [p for p in _MARKS.split(case["text"]) if p]
        ids = [i for p in parts for i in ([tokenizer.ids[p]] if p in SPECIAL else tokenizer.encode(p))]
        with torch.no_grad():
            hidden, _ = model(torch.tensor([case["prompt"]]))
            logits = model.logits(hidden[0, -1])
        apart = float((logits - torch.tensor(case["f32_first_step_logits"])).abs().max())
        stop = {tokenizer.ids["<|im_end|>"], tokenizer.ids["<|endoftext|>"]}
        answer = greedy(model, [case["prompt"]], stop, case["n_new"])[0]
        wanted = [i for i in case["greedy"] if i not in stop]
        print(
            f"{path.name:32} ids {'same' if ids == case['prompt'] else 'DIFFERENT'}, logits within {apart:.5f}, "
            f"greedy answer {'same' if answer == wanted else 'DIFFERENT'} ({len(wanted)} tokens, smallest gap {case['min_gap_f32']})"
        )


if __name__ == "__main__":
    main()
