/** The architectures that the engine knows: one small file each. */
import { Metadata } from '../../gguf/metadata';
import { Description } from '../description';
import { describeGemma3 } from './gemma3';
import { describeLlama } from './llama';
import { describeQwen2 } from './qwen2';
import { describeQwen3 } from './qwen3';

/** Describes the model of a file. What is wrong is left in `metadata.error`, an architecture that is not known too. */
export function describe(metadata: Metadata): Description {
  const name = metadata.requireText('general.architecture');
  if (name == 'llama') return describeLlama(metadata);
  if (name == 'qwen2') return describeQwen2(metadata);
  if (name == 'qwen3') return describeQwen3(metadata);
  if (name == 'gemma3') return describeGemma3(metadata);
  metadata.fail(`the architecture "${name}" is not supported; llama, qwen2, qwen3 and gemma3 are`);
  return new Description();
}
