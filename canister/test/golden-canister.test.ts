import { describe, expect, it } from 'vitest';
import { ask, goldenNames, type Program, upgraded } from './golden-canister.js';

const HOUR = 3_600_000_000_000n;
const command = (program: Program, method: string, ...args: string[]) =>
  ask(program, { method, argument: { args }, caller: 'friend' }) as { Ok?: Record<string, string>; Err?: object };

describe.each(goldenNames())('the stable memory of %s', (name) => {
  it('has all that it had', async () => {
    const { program, answers } = await upgraded(name);
    expect(ask(program, { method: 'ready', caller: 'friend' })).toEqual({
      Err: { Other: 'loading 0 % (models/tiny.gguf)' },
    });
    program.timers();
    expect(answers.length).toBeGreaterThan(10);
    for (const { answer, ...question } of answers) {
      const now = ask(program, question);
      if (question.method !== 'run_query') expect(now, question.method).toMatchObject(answer as object);
      else {
        // How much of it is in the heap does not matter here.
        const { conversation, output } = (answer as { Ok: Record<string, string> }).Ok;
        const whole = (now as { Ok: Record<string, string> }).Ok;
        expect(whole.conversation! + whole.prompt_remaining!).toContain(conversation);
        expect(whole.output).toBe(output);
      }
    }
  });

  it('goes on from there', async () => {
    const { program } = await upgraded(name);
    program.timers();
    // Kept keys and values are those of today, until stored-block.ts has another version.
    const info = command(program, 'run_query', '--prompt-cache', 'chat', '-n', '0', '-p', '').Ok!;
    expect(String(info.n_prompt_tokens_decoded) === '0n').toBe(name.endsWith('-warm.json.gz'));
    const before = command(program, 'run_query', '--prompt-cache', 'chat', '-n', '0', '-p', '').Ok!;
    const next = command(program, 'run_update', '--prompt-cache', 'chat', '-n', '3', '-p', '').Ok!;
    expect(next.conversation!.startsWith(before.conversation!)).toBe(true);
    expect(next.output).not.toBe('');
    expect(command(program, 'new_chat', '--prompt-cache', 'chat').Err).toBeUndefined();
    // Periodic work happens again, on time.
    const runs = () => ask(program, { method: 'get_cache_cleanup_stats', caller: 'owner' }) as { Ok: { runs: string } };
    expect(runs().Ok.runs).toBe('0n');
    program.host.time += HOUR;
    program.host.cycles = 77n;
    program.timers();
    expect(runs().Ok.runs).not.toBe('0n');
    expect(ask(program, { method: 'get_cycle_balance', caller: 'owner' })).toMatchObject({
      Ok: { cycle_balance: '77n', updated_at_ns: `${program.host.time}n` },
    });
    program.host.time += 7n * HOUR;
    program.timers();
    expect(command(program, 'run_update', '--prompt-cache', 'chat', '-n', '3', '-p', '').Err).toBeDefined();
  });
});
