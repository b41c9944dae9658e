/** The heap's functions as exports, for canister/test/heap.test.ts. */
export { allocate, allocatedBytes, availableBytes, release } from '../llm/heap';

export function memoryPages(): u32 {
  return <u32>memory.size();
}
