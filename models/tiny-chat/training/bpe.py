"""Byte-level BPE: training, encoding and decoding as llama.cpp does for tokenizer.ggml.model "gpt2", pre-tokenizer "qwen2"."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]

# llama.cpp's qwen2 pattern. Python's re lacks \p{L} and \p{N}: [^\W\d_] and \d are the same on the text that is trained on
# (they differ for numerals that are not decimal digits and for combining marks).
_SPLIT = re.compile(
    r"'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]|[^\r\n\w]?[^\W\d_]+|_[^\W\d_]+|\d|"
    r" ?(?:[^\s\w]|_)+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def _byte_characters():
    """GPT-2's printable character for each of the 256 bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, extra = {}, 0
    for byte in range(256):
        if byte in plain:
            table[byte] = chr(byte)
        else:
            table[byte] = chr(256 + extra)
            extra += 1
    return table


_TO_CHAR = _byte_characters()
_TO_BYTE = {c: b for b, c in _TO_CHAR.items()}


def pieces(text):
    """The pre-tokenizer's pieces, each as a tuple of byte characters."""
    return [tuple(_TO_CHAR[b] for b in piece.encode("utf-8")) for piece in _SPLIT.findall(text)]


def train(texts, size):
    """The merges, most frequent pair first (ties: the lexically first), of a vocabulary of `size` tokens."""
    counts = Counter()
    for text in texts:
        counts.update(_SPLIT.findall(text))
    words = [[_TO_CHAR[b] for b in piece.encode("utf-8")] for piece in counts]
    weights = list(counts.values())
    pairs, where = Counter(), defaultdict(set)
    for index, word in enumerate(words):
        for pair in zip(word, word[1:]):
            pairs[pair] += weights[index]
            where[pair].add(index)
    merges = []
    while len(merges) < size - 256 - len(SPECIAL):
        best = min(pairs, key=lambda p: (-pairs[p], p))
        if pairs[best] <= 0:
            raise ValueError("the text is too small for a vocabulary of this size")
        merges.append(best)
        for index in list(where[best]):
            word = words[index]
            for pair in zip(word, word[1:]):
                pairs[pair] -= weights[index]
                where[pair].discard(index)
            words[index] = word = _merge(word, best)
            for pair in zip(word, word[1:]):
                pairs[pair] += weights[index]
                where[pair].add(index)
    return merges


def _merge(word, pair):
    out, i = [], 0
    while i < len(word):
        if i + 1 < len(word) and (word[i], word[i + 1]) == pair:
            out.append(word[i] + word[i + 1])
            i += 2
        else:
            out.append(word[i])
            i += 1
    return out


class Tokenizer:
    """merges: list of pairs. Ids: the 256 bytes, the merges in order, then SPECIAL."""

    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        self.tokens = [_TO_CHAR[b] for b in range(256)] + [a + b for a, b in self.merges] + SPECIAL
        self.ids = {token: i for i, token in enumerate(self.tokens)}
        self._rank = {m: i for i, m in enumerate(self.merges)}
        self._cache = {}

    def save(self, path):
        """Writes the merges as JSON."""
        Path(path).write_text(json.dumps(self.merges, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path):
        """Reads what save wrote."""
        return cls(json.loads(Path(path).read_text(encoding="utf-8")))

    def _word(self, word, rng=None, dropout=0.0):
        word = list(word)
        while len(word) > 1:
            ranked = [(self._rank[p], p) for p in zip(word, word[1:]) if p in self._rank and not (dropout and rng.random() < dropout)]
            if not ranked:
                break
            word = _merge(word, min(ranked)[1])
        return [self.ids[w] for w in word]

    def encode(self, text, rng=None, dropout=0.0):
        """Ids of plain text (special tokens are not parsed). dropout: the share of merges left out (Provilkov et al., 2020)."""
        out = []
        for word in pieces(text):
            if dropout:
                out.extend(self._word(word, rng, dropout))
                continue
            known = self._cache.get(word)
            if known is None:
                known = self._cache[word] = self._word(word)
            out.extend(known)
        return out

    def decode(self, ids):
        """Text of ids; special tokens are left out, broken UTF-8 is replaced."""
        chars = "".join(self.tokens[i] for i in ids if i < len(self.tokens) - len(SPECIAL))
        return bytes(_TO_BYTE[c] for c in chars).decode("utf-8", errors="replace")
