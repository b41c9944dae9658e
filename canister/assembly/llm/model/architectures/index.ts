/** The architectures that the engine knows: one small file each. */
import { brief } from '../../gguf/brief';
import { Metadata } from '../../gguf/metadata';
import { Description } from '../description';
import { refuseUnsupported } from '../refused-keys';
import { describeFalcon } from './falcon';
import { describeGemma } from './gemma';
import { describeGemma2 } from './gemma2';
import { describeGemma3 } from './gemma3';
import { describeGpt2 } from './gpt2';
import { describeGptOss } from './gpt-oss';
import { describeGranite } from './granite';
import { describeGraniteMoe } from './granitemoe';
import { describeLfm2 } from './lfm2';
import { describeLfm2Moe } from './lfm2moe';
import { describeLlama } from './llama';
import { describeOlmo2 } from './olmo2';
import { describeOlmoe } from './olmoe';
import { describePhi2 } from './phi2';
import { describePhi3 } from './phi3';
import { describeQwen2 } from './qwen2';
import { describeQwen2Moe } from './qwen2moe';
import { describeQwen3 } from './qwen3';
import { describeQwen3Moe } from './qwen3moe';
import { describeSmollm3 } from './smollm3';
import { describeStablelm } from './stablelm';
import { describeStarcoder2 } from './starcoder2';

type Describe = (metadata: Metadata) => Description;

class Architecture {
  constructor(
    readonly name: string,
    readonly describe: Describe,
  ) {}
}

const ARCHITECTURES: Architecture[] = [
  new Architecture('llama', describeLlama),
  new Architecture('qwen2', describeQwen2),
  new Architecture('qwen3', describeQwen3),
  new Architecture('gemma', describeGemma),
  new Architecture('gemma2', describeGemma2),
  new Architecture('gemma3', describeGemma3),
  new Architecture('phi2', describePhi2),
  new Architecture('phi3', describePhi3),
  new Architecture('smollm3', describeSmollm3),
  new Architecture('granite', describeGranite),
  new Architecture('olmo2', describeOlmo2),
  new Architecture('stablelm', describeStablelm),
  new Architecture('gpt2', describeGpt2),
  new Architecture('starcoder2', describeStarcoder2),
  new Architecture('falcon', describeFalcon),
  new Architecture('lfm2', describeLfm2),
  new Architecture('qwen2moe', describeQwen2Moe),
  new Architecture('qwen3moe', describeQwen3Moe),
  new Architecture('olmoe', describeOlmoe),
  new Architecture('granitemoe', describeGraniteMoe),
  new Architecture('lfm2moe', describeLfm2Moe),
  new Architecture('gpt-oss', describeGptOss),
];

/** Describes a file's model. A problem, such as an unknown architecture, is left in `metadata.problem`. */
export function describe(metadata: Metadata): Description {
  const name = metadata.requireText('general.architecture');
  let known = '';
  for (let i = 0; i < ARCHITECTURES.length; ++i) {
    const architecture = ARCHITECTURES[i];
    if (architecture.name == name) return described(metadata, architecture);
    known += (i == 0 ? '' : i + 1 == ARCHITECTURES.length ? ' and ' : ', ') + architecture.name;
  }
  metadata.fail(`the architecture "${brief(name)}" is not supported; ${known} are`);
  return new Description();
}

function described(metadata: Metadata, architecture: Architecture): Description {
  const d = architecture.describe(metadata);
  if (metadata.problem !== null) return d;
  refuseUnsupported(metadata, d);
  if (d.experts == null && d.feedForward == 0) {
    metadata.fail(`metadata key "${d.architecture}.feed_forward_length" is missing or 0`);
  }
  if (d.attending != null && d.taps == 0) {
    metadata.fail(`the architecture "${d.architecture}" with layers that do not attend is not supported`);
  }
  return d;
}
