/** The canister's status as JSON, for everybody. Which model is loaded is shown only if everybody has access. */
import { stableBytes } from '../../storage/stable';
import { isOpen } from '../access/access';
import { getMaxTokens } from '../limits/limits';
import { engine } from '../engine/loaded';
import { heapBytes } from '../reports/memory-status';
import { modelFile, whyNotReady } from '../models/model';
import { whyNotReadyToStrangers } from '../models/readiness';
import { quoted } from './json';

function model(): string {
  const facts = engine.facts;
  const file = modelFile();
  const digest = file.sha256;
  return (
    `{"architecture":${quoted(facts.architecture)},"name":${quoted(facts.name)},` +
    `"sha256":${digest === null ? 'null' : quoted(digest)},"filesize":${file.size().toString()},` +
    `"parameters":${facts.parameters.toString()},"layers":${facts.layers.toString()},` +
    `"vocabulary":${facts.vocabulary.toString()},"context":${engine.context.toString()}}`
  );
}

export function statusJson(): string {
  const isTold = isOpen();
  const why = isTold ? whyNotReady() : whyNotReadyToStrangers();
  const limits = getMaxTokens();
  return (
    `{"ready":${why === null ? 'true' : 'false'},"state":${quoted(why === null ? 'ready' : why.text)},` +
    `"access":${isTold ? '"everyone"' : '"restricted"'},` +
    `"model":${why === null && isTold ? model() : 'null'},` +
    `"max_tokens_update":${limits.max_tokens_update.toString()},` +
    `"max_tokens_query":${limits.max_tokens_query.toString()},` +
    `"heap_bytes":${isTold ? heapBytes().toString() : 'null'},` +
    `"stable_bytes":${isTold ? stableBytes().toString() : 'null'}}\n`
  );
}
