/** How much memory the canister has. */
import { MemoryStatusRecord, MemoryStatusResult } from '../../ic/candid/service.generated';
import { stableBytes } from '../../storage/stable';

/** Bytes of the heap, which grows and never shrinks while a program runs. */
export function heapBytes(): u64 {
  return (<u64>memory.size()) << 16;
}

export function memoryStatus(): MemoryStatusResult {
  const status = new MemoryStatusRecord();
  status.wasm_heap_bytes = heapBytes();
  status.stable_bytes = stableBytes();
  return MemoryStatusResult.Ok(status);
}
