/**
 * Describes a file and what it takes to run it, without running it: it reads the header and the vocabulary and plans
 * the rest. The result is JSON; `error` is the reason why load_model would refuse the file, or empty.
 */
import { Problem } from '../problem';
import { ByteSource } from './bytes';
import { Fit } from './fit';
import { GgufFile, readGguf } from './gguf/file';
import { fileType } from './gguf/file-type';
import { suggestedFlags } from './gguf/suggested-flags';
import { tensorTypeName } from './gguf/tensor-types';
import { Loading } from './loading';
import { CacheTypes } from './model/load-options';
import { quoted } from '../json/quoted';
import { templateProblem } from './template/file-template';

/** Instructions of an update call and of a query call (developer-docs: references/resource-limits). */
const UPDATE: u64 = 40_000_000_000;
const QUERY: u64 = 5_000_000_000;
/** Positions whose cost is reported, as far as the context reaches. */
const POSITIONS: StaticArray<i32> = [128, 1024, 4096, 16384, 65536];

/** Members of a JSON object. */
class Members {
  private readonly parts: string[] = [];

  text(name: string, value: string): void {
    this.parts.push(`"${name}":${quoted(value)}`);
  }

  /** A member with a problem's text; '' without a problem. */
  problem(name: string, problem: Problem | null): void {
    this.text(name, problem === null ? '' : problem.text);
  }

  number(name: string, value: u64): void {
    this.parts.push(`"${name}":${value}`);
  }

  json(name: string, value: string): void {
    this.parts.push(`"${name}":${value}`);
  }

  toString(): string {
    return '{' + this.parts.join(',') + '}';
  }
}

/** Surveys a file for sequences of up to `context` tokens (0: the model's default). */
export function survey(source: ByteSource, context: i32, cacheTypes: CacheTypes | null): string {
  const told = new Members();
  told.number('fileBytes', source.size());
  told.number('parts', source.parts);
  const read = readGguf(source);
  const file = read.value;
  if (file === null) {
    told.problem('error', read.problem);
    return told.toString();
  }
  tellFile(told, file);
  told.problem('chatTemplateError', templateProblem(file, source));
  const loading = new Loading(source, context, null, cacheTypes);
  told.problem('error', loading.runToPlan());
  const fit = loading.fit;
  if (fit !== null) tellFit(told, fit);
  loading.dispose();
  return told.toString();
}

function tellFile(told: Members, file: GgufFile): void {
  const metadata = file.metadata;
  const architecture = metadata.text('general.architecture', '');
  told.number('version', file.version);
  told.text('architecture', architecture);
  told.text('name', metadata.text('general.name', ''));
  told.text('fileType', fileType(file));
  told.number('layers', metadata.u32(architecture + '.block_count', 0));
  told.number('embedding', metadata.u32(architecture + '.embedding_length', 0));
  told.number('trainedContext', metadata.u32(architecture + '.context_length', 0));
  told.text('tokenizer', metadata.text('tokenizer.ggml.model', ''));
  told.text('preTokenizer', metadata.text('tokenizer.ggml.pre', ''));
  const tokens = metadata.find('tokenizer.ggml.tokens');
  told.number('vocabulary', tokens === null ? 0 : tokens.count);
  told.text('chatTemplate', metadata.longText('tokenizer.chat_template', ''));
  const tensors = file.tensors;
  let parameters: u64 = 0;
  const types: u32[] = [];
  const elements: u64[] = [];
  for (let i = 0; i < tensors.count; ++i) {
    const tensor = tensors.at(i);
    parameters += tensor.elements;
    const known = types.indexOf(tensor.type);
    if (known >= 0) {
      elements[known] += tensor.elements;
    } else {
      types.push(tensor.type);
      elements.push(tensor.elements);
    }
  }
  told.number('parameters', parameters);
  told.number('tensors', tensors.count);
  const parts = new Members();
  for (let i = 0; i < types.length; ++i) parts.number(tensorTypeName(types[i]), elements[i]);
  told.json('types', parts.toString());
  told.text('samplingFlags', suggestedFlags(metadata));
}

function tellFit(told: Members, fit: Fit): void {
  const heap = new Members();
  heap.number('weights', fit.weightBytes);
  heap.number('buffers', fit.bufferBytes);
  heap.number('session', fit.sequenceBytes);
  heap.number('vocabulary', fit.vocabularyBytes);
  heap.number('available', fit.availableBytes);
  told.number('context', fit.context);
  told.json('heap', heap.toString());
  told.number('loadInstructions', fit.loadInstructions);
  told.number('imageInstructions', fit.imageInstructions);
  told.number('reloadInstructions', fit.reloadInstructions);
  const costs: string[] = [];
  for (let i = 0; i < POSITIONS.length; ++i) {
    const position = POSITIONS[i];
    if (i > 0 && position >= fit.context) break;
    costs.push(costAt(fit, min(position, fit.context - 1)));
  }
  told.json('costs', '[' + costs.join(',') + ']');
}

function costAt(fit: Fit, position: i32): string {
  const cost = new Members();
  cost.number('position', position);
  cost.number('token', fit.tokenInstructions(position));
  cost.number('promptToken', fit.promptInstructions(position));
  cost.number('pages', fit.pageInstructions(position));
  cost.number('tokensPerUpdate', fit.tokensPerCall(UPDATE, position));
  cost.number('tokensPerQuery', fit.tokensPerCall(QUERY, position));
  return cost.toString();
}
