import { describe, expect, it } from 'vitest';
import { goldenGenerations, goOn } from './golden-generations.js';

const HOUR = 3_600_000_000_000n;

describe.each(goldenGenerations())('the generation of %s', (name) => {
  it('is as it was, and goes on from there to its end', async () => {
    const { program, golden, polled } = await goOn(name);
    program.host.cycles = 5_000_000_000_000n;
    program.timers();
    const before = polled(program);
    expect(before.events).toEqual(golden.events);
    const { generated_tokens, thinking_tokens, seed, state } = before.status;
    const then = golden.status;
    expect([generated_tokens, thinking_tokens, seed]).toEqual([
      then.generated_tokens,
      then.thinking_tokens ?? 0,
      then.seed,
    ]);
    expect(state).toEqual({ paused: expect.stringContaining('quota') });
    // The quota of its caller is small.
    let { status, events } = before;
    for (let hour = 0; hour < 100 && 'paused' in (status.state as object); hour++) {
      program.host.time += HOUR;
      program.timers();
      ({ status, events } = polled(program));
    }
    const [first, ...rest] = golden.events as { text: string }[];
    const [now] = events as { text: string }[];
    // Nothing is repeated, and nothing is left out: the generation goes on from where it was.
    expect(now!.text.startsWith(first!.text)).toBe(true);
    expect(JSON.stringify(events).startsWith(JSON.stringify(golden.events).slice(0, rest.length === 0 ? -3 : -1))).toBe(
      true,
    );
    expect(Object.keys(status.state as object)).toEqual(['done']);
    expect(status.generated_tokens).toBeGreaterThan(then.generated_tokens as number);
  });
});
