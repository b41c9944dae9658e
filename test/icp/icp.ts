import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wat, withSection } from '../../packages/network/src/wasm/wat.test-support.js';
import { root } from '../cli/model.js';
import { type Outcome, Running } from '../cli/process.js';

/** The official command line, an optional development dependency. */
function findBinary(): string | undefined {
  try {
    return createRequire(import.meta.url)(`@icp-sdk/icp-cli-${process.platform}-${process.arch}`).binaryPath as string;
  } catch {
    return undefined;
  }
}

const binary = findBinary();

/** Why tests with the official command line cannot run here; '' if they can. */
export const missing =
  binary === undefined ? ` (skipped: npm has no icp command line for ${process.platform}-${process.arch} here)` : '';

/** Counts, logs the count, and traps on request; version 2 has one more method. The count is in stable memory. */
export function counter(version: 1 | 2): Uint8Array {
  const module = wat(`(module
    (import "ic0" "msg_reply" (func $reply))
    (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
    (import "ic0" "debug_print" (func $print (param i32 i32)))
    (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
    (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
    (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
    (memory 1)
    (data (i32.const 0) "DIDL\\00\\01\\78")
    (data (i32.const 100) "counted on")
    (func $get (call $read (i64.const 7) (i64.const 0) (i64.const 8)))
    (func $answer (call $append (i32.const 0) (i32.const 15)) (call $reply))
    (func (export "canister_init") (drop (call $grow (i64.const 1))))
    (func (export "canister_query get") (call $get) (call $answer))
    (func (export "canister_update count") (call $get)
      (i64.store (i32.const 7) (i64.add (i64.load (i32.const 7)) (i64.const ${version})))
      (call $write (i64.const 0) (i64.const 7) (i64.const 8))
      (call $print (i32.const 100) (i32.const 10)) (call $answer))
    (func (export "canister_update fail") (unreachable))
    ${version === 2 ? '(func (export "canister_query version") (i64.store (i32.const 7) (i64.const 2)) (call $answer))' : ''})`);
  const candid = `service : { get : () -> (nat64) query; count : () -> (nat64); fail : () -> ();${
    version === 2 ? ' version : () -> (nat64) query;' : ''
  } }`;
  return withSection(withSection(module, 'icp:public candid:service', candid), 'icp:private notes', 'for controllers');
}

/** A developer's project with two canisters, and an empty home. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'icp-project-'));
  readonly #environment: Record<string, string>;

  /** `networks` is the part of icp.yaml with this name. Commands use `environment` unless they name another one. */
  constructor(networks: string, environment: string) {
    this.#environment = {
      PATH: process.env.PATH ?? '',
      HOME: this.folder,
      ICP_HOME: join(this.folder, 'home'),
      DO_NOT_TRACK: '1',
      NO_COLOR: '1',
      RUST_BACKTRACE: '0',
      ICP_CLI_NETWORK_LAUNCHER_PATH: join(root, 'packages/network/bin/network-launcher.mjs'),
    };
    this.environment = environment;
    mkdirSync(join(this.folder, 'home'));
    copyFileSync(join(root, 'canister/build/llama.wasm'), join(this.folder, 'llama.wasm'));
    this.build('counter', counter(1));
    const canister = (name: string) =>
      `  - name: ${name}\n    build:\n      steps:\n        - { type: pre-built, path: ${name}.wasm }\n`;
    writeFileSync(join(this.folder, 'icp.yaml'), `canisters:\n${canister('llama')}${canister('counter')}${networks}`);
  }

  readonly environment: string;

  /** Changes the code of a canister. */
  build(name: string, wasm: Uint8Array): void {
    writeFileSync(join(this.folder, `${name}.wasm`), wasm);
  }

  start(args: readonly string[]): Running {
    const env = this.#environment;
    return new Running(spawn(binary!, args, { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  run(...args: string[]): Promise<Outcome> {
    return this.start(args).ended;
  }

  /** The output of a command; throws if it fails. */
  async icp(line: string, ...more: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...line.split(' '), ...more);
    if (code !== 0) throw new Error(`icp ${line} ${more.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  /** The message of a command that must fail. */
  async refused(line: string, ...more: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...line.split(' '), ...more);
    if (code === 0) throw new Error(`icp ${line} ${more.join(' ')} was to fail:\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  /** A command for this environment. */
  here(line: string, ...more: string[]): Promise<string> {
    return this.icp(line, ...more, '-e', this.environment);
  }

  refusedHere(line: string, ...more: string[]): Promise<string> {
    return this.refused(line, ...more, '-e', this.environment);
  }

  /** The output of a command with --json. */
  // biome-ignore lint/suspicious/noExplicitAny: every command has a result of its own
  async json(line: string, ...more: string[]): Promise<any> {
    const { code, stdout, stderr } = await this.run(...line.split(' '), ...more, '-e', this.environment, '--json');
    if (code !== 0) throw new Error(`icp ${line} ended with ${code}:\n${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  /** The id of a canister of the project. */
  id(name: string, kind: 'data' | 'cache' = 'data'): string {
    const file = join(this.folder, `.icp/${kind}/mappings/${this.environment}.ids.json`);
    return JSON.parse(readFileSync(file, 'utf8'))[name];
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
