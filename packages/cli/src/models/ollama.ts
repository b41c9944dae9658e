// Ollama's registry: a manifest that lists layers, and the layers as blobs by their digest. Source: the OCI distribution
// specification, and ollama/ollama (server/images.go) for the media types.
import { LlamaError } from '@llama-canister/client';
import { type Sending, sendForJson } from './http.js';
import { type OllamaReference, referenceText } from './reference.js';
import type { Remote } from './remote.js';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const MODEL_LAYER = 'application/vnd.ollama.image.model';

interface Layer {
  mediaType: string;
  digest: string;
  size: number;
}

function refusalOf(reference: OllamaReference): (response: Response) => LlamaError {
  const { registry, namespace, model, tag } = reference;
  return ({ status }) => {
    const name = referenceText(reference);
    if (status === 404) {
      const path = namespace === 'library' ? `library/${model}` : `${namespace}/${model}`;
      return new LlamaError('input', 'NO_SUCH_MODEL', `${new URL(registry).host} has no ${model} with the tag ${tag}`, {
        value: name,
        next: `Tags are listed at https://ollama.com/${path}/tags.`,
      });
    }
    const why = status === 401 || status === 403 ? 'allows no access to it' : `refuses with status ${status}`;
    return new LlamaError('input', 'NO_ACCESS', `${new URL(registry).host} ${why}: ${name}`, {
      value: name,
      next: 'Check the name; a registry of your own may need --token.',
    });
  };
}

function isLayer(value: unknown): value is Layer {
  const { mediaType, digest, size } = (value ?? {}) as Partial<Layer>;
  return typeof mediaType === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest ?? '') && Number.isSafeInteger(size);
}

/** The file of a name. Errors: `NO_SUCH_MODEL`, `NO_GGUF`, `BAD_MANIFEST`, those of reaching it. */
export async function findInRegistry(reference: OllamaReference, sending: Sending): Promise<Remote> {
  const { registry, namespace, model, tag } = reference;
  const base = `${registry}/v2/${namespace}/${model}`;
  const refusal = refusalOf(reference);
  const asking = { ...sending, headers: { accept: MANIFEST } };
  const { value } = await sendForJson(`${base}/manifests/${tag}`, asking, refusal);
  const { layers } = (value ?? {}) as { layers?: unknown };
  if (!Array.isArray(layers) || !layers.every(isLayer)) {
    throw new LlamaError(
      'transport',
      'BAD_MANIFEST',
      `the answer of ${new URL(registry).host} for ${model} is no manifest`,
      {
        next: 'Is it a registry of Ollama models?',
      },
    );
  }
  const weights = layers.filter(({ mediaType }) => mediaType === MODEL_LAYER);
  if (weights.length !== 1) {
    const why = weights.length === 0 ? 'has no weights in GGUF' : `has ${weights.length} files of weights`;
    throw new LlamaError('input', 'NO_GGUF', `${referenceText(reference)} ${why}, which this program could not use`, {
      value: layers.map(({ mediaType }) => mediaType),
      next: 'Look for the model as a GGUF file on Hugging Face: hf:OWNER/REPO.',
    });
  }
  const [{ digest, size }] = weights as [Layer];
  const name = `${model}${tag === 'latest' ? '' : `-${tag}`}.gguf`;
  return {
    folder: ['ollama', new URL(registry).host.replaceAll(':', '_'), namespace, model, tag],
    files: [{ name, url: `${base}/blobs/${digest}`, size, sha256: digest.slice('sha256:'.length) }],
    refusal,
    canonical: reference,
  };
}
