"""The ChatML form of a conversation, as text template and as token ids."""

TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def turn_ids(tokenizer, role, content, rng=None, dropout=0.0):
    """Ids of one closed turn."""
    return [
        tokenizer.ids["<|im_start|>"],
        *tokenizer.encode(role + "\n"),
        *tokenizer.encode(content, rng, dropout),
        tokenizer.ids["<|im_end|>"],
        *tokenizer.encode("\n"),
    ]


def prompt_ids(tokenizer, messages):
    """Ids of a conversation, a list of (role, content), up to where the assistant's answer begins."""
    ids = [i for role, content in messages for i in turn_ids(tokenizer, role, content)]
    return ids + [tokenizer.ids["<|im_start|>"], *tokenizer.encode("assistant\n")]
