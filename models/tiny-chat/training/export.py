"""Writes ../tiny-chat-q8_0.gguf and ../tiny-chat-f16.gguf from build/checkpoint.pt.

    python3 export.py
"""

from pathlib import Path

import torch

import gguf
from bpe import SPECIAL, Tokenizer
from chat import TEMPLATE
from model import Model, Shape

HERE = Path(__file__).resolve().parent
BUILD = HERE / "build"
DESCRIPTION = (
    "A very small chat model trained from scratch for llama-canister: canisters, cycles, GGUF, the project's commands, "
    "small sums and short stories."
)
_NORMAL, _CONTROL = 1, 3


def metadata(shape, tokenizer, file_type):
    """The keys of the llama architecture and of a byte-level BPE vocabulary."""
    tokens = tokenizer.tokens
    return [
        ("general.architecture", "string", "llama"),
        ("general.type", "string", "model"),
        ("general.name", "string", "tiny-chat"),
        ("general.basename", "string", "tiny-chat"),
        ("general.size_label", "string", "1.5M"),
        ("general.description", "string", DESCRIPTION),
        ("general.license", "string", "mit"),
        ("general.author", "string", "llama-canister"),
        ("general.tags", "strings", ["text-generation", "chat"]),
        ("general.languages", "strings", ["en"]),
        ("general.quantization_version", "u32", 2),
        ("general.file_type", "u32", file_type),
        ("llama.context_length", "u32", shape.context),
        ("llama.embedding_length", "u32", shape.width),
        ("llama.block_count", "u32", shape.layers),
        ("llama.feed_forward_length", "u32", shape.hidden),
        ("llama.attention.head_count", "u32", shape.heads),
        ("llama.attention.head_count_kv", "u32", shape.kv_heads),
        ("llama.attention.layer_norm_rms_epsilon", "f32", shape.epsilon),
        ("llama.rope.dimension_count", "u32", shape.head),
        ("llama.rope.freq_base", "f32", shape.rope_base),
        ("llama.vocab_size", "u32", shape.vocabulary),
        ("tokenizer.ggml.model", "string", "gpt2"),
        ("tokenizer.ggml.pre", "string", "qwen2"),
        ("tokenizer.ggml.tokens", "strings", tokens),
        ("tokenizer.ggml.token_type", "i32s", [_CONTROL if t in SPECIAL else _NORMAL for t in tokens]),
        ("tokenizer.ggml.merges", "strings", [f"{a} {b}" for a, b in tokenizer.merges]),
        ("tokenizer.ggml.bos_token_id", "u32", tokenizer.ids["<|endoftext|>"]),
        ("tokenizer.ggml.eos_token_id", "u32", tokenizer.ids["<|im_end|>"]),
        ("tokenizer.ggml.eot_token_id", "u32", tokenizer.ids["<|im_end|>"]),
        ("tokenizer.ggml.padding_token_id", "u32", tokenizer.ids["<|endoftext|>"]),
        ("tokenizer.ggml.add_bos_token", "bool", False),
        ("tokenizer.ggml.add_eos_token", "bool", False),
        ("tokenizer.chat_template", "string", TEMPLATE),
    ]


def main():
    shape = Shape()
    model = Model(shape)
    saved = torch.load(BUILD / "checkpoint.pt", map_location="cpu")
    model.load_state_dict(saved["model"])
    tokenizer = Tokenizer.load(BUILD / "merges.json")
    for kind, name, file_type in ((gguf.Q8_0, "q8_0", 7), (gguf.F16, "f16", 1)):
        tensors = [(n, p.detach().numpy(), kind if p.dim() == 2 else gguf.F32) for n, p in model.named_parameters()]
        path = HERE.parent / f"tiny-chat-{name}.gguf"
        gguf.write(path, metadata(shape, tokenizer, file_type), tensors)
        print(f"{path.name}: {path.stat().st_size} bytes after {saved['step']} steps")


if __name__ == "__main__":
    main()
