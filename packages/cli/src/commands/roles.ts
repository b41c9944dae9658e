import { LlamaError, type Role } from '@llama-canister/client';
import { Argument, type Command } from 'commander';
import { administer, parsePrincipal, withCanister } from '../admin/open.js';
import type { Context } from '../context.js';
import type { Run } from '../run.js';
import { table } from '../table.js';

interface RoleFlags {
  canister: string;
  note?: string;
}

async function list(context: Context, flags: RoleFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  const roles = (await llama.admin.roles(options)).map(({ role, assignedAt, ...rest }) => ({
    ...rest,
    role: Object.keys(role)[0]!,
    assignedAt: new Date(Number(assignedAt / 1_000_000n)),
  }));
  const rows = roles.map(({ principal, role, note, assignedAt }) => [
    principal,
    role,
    assignedAt.toISOString().slice(0, 10),
    note,
  ]);
  const none =
    'Nobody has a role; controllers may do everything. Give one: `llama-canister roles add PRINCIPAL AdminQuery`';
  context.output.result(roles, rows.length === 0 ? none : table(['PRINCIPAL', 'ROLE', 'SINCE', 'NOTE'], rows));
}

async function add(context: Context, text: string, role: Role, flags: RoleFlags): Promise<void> {
  const principal = parsePrincipal(text);
  const { llama, options } = await administer(context, flags.canister);
  await llama.admin.assignRole(principal, role, flags.note ?? '', options);
  const may = role === 'AdminQuery' ? 'see the data of others' : 'change the data of others';
  context.output.result({ principal, role, note: flags.note ?? '' }, `${principal} may ${may} now (${role}).`);
}

async function remove(context: Context, text: string, flags: RoleFlags): Promise<void> {
  const principal = parsePrincipal(text);
  const { llama, options } = await administer(context, flags.canister);
  const had = (await llama.admin.roles(options)).some((each) => each.principal === principal);
  if (!had) {
    throw new LlamaError('refused', 'NO_ROLE', `${principal} has no role`, {
      value: principal,
      next: 'See who has one: `llama-canister roles`',
    });
  }
  await llama.admin.revokeRole(principal, options);
  context.output.result({ principal, role: null }, `${principal} has no role any more.`);
}

export function rolesCommand(program: Command, run: Run): void {
  const roles = program
    .command('roles')
    .description('list who may administer the canister; give or remove a role (controllers only)')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister roles\n  llama-canister roles add rrkah-fqaaa-aaaaa-aaaaq-cai AdminQuery --note "monitoring"\n  llama-canister roles rm rrkah-fqaaa-aaaaa-aaaaq-cai',
    );
  withCanister(roles.command('list', { isDefault: true }).description('list the roles')).action(
    run((context, flags: RoleFlags) => list(context, flags)),
  );
  withCanister(roles.command('add').description('give a principal a role, which replaces its present one'))
    .argument('<principal>', 'whom')
    .addArgument(
      new Argument('<role>', 'AdminQuery may see everything, AdminUpdate may also change it').choices([
        'AdminQuery',
        'AdminUpdate',
      ]),
    )
    .option('--note <text>', 'what it is for')
    .action(run((context, principal: string, role: Role, flags: RoleFlags) => add(context, principal, role, flags)));
  withCanister(roles.command('rm').description('remove the role of a principal'))
    .argument('<principal>', 'from whom')
    .action(run((context, principal: string, flags: RoleFlags) => remove(context, principal, flags)));
}
