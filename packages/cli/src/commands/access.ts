import type { Access } from '@llama-canister/client';
import { Argument, type Command } from 'commander';
import { administer, withCanister } from '../admin/open.js';
import type { Context } from '../context.js';
import type { Run } from '../run.js';

const MEANS: Readonly<Record<Access, string>> = {
  controllers: 'Controllers and principals with a role may chat. Let everybody chat: `llama-canister access everybody`',
  everybody:
    'Everybody may chat, except the anonymous caller. Allow only controllers and roles: `llama-canister access controllers`',
};

async function access(context: Context, wanted: Access | undefined, flags: { canister: string }): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  const before = await llama.admin.access(options);
  if (wanted !== undefined && wanted !== before) await llama.admin.setAccess(wanted, options);
  const now = wanted ?? before;
  context.output.result({ access: now, changed: now !== before }, MEANS[now]);
}

export function accessCommand(program: Command, run: Run): void {
  withCanister(program.command('access').description('show who may chat, or change it (controllers only)'))
    .addArgument(new Argument('[who]', 'who may chat').choices(['controllers', 'everybody']))
    .addHelpText(
      'after',
      '\nThe command limits sets what callers may use; the command prices sets what they pay.\n\nExamples:\n  llama-canister access\n  llama-canister access everybody',
    )
    .action(run((context, who: Access | undefined, flags: { canister: string }) => access(context, who, flags)));
}
