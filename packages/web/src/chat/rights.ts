// What the canister allows the user beside chatting.
import type { LlamaClient } from '@llama-canister/client';

/** As in the marks of llama.did: nothing, reading what belongs to others, changing it, or everything. */
export type Rights = 'none' | 'inspect' | 'administer' | 'control';

function isDenied(error: unknown): boolean {
  return (error as { code?: string }).code === 'ACCESS_DENIED';
}

/**
 * Asks with queries that the canister denies to users without the right, before it looks at their argument. Errors:
 * those of the network.
 */
export async function rightsOf({ admin, canister }: LlamaClient): Promise<Rights> {
  const isLet = async (query: Promise<unknown>): Promise<boolean> => {
    try {
      await query;
    } catch (error) {
      if (isDenied(error)) return false;
      if ((error as { kind?: string }).kind !== 'refused') throw error;
    }
    return true;
  };
  if (!(await isLet(admin.access()))) return 'none';
  const [mayChange, mayControl] = await Promise.all([
    isLet(canister.ok('upload_status', [{ upload: 0n }])),
    isLet(admin.roles()),
  ]);
  return mayControl ? 'control' : mayChange ? 'administer' : 'inspect';
}
