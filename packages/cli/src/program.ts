import { Command, Option } from 'commander';
import { helpOf } from './command-path.js';
import { accessCommand } from './commands/access.js';
import { askCommand } from './commands/ask.js';
import { backupCommand } from './commands/backup.js';
import { callCommand } from './commands/call.js';
import { chatCommand } from './commands/chat.js';
import { cloneCommand } from './commands/clone.js';
import { completionCommand } from './commands/completion.js';
import { cpCommand } from './commands/cp.js';
import { demoCommand } from './commands/demo.js';
import { deployCommand } from './commands/deploy.js';
import { doctorCommand } from './commands/doctor.js';
import { filesCommand } from './commands/files.js';
import { fitCommand } from './commands/fit.js';
import { fleetCommand } from './commands/fleet.js';
import { identityCommand } from './commands/identity.js';
import { initCommand } from './commands/init.js';
import { inspectCommand } from './commands/inspect.js';
import { jobsCommand } from './commands/jobs.js';
import { limitsCommand } from './commands/limits.js';
import { loadCommand } from './commands/load.js';
import { logsCommand } from './commands/logs.js';
import { mcpCommand } from './commands/mcp.js';
import { metricsCommand } from './commands/metrics.js';
import { modelsCommand } from './commands/models.js';
import { networkCommand } from './commands/network.js';
import { planCommand } from './commands/plan.js';
import { pricesCommand } from './commands/prices.js';
import { psCommand } from './commands/ps.js';
import { pullCommand } from './commands/pull.js';
import { restoreCommand } from './commands/restore.js';
import { rmCommand } from './commands/rm.js';
import { rolesCommand } from './commands/roles.js';
import { runCommand } from './commands/run.js';
import { serveCommand } from './commands/serve.js';
import { sessionsCommand } from './commands/sessions.js';
import { settingsCommand } from './commands/settings.js';
import { showCommand } from './commands/show.js';
import { smokeCommand } from './commands/smoke.js';
import { statusCommand } from './commands/status.js';
import { stopCommand } from './commands/stop.js';
import { topUpCommand } from './commands/top-up.js';
import { upgradeCommand } from './commands/upgrade.js';
import { uploadCommand } from './commands/upload.js';
import { verifyWasmCommand } from './commands/verify-wasm.js';
import { versionCommand } from './commands/version.js';
import { webCommand } from './commands/web.js';
import { type Context, DEFAULT_CANISTER, type GlobalOptions } from './context.js';
import { UsageError } from './failure.js';
import { canisterOf, type Invocation } from './hints.js';
import { version } from './packages.js';
import type { Run } from './run.js';

const HELP = `
Example, from nothing to an answer, all at once:
  llama-canister run hf:bartowski/SmolLM2-135M-Instruct-GGUF "Who are you?"

And step by step:
  llama-canister network start
  llama-canister deploy
  llama-canister upload model.gguf
  llama-canister load model.gguf
  llama-canister chat "Who are you?"
  llama-canister network stop

Networks: local (network start), ic (the Internet Computer), or a URL such as http://127.0.0.1:8000.
Flags after -- are passed to llama.cpp's own options in the canister: chat "Hi" -- --xtc-probability 0.5.

Environment: LLAMA_CANISTER_NETWORK, LLAMA_CANISTER_IDENTITY, LLAMA_CANISTER_CACHE, HF_TOKEN, HF_ENDPOINT, NO_COLOR,
             LLAMA_CANISTER_IC (a local network in place of ic, for rehearsals),
             XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME
Exit codes:  0 done, 1 failed, 2 wrong usage, 130 interrupted`;

/** The global options that were given on the command line, so that suggested commands repeat them. */
export type Given = Pick<Invocation, 'network' | 'identity' | 'canister' | 'cache'>;

function givenTo(command: Command, args: readonly unknown[]): Given {
  const typed = (option: string): string | undefined => {
    for (let at: Command | null = command; at !== null; at = at.parent) {
      if (at.getOptionValueSource(option) === 'cli') return String(at.getOptionValue(option));
    }
    return undefined;
  };
  // `network status` is not `status`.
  const name = command.parent?.parent ? '' : command.name();
  const canister = canisterOf(name, args, command.getOptionValue('canister'));
  return {
    network: typed('network'),
    identity: typed('identity'),
    cache: typed('cache'),
    canister: canister === DEFAULT_CANISTER ? undefined : canister,
  };
}

/** The command line. `makeContext` is called once the options are known. */
export function createProgram(makeContext: (options: GlobalOptions, given: Given) => Context): Command {
  const program = new Command('llama-canister')
    .description('Run a GGUF language model inside a canister of the Internet Computer.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError(true)
    .addOption(new Option('--network <network>', 'local, ic or a URL').default('local').env('LLAMA_CANISTER_NETWORK'))
    .addOption(
      new Option('--identity <pem>', 'private key file, or "anonymous" (default: a key made for you)').env(
        'LLAMA_CANISTER_IDENTITY',
      ),
    )
    .addOption(
      new Option('--cache <folder>', 'folder of pulled models (default: the one of your user)').env(
        'LLAMA_CANISTER_CACHE',
      ),
    )
    .option('--json', 'print the result as JSON on stdout')
    .option('--verbose', 'print more details, and the causes of errors')
    .addHelpText('after', HELP);

  const run: Run =
    (action) =>
    async (...args) => {
      const command = args.at(-1) as Command;
      const context = makeContext(command.optsWithGlobals<GlobalOptions>(), givenTo(command, args));
      try {
        await action(context, ...args.slice(0, -1));
      } catch (error) {
        throw error instanceof UsageError ? error.withHelp(helpOf(command)) : error;
      }
    };
  for (const add of [
    demoCommand,
    initCommand,
    networkCommand,
    runCommand,
    pullCommand,
    modelsCommand,
    showCommand,
    cpCommand,
    rmCommand,
    inspectCommand,
    fitCommand,
    planCommand,
    deployCommand,
    uploadCommand,
    loadCommand,
    chatCommand,
    askCommand,
    fleetCommand,
    serveCommand,
    webCommand,
    mcpCommand,
    statusCommand,
    psCommand,
    stopCommand,
    topUpCommand,
    jobsCommand,
    sessionsCommand,
    filesCommand,
    logsCommand,
    rolesCommand,
    accessCommand,
    settingsCommand,
    limitsCommand,
    pricesCommand,
    metricsCommand,
    upgradeCommand,
    verifyWasmCommand,
    backupCommand,
    restoreCommand,
    cloneCommand,
    smokeCommand,
    doctorCommand,
    callCommand,
    identityCommand,
    completionCommand,
    versionCommand,
  ]) {
    add(program, run);
  }
  return program;
}
