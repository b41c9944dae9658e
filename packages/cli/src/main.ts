import { type Command, CommanderError } from 'commander';
import { helpOf } from './command-path.js';
import { Context, type GlobalOptions } from './context.js';
import { EXIT } from './exit-codes.js';
import { exitCodeOf, reportFailure, UsageError } from './failure.js';
import { programName, renderHelp } from './hints.js';
import { watchInterrupts } from './interrupt.js';
import { Output } from './output.js';
import { createProgram, type Given } from './program.js';

/** Commands that pass flags after `--` to llama.cpp's options in the canister. */
const WITH_PASSTHROUGH = new Set(['ask', 'chat', 'load', 'run']);

/** Runs one command line; returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const dashes = argv.indexOf('--');
  const own = dashes < 0 ? argv : argv.slice(0, dashes);
  const passthrough = dashes < 0 ? [] : argv.slice(dashes + 1);
  const asksForJson = own.includes('--json');
  const invocation = { program: programName() };
  let output = new Output(asksForJson, process, invocation);
  let verbose = own.includes('--verbose');
  const interrupts = watchInterrupts();

  const program = createProgram((options: GlobalOptions, given: Given) => {
    output = new Output(options.json === true, process, { ...invocation, ...given });
    verbose = options.verbose === true;
    return new Context(output, interrupts.signal, options, passthrough, own, interrupts.allowGrace);
  });
  const refusing = configure(program, asksForJson, invocation.program);

  try {
    if (own.length === 0) {
      program.outputHelp();
      return EXIT.ok;
    }
    const command = own.find((arg) => !arg.startsWith('-'));
    if (dashes >= 0 && !own.some((arg) => WITH_PASSTHROUGH.has(arg))) {
      throw new UsageError(`flags after "--" are for chat and load, and for ask and run, not for ${command ?? 'this'}`);
    }
    await program.parseAsync([...own], { from: 'user' });
    return output.failed ? EXIT.failure : EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      if (asksForJson) reportFailure(usageError(error, refusing()), output, false);
      return EXIT.usage;
    }
    reportFailure(interrupts.signal.aborted ? interrupts.error(error) : error, output, verbose);
    return interrupts.signal.aborted ? EXIT.interrupted : exitCodeOf(error);
  } finally {
    interrupts.stop();
  }
}

function usageError({ code, message }: CommanderError, command: Command): UsageError {
  // commander showed the help because there was no command.
  const what = code === 'commander.help' ? 'no command was given' : message.replace(/^error: /, '');
  return new UsageError(what, `See: \`llama-canister ${helpOf(command)}\``);
}

/**
 * Makes the program and all commands below it throw usage errors to `main`. Returns a function that gives the refusing
 * command.
 */
function configure(program: Command, json: boolean, typed: string): () => Command {
  const all = [program, ...program.commands, ...program.commands.flatMap((command) => command.commands)];
  let refusing = program;
  for (const command of all) {
    command.exitOverride((error) => {
      refusing = command;
      throw error;
    });
    command.showHelpAfterError(`See: ${typed} ${helpOf(command)}`);
    command.configureOutput({
      writeErr: (text) => void (json || process.stderr.write(renderHelp(text, typed))),
      writeOut: (text) => void process.stdout.write(renderHelp(text, typed)),
    });
  }
  return () => refusing;
}

// If the reader closes the pipe (`llama-canister ... | head`), that is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failure),
);
