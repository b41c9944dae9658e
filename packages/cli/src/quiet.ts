import { Context } from './context.js';
import { Output } from './output.js';

/** Collects the results of the commands that another command runs, because that one shows its own next steps. */
class QuietOutput extends Output {
  readonly results: Record<string, unknown>[] = [];

  override result(value: unknown): void {
    this.results.push(value as Record<string, unknown>);
  }
}

/** The context of such a command: its progress is shown, its results are collected. */
export function quiet(
  context: Context,
  passthrough: readonly string[] = context.passthrough,
): Context & { output: QuietOutput } {
  const { signal, options, typed, allowGrace } = context;
  const output = new QuietOutput(context.output.json, process, context.output.invocation);
  return new Context(output, signal, options, passthrough, typed, allowGrace) as Context & { output: QuietOutput };
}
