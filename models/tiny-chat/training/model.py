"""The model: a llama-shaped transformer (RMSNorm, rotary positions on neighbouring pairs, grouped queries, SwiGLU, tied output).

Parameters carry the tensor names of GGUF, with dots replaced by underscores only where PyTorch asks for it, so that a file
and a state are the same thing to export and to load."""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    """Sizes of the model; rope_base and epsilon as in the GGUF keys llama.rope.freq_base and layer_norm_rms_epsilon."""

    vocabulary: int = 1280
    context: int = 512
    width: int = 192
    layers: int = 4
    heads: int = 6
    kv_heads: int = 2
    hidden: int = 384
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head(self):
        return self.width // self.heads


class Norm(nn.Module):
    """RMSNorm (Zhang and Sennrich, 2019)."""

    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


def rotate(x, cos, sin):
    """Rotary positions on neighbouring pairs (Su et al., 2021). x: batch, heads, time, head; cos, sin: time, head / 2."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


class Layer(nn.Module):
    """Attention and feed-forward part, each behind a norm and added to the stream."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.attn_norm = Norm(shape.width, shape.epsilon)
        self.attn_q = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_k = nn.Linear(shape.width, shape.kv_heads * shape.head, bias=False)
        self.attn_v = nn.Linear(shape.width, shape.kv_heads * shape.head, bias=False)
        self.attn_output = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_norm = Norm(shape.width, shape.epsilon)
        self.ffn_gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.ffn_down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x, cos, sin, mask, cache=None):
        """x: batch, time, width. mask: added to the scores. cache: (keys, values) of earlier positions or None.
        Returns the stream and the keys and values so far."""
        batch, time, _ = x.shape
        s = self.shape
        h = self.attn_norm(x)
        # The scale of the scores is applied to the queries, of which there are fewer numbers.
        q = self.attn_q(h) * (1 / math.sqrt(s.head))
        q = rotate(q.view(batch, time, s.heads, s.head).transpose(1, 2), cos, sin)
        k = rotate(self.attn_k(h).view(batch, time, s.kv_heads, s.head).transpose(1, 2), cos, sin)
        v = self.attn_v(h).view(batch, time, s.kv_heads, s.head).transpose(1, 2)
        if cache is not None:
            k, v = torch.cat((cache[0], k), 2), torch.cat((cache[1], v), 2)
        # The heads of a group stand one below the other, so that keys and values are not copied for each of them.
        group = s.heads // s.kv_heads
        grouped = q.reshape(batch, s.kv_heads, group * time, s.head)
        scores = (grouped @ k.transpose(2, 3)).view(batch, s.kv_heads, group, time, -1)
        weights = torch.softmax(scores.add_(mask), -1).view(batch, s.kv_heads, group * time, -1)
        mixed = (weights @ v).view(batch, s.heads, time, s.head).transpose(1, 2).reshape(batch, time, s.width)
        x = x + self.attn_output(mixed)
        h = self.ffn_norm(x)
        return x + self.ffn_down(F.silu(self.ffn_gate(h)) * self.ffn_up(h)), (k, v)


class Model(nn.Module):
    """Token ids to final hidden states; logits are the product with the token embedding."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.output_norm = Norm(shape.width, shape.epsilon)
        angles = torch.arange(shape.context)[:, None] * shape.rope_base ** (-torch.arange(0, shape.head, 2) / shape.head)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02 if "token_embd" in name else shape.width**-0.5 * 0.6)
            if "attn_output" in name or "ffn_down" in name:
                parameter.data.mul_((2 * shape.layers) ** -0.5)

    def forward(self, ids, mask=None, start=0, cache=None):
        """ids: batch, time. mask: batch, 1, 1, time, keys or None for a causal one. Returns hidden states and the cache."""
        time = ids.shape[1]
        cos, sin = self.cos[start : start + time], self.sin[start : start + time]
        if mask is None:
            mask = torch.full((time, time), float("-inf")).triu(1)
        x, grown = self.token_embd(ids), []
        for i, layer in enumerate(self.blk):
            x, pair = layer(x, cos, sin, mask, cache[i] if cache else None)
            grown.append(pair)
        return self.output_norm(x), grown

    def logits(self, hidden):
        """Scores over the vocabulary."""
        return hidden @ self.token_embd.weight.T


@torch.no_grad()
def greedy(model, prompts, stop, limit):
    """Greedy continuations of a list of id lists, each ending before one of the ids of stop or after limit tokens.
    Shorter prompts are padded on the left and the padding is masked; rotary positions are relative, so that changes nothing."""
    longest = max(map(len, prompts))
    limit = min(limit, model.shape.context - longest)
    pad = torch.tensor([longest - len(p) for p in prompts])
    ids = torch.tensor([[0] * (longest - len(p)) + p for p in prompts])
    hidden_keys = torch.arange(longest)[None] < pad[:, None]
    mask = torch.full((longest, longest), float("-inf")).triu(1)[None] + torch.zeros(len(prompts), 1, 1).masked_fill(hidden_keys[:, None], float("-inf"))
    # A padded query sees at least itself, so that no row of scores is empty.
    mask.diagonal(dim1=1, dim2=2).zero_()
    hidden, cache = model(ids, mask[:, None, None])
    out, done = [[] for _ in prompts], [False] * len(prompts)
    for step in range(limit):
        chosen = model.logits(hidden[:, -1]).argmax(-1)
        for row, token in enumerate(chosen.tolist()):
            if not done[row]:
                done[row] = token in stop
                if not done[row]:
                    out[row].append(token)
        if all(done):
            break
        hidden_keys = torch.cat((hidden_keys, torch.zeros(len(prompts), 1, dtype=torch.bool)), 1)
        step_mask = torch.zeros(hidden_keys.shape).masked_fill(hidden_keys, float("-inf"))[:, None, None, None]
        hidden, cache = model(chosen[:, None], step_mask, longest + step, cache)
    return out
