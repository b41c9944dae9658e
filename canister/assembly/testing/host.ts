/** Shared by the test entries: bytes from the host, and UTF-8 text to and from it. */
import { ByteSource } from '../llm/bytes';
import { Problem } from '../problem';
import { allocate, allocatedBytes, release } from '../memory/heap';

// @ts-ignore: decorator
@external('host', 'read')
declare function hostRead(offset: u64, dst: usize, length: u32): void;

export class HostSource extends ByteSource {
  constructor(private readonly bytes: u64) {
    super();
  }

  size(): u64 {
    return this.bytes;
  }

  read(offset: u64, dst: usize, length: u32): void {
    hostRead(offset, dst, length);
  }
}

let said: ArrayBuffer = new ArrayBuffer(0);

export function say(text: string): void {
  said = String.UTF8.encode(text);
}

/** Says a problem, or an empty text if there is none. Returns whether there is none. */
export function sayProblem(problem: Problem | null): bool {
  say(problem === null ? '' : problem.text);
  return problem === null;
}

export function heard(ptr: usize, length: u32): string {
  return String.UTF8.decodeUnsafe(ptr, length);
}

export function said_ptr(): usize {
  return changetype<usize>(said);
}

export function said_length(): i32 {
  return said.byteLength;
}

export function take(bytes: usize): usize {
  return allocate(bytes);
}

export function give(ptr: usize): void {
  release(ptr);
}

export function taken(): f64 {
  return <f64>(<i64>allocatedBytes());
}
