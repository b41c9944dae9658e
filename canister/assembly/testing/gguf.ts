/** The GGUF reader on a file of the host's. */
import { GgufFile, readGguf } from '../llm/gguf/file';
import { HostSource, heard, say, sayProblem } from './host';

let file: GgufFile | null = null;

/** 1 if the file can be used; otherwise says why not. */
export function gguf_open(size: f64): i32 {
  const opened = readGguf(new HostSource(<u64>size));
  file = opened.value;
  return sayProblem(opened.problem) ? 1 : 0;
}

/** Says "version alignment dataOffset keys tensors". */
export function gguf_summary(): void {
  const f = file!;
  say(`${f.version} ${f.alignment} ${f.dataOffset} ${f.metadata.size} ${f.tensors.count}`);
}

/** Says a tensor as "name description rowBytes offset bytes". */
export function gguf_tensor(index: i32): void {
  const tensor = file!.tensors.at(index);
  say(`${tensor.name} ${tensor.describe()} ${tensor.rowBytes} ${tensor.offset} ${tensor.bytes}`);
}

export function gguf_has_tensor(ptr: usize, length: u32): i32 {
  return file!.tensors.find(heard(ptr, length)) != null ? 1 : 0;
}

/** Says the value of a key as a getter (a letter) returns it, then a newline and the getter's problem if it has one. */
export function gguf_value(getter: i32, ptr: usize, length: u32): void {
  const metadata = file!.metadata;
  const key = heard(ptr, length);
  metadata.problem = null;
  let value = '';
  if (getter == 0x75) value = metadata.u32(key, 7).toString();
  else if (getter == 0x55) value = metadata.requireU32(key).toString();
  else if (getter == 0x66) value = metadata.f32(key, 7).toString();
  else if (getter == 0x62) value = metadata.flag(key, true).toString();
  else if (getter == 0x74) value = metadata.text(key, 'fallback');
  else if (getter == 0x54) value = metadata.requireText(key);
  else if (getter == 0x69) value = metadata.integers(key).join(' ');
  else if (getter == 0x6e) value = metadata.floats(key).join(' ');
  const problem = metadata.problem;
  say(`${value}\n${problem === null ? '' : problem.text}`);
}
