/** An installation: all its stages, each a message of its own, in an instance that counts only when all have succeeded. */
import type { MeteringMode } from '../wasm/instrument.js';
import type { ExecutionContext } from '../wasm/system-api.js';
import { noCall } from './entry.js';
import { instructionLimitExceeded, wasmEngineError, wasmMemoryLimitExceeded } from './errors.js';
import type { ExecutionLimits } from './limits.js';
import { loadProgram } from './load-program.js';
import type { Environment, ExecutionOutput, InstallRequest, MemorySizes } from './message.js';
import { add, outputOf } from './output.js';
import { executionIn, type Program, ProgramInstance } from './program.js';
import type { StableMemory } from './stable-memory.js';

/** The state that an installation starts from. */
export interface Site {
  limits: ExecutionLimits;
  mode: MeteringMode;
  stable: StableMemory;
  memory: MemorySizes;
  /** The instance that an upgrade is of. */
  old: ProgramInstance | undefined;
}

/** Runs the stages and adds up their costs in `total`. Throws ExecutionError; the caller undoes. */
export function installStages(
  site: Site,
  environment: Environment,
  request: InstallRequest,
  total: ExecutionOutput,
): [ProgramInstance, Program] {
  const { limits, mode, stable, memory, old } = site;
  const limit = limits.installInstructions;
  const program = loadProgram({ wasm: request.wasm, moduleBytes: limits.moduleBytes, mode });
  total.instructions += program.compileCost;
  if (program.compileCost > limit) throw instructionLimitExceeded(limit);
  let balance = environment.balance;

  const stage = (instance: ProgramInstance, name: string, context: ExecutionContext, version: bigint) => {
    const run = instance.exported(name);
    if (run === undefined) return;
    const call = { ...noCall, caller: request.caller, arg: context === 'I' ? request.arg : noCall.arg };
    const execution = executionIn(instance, {
      environment: { ...environment, version, balance },
      context,
      call,
      limits,
      mode,
      stable,
      instructionLimit: limit - total.instructions,
      isInstall: true,
    });
    const error = instance.run(execution, run);
    const output = outputOf(execution, error, memory);
    instance.heap.clearMarks();
    stable.marks.clear();
    balance = execution.balance;
    add(total, output);
    if (error !== undefined) throw error;
  };

  if (old !== undefined && !request.skipPreUpgrade) stage(old, 'canister_pre_upgrade', 'G', environment.version);
  delete total.effects.globalTimer; // An upgrade disarms the timer; only the new code can set it again.
  if (request.mode !== 'upgrade') stable.clear();
  const instance = newInstance(program, request.keepHeap ? old : undefined, environment);
  const version = environment.version + 1n;
  stage(instance, '__start', 's', version);
  stage(instance, request.mode === 'upgrade' ? 'canister_post_upgrade' : 'canister_init', 'I', version);
  return [instance, program];
}

function newInstance(program: Program, keep: ProgramInstance | undefined, environment: Environment): ProgramInstance {
  const memory64 = program.instrumented.memory?.is64 ?? false;
  if (keep !== undefined && keep.heap.memory64 !== memory64) {
    throw wasmEngineError(
      'the heap cannot be kept: one of the two programs has 64-bit addresses, the other 32-bit ones',
    );
  }
  const instance = new ProgramInstance(program, keep?.heap);
  const { wasmMemoryLimit } = environment;
  if (wasmMemoryLimit > 0 && instance.heap.size > wasmMemoryLimit) {
    throw wasmMemoryLimitExceeded(instance.heap.size, wasmMemoryLimit);
  }
  if (keep === undefined) instance.begin();
  return instance;
}
