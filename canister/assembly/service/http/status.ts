/** How the canister is, as JSON: what everybody may know. What is loaded is said where everybody is let in to use it. */
import { stableBytes } from '../../storage/stable';
import { isOpen } from '../access';
import { getMaxTokens } from '../limits';
import { engine } from '../loaded';
import { heapBytes } from '../memory-status';
import { modelFile, whyNotReady } from '../model';

const HEX: string = '0123456789abcdef';

/** A JSON string (RFC 8259, section 7). */
function quoted(text: string): string {
  let out = '"';
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (code == 0x22 || code == 0x5c) out += '\\' + text.charAt(i);
    else if (code >= 0x20 && code != 0x2028 && code != 0x2029 && (code < 0xd800 || code > 0xdfff))
      out += text.charAt(i);
    else
      out += `\\u${HEX.charAt(code >> 12)}${HEX.charAt((code >> 8) & 15)}${HEX.charAt((code >> 4) & 15)}${HEX.charAt(code & 15)}`;
  }
  return out + '"';
}

function model(): string {
  const description = engine.model.description;
  const file = modelFile();
  const digest = file.sha256;
  return (
    `{"architecture":${quoted(description.architecture)},"name":${quoted(description.name)},` +
    `"sha256":${digest === null ? 'null' : quoted(digest)},"filesize":${file.size().toString()},` +
    `"parameters":${engine.model.weights.parameters.toString()},"layers":${description.layers.toString()},` +
    `"vocabulary":${engine.model.vocabulary.toString()},"context":${engine.context.toString()}}`
  );
}

export function statusJson(): string {
  const why = whyNotReady();
  const limits = getMaxTokens();
  const isReady = why.length == 0;
  return (
    `{"ready":${isReady ? 'true' : 'false'},"state":${quoted(isReady ? 'ready' : why)},` +
    `"access":${isOpen() ? '"everyone"' : '"restricted"'},` +
    `"model":${isReady && isOpen() ? model() : 'null'},` +
    `"max_tokens_update":${limits.max_tokens_update.toString()},` +
    `"max_tokens_query":${limits.max_tokens_query.toString()},` +
    `"heap_bytes":${heapBytes().toString()},"stable_bytes":${stableBytes().toString()}}\n`
  );
}
