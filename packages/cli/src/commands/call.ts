import { IDL, idlLabelToId } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { fromAgentError, idlFactory, LlamaError, rejection } from '@llama-canister/client';
import type { Command } from 'commander';
import { coerce } from '../candid-text/coerce.js';
import { inferArguments } from '../candid-text/infer.js';
import { toJson } from '../candid-text/json.js';
import { parseArguments, type Written } from '../candid-text/parse.js';
import { printArguments } from '../candid-text/print.js';
import { howToLoad } from '../chat/ready.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import type { Run } from '../run.js';

interface CallFlags {
  canister: string;
  query?: boolean;
  update?: boolean;
  untyped?: boolean;
}

/** A method's type in `llama.did`. */
function knownMethod(name: string): IDL.FuncClass | undefined {
  const service = idlFactory({ IDL }) as IDL.ServiceClass;
  return service._fields.find(([method]) => method === name)?.[1];
}

function encode(func: IDL.FuncClass | undefined, written: readonly Written[]): Uint8Array {
  if (!func) {
    const { types, values } = inferArguments(written);
    return IDL.encode(types, values);
  }
  const { argTypes } = func;
  if (written.length !== argTypes.length) {
    const takes =
      argTypes.length === 0
        ? 'no arguments: ()'
        : `${argTypes.length}: (${argTypes.map((type) => type.display()).join(', ')})`;
    throw new UsageError(`${written.length} arguments were given, and the method takes ${takes}`);
  }
  return IDL.encode(
    argTypes,
    argTypes.map((type, i) => coerce(type, written[i]!, argTypes.length > 1 ? `argument ${i + 1}` : '')),
  );
}

/** The field `Err`, by its name, and by its number in replies of unknown type. */
const ERR_LABELS: readonly string[] = ['Err', `_${idlLabelToId('Err')}_`];

/** Whether a reply is the `Err` of a result, by which canisters report failure. */
function isErrOf(type: IDL.Type, value: unknown): boolean {
  return type instanceof IDL.VariantClass && Object.keys(value as object).some((label) => ERR_LABELS.includes(label));
}

/** Decodes a reply of unknown type: Candid carries the types, without the names of fields. */
function decodeUntyped(reply: Uint8Array): { types: IDL.Type[]; values: unknown[] } {
  let values: unknown[] = [];
  for (let count = 1; ; count++) {
    try {
      values = IDL.decode(new Array<IDL.Type>(count).fill(IDL.Unknown), reply);
    } catch {
      // The reply has fewer values.
      break;
    }
  }
  return { types: values.map((value) => (value as { type(): IDL.Type }).type()), values };
}

/** What methods answer that need a model. */
const NO_MODEL = /model not yet loaded|no model is loaded/i;

async function send(
  connection: Connection,
  canister: Principal,
  methodName: string,
  arg: Uint8Array,
  query: boolean,
): Promise<Uint8Array> {
  const { agent } = connection;
  const call = { canisterId: canister.toText(), method: methodName };
  try {
    if (!query) return (await agent.update(canister, { methodName, arg, effectiveCanisterId: canister })).reply;
    const response = await agent.query(canister, { methodName, arg });
    if ('reply' in response) return response.reply.arg;
    const { reject_message: rejectMessage, reject_code: rejectCode, error_code: rejectErrorCode } = response;
    throw rejection(call, { rejectMessage, rejectCode, rejectErrorCode });
  } catch (error) {
    throw fromAgentError(error, call);
  }
}

async function call(context: Context, method: string, text: string | undefined, flags: CallFlags): Promise<void> {
  if (flags.query && flags.update) throw new UsageError('--query and --update exclude each other');
  const func = flags.untyped ? undefined : knownMethod(method);
  const arg = encode(func, parseArguments(text ?? '()'));
  const connection = await context.connect();
  const canister = Principal.fromText(connection.idOf(flags.canister));
  const isQuery = func?.annotations.includes('query') ?? false;
  if (flags.query && func && !isQuery) throw new UsageError(`${method} changes the canister, so it is no query`);
  const reply = await send(connection, canister, method, arg, flags.query ?? (isQuery && !flags.update));

  let types: IDL.Type[];
  let values: unknown[];
  try {
    ({ types, values } = func
      ? { types: func.retTypes, values: IDL.decode(func.retTypes, reply) }
      : decodeUntyped(reply));
  } catch (cause) {
    throw new LlamaError('unknown', 'BAD_REPLY', `the reply of ${method} has another type than it should`, {
      next: 'Print it as it is: --untyped.',
      cause,
    });
  }
  const isErr = types.length === 1 && isErrOf(types[0]!, values[0]);
  context.output.result(
    types.length === 1 ? toJson(types[0]!, values[0]) : types.map((type, i) => toJson(type, values[i])),
    printArguments(types, values),
  );
  if (!isErr) return;
  context.output.failed = true;
  if (!context.output.json && NO_MODEL.test(JSON.stringify(toJson(types[0]!, values[0])))) {
    context.output.note(await howToLoad(connection.open(flags.canister), context.signal));
  }
}

export function callCommand(program: Command, run: Run): void {
  program
    .command('call')
    .description('call any method, with arguments in Candid text; fails if the reply is an Err')
    .argument('<method>', 'name of the method')
    .argument('[arguments]', 'as \'(record { filename = "model.gguf" })\'; default ()')
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .option('--query', 'call as a query, for a method that the llama canister does not have')
    .option('--update', 'call a query as an update: slower, but the whole subnet signs the reply')
    .option('--untyped', 'infer types from the text of the arguments, and print the reply without names')
    .addHelpText(
      'after',
      `
Examples:
  llama-canister call health
  llama-canister call whoami --json
  llama-canister call uploaded_file_details '(record { filename = "model.gguf" })'
  llama-canister call set_max_tokens '(record { max_tokens_update = 32; max_tokens_query = 4 })'`,
    )
    .action(
      run((context, method: string, text: string | undefined, flags: CallFlags) => call(context, method, text, flags)),
    );
}
