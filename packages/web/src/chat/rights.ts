// What the canister lets its user do beside chatting.
import type { LlamaClient } from '@llama-canister/client';

/** As the marks in llama.did have it: nothing, read what is others', change it, or all. */
export type Rights = 'none' | 'inspect' | 'administer' | 'control';

function isDenied(error: unknown): boolean {
  return (error as { code?: string }).code === 'ACCESS_DENIED';
}

/** Queries that the canister answers to whom it lets, or whose argument is refused only then. Errors: those of the network. */
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
