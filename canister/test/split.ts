/** The files into which gguf-split divides a model: the first has the metadata, and the tensors are spread over all. */
import type { Tensor, Value } from '../../test/gguf/writer.js';
import { gguf } from '../../test/gguf/writer.js';

interface Model {
  metadata: Record<string, Value>;
  tensors: readonly Tensor[];
}

export function splitName(stem: string, part: number, parts: number): string {
  const digits = (number: number) => String(number).padStart(5, '0');
  return `${stem}-${digits(part + 1)}-of-${digits(parts)}.gguf`;
}

/** The parts of a model; `withTensors`: whether the first part has tensors, too. */
export function split({ metadata, tensors }: Model, parts: number, withTensors = true): Uint8Array[] {
  const carriers = withTensors ? parts : parts - 1;
  return Array.from({ length: parts }, (_, part) => {
    const carrier = withTensors ? part : part - 1;
    const own = carrier < 0 ? [] : tensors.filter((_, i) => Math.floor((i * carriers) / tensors.length) === carrier);
    const keys: Record<string, Value> = {
      'split.no': { type: 'u16', value: part },
      'split.count': { type: 'u16', value: parts },
      'split.tensors.count': { type: 'i32', value: tensors.length },
    };
    return gguf(part === 0 ? { ...metadata, ...keys } : keys, own);
  });
}
