import type { FORMAT_MARKERS } from './model-card.js';

type Marker = (typeof FORMAT_MARKERS)[number];

const CHATML =
  '{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}' +
  '{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';

const LLAMA_3 =
  '{{ bos_token }}{% for message in messages %}<|start_header_id|>{{ message.role }}<|end_header_id|>\n\n' +
  '{{ message.content }}<|eot_id|>{% endfor %}' +
  '{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}';

// Gemma has no system turn: its text goes before the first user turn.
const GEMMA =
  '{{ bos_token }}{% set ns = namespace(system="") %}{% for message in messages %}' +
  '{% if message.role == "system" %}{% set ns.system = message.content + "\n\n" %}{% else %}' +
  '<start_of_turn>{{ "model" if message.role == "assistant" else "user" }}\n' +
  '{{ ns.system + message.content }}{% set ns.system = "" %}<end_of_turn>\n{% endif %}{% endfor %}' +
  '{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}';

const MISTRAL =
  '{{ bos_token }}{% set ns = namespace(system="") %}{% for message in messages %}' +
  '{% if message.role == "system" %}{% set ns.system = message.content + "\n\n" %}' +
  '{% elif message.role == "user" %}[INST] {{ ns.system + message.content }} [/INST]{% set ns.system = "" %}' +
  '{% else %}{{ message.content }}{{ eos_token }}{% endif %}{% endfor %}';

const ZEPHYR =
  '{% for message in messages %}<|{{ message.role }}|>\n{{ message.content }}{{ eos_token }}\n{% endfor %}' +
  '{% if add_generation_prompt %}<|assistant|>\n{% endif %}';

/**
 * Templates for files without one, by a token that the format needs in the vocabulary. Sources: the model cards of
 * Qwen2.5, Llama 3, Gemma 2, Mistral 7B Instruct and Zephyr.
 */
export const FALLBACKS: Readonly<Record<Marker, string>> = {
  '<|im_start|>': CHATML,
  '<|start_header_id|>': LLAMA_3,
  '<start_of_turn>': GEMMA,
  '[INST]': MISTRAL,
  '<|user|>': ZEPHYR,
};
