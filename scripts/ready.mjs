// Makes a clone ready to run: installs the dependencies and builds what has changed. It is quick if nothing has. This
// is plain JavaScript, because it runs before there is a compiler.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, 'node_modules', '.cache', 'llama-canister');

/**
 * What each build step reads, what it must produce, its command, and the steps before it that it needs. Those that do not
 * need each other run at the same time.
 */
const steps = [
  {
    name: 'canister',
    inputs: [
      'canister/assembly',
      'canister/scripts',
      'canister/llama.did',
      'canister/package.json',
      'package-lock.json',
    ],
    outputs: ['canister/build/bare.wasm', 'canister/build/bare.json', 'canister/build/engine.wasm'],
    command: ['npm', ['run', '--silent', 'build', '-w', 'canister', '--', '--without-page']],
  },
  {
    name: 'packages',
    inputs: [
      'packages',
      'scripts/ready.mjs',
      'test',
      'canister/test',
      'tsconfig.base.json',
      'tsconfig.json',
      'package-lock.json',
    ],
    outputs: [
      'packages/network/dist/index.js',
      'packages/client/dist/index.js',
      'packages/gateway/dist/index.js',
      'packages/cli/dist/main.js',
    ],
    command: ['npx', ['--no-install', 'tsc', '-b']],
    after: () => ['network', 'client', 'gateway', 'cli'].forEach(removeLeftovers),
  },
  {
    name: 'page',
    inputs: ['packages/web', 'packages/client/src', 'packages/client/package.json', 'package-lock.json'],
    outputs: ['packages/web/dist/index.html'],
    needs: ['packages'],
    command: ['npm', ['run', '--silent', 'build', '-w', 'packages/web', '--', '--logLevel', 'warn']],
  },
  {
    name: 'page in the canister',
    inputs: [
      'packages/web/dist',
      'packages/web/headers.json',
      'canister/scripts/build.mjs',
      'canister/scripts/site',
      'canister/build/bare.wasm',
      'canister/build/engine.wasm',
    ],
    outputs: ['canister/build/llama.wasm', 'canister/build/SHA256SUMS'],
    needs: ['canister', 'page'],
    command: ['npm', ['run', '--silent', 'build', '-w', 'canister', '--', '--page-only']],
  },
];

/** The commands that run now. */
const running = new Set();

/** Runs a command. If it fails, this process ends with its exit code, and the other commands with it. */
async function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  running.add(child);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (...how) => resolve(how));
  });
  running.delete(child);
  if (code === 0) return;
  for (const other of running) other.kill();
  if (signal) process.exit(130);
  console.error(`\n"${command} ${args.join(' ')}" failed (exit ${code}); see the lines above.`);
  process.exit(code);
}

function* filesIn(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path).sort()) {
    if (entry === 'node_modules' || entry === 'dist' || entry === 'build') continue;
    yield* filesIn(join(path, entry));
  }
}

/** Removes compiled files whose sources no longer exist; they would be published. */
function removeLeftovers(name) {
  const [src, dist] = ['src', 'dist'].map((folder) => join(root, 'packages', name, folder));
  const compiled = /(?:\.d\.ts|\.js(?:\.map)?)$/;
  const isLeft = (file) => {
    const source = file.replace(compiled, '.ts');
    return (
      file.endsWith('.map') || /\.test(?:-support)?\.ts$|^testing\b/.test(source) || !existsSync(join(src, source))
    );
  };
  for (const file of readdirSync(dist, { recursive: true }).filter((each) => compiled.test(each) && isLeft(each)))
    rmSync(join(dist, file));
}

function digest(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs) {
    for (const file of filesIn(join(root, input)))
      hash.update(`\n${relative(root, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

async function once(name, inputs, outputs, work) {
  const stamp = join(stamps, name);
  const want = digest(inputs);
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === want;
  if (done && outputs.every((output) => existsSync(join(root, output)))) return;
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, digest(inputs));
}

export async function ready() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`llama-canister needs Node.js 20.19 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  await once('install', ['package-lock.json'], ['node_modules/typescript/package.json'], () => {
    console.error('Installing dependencies (npm ci) ...');
    return run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  });
  const done = {};
  for (const { name, inputs, outputs, command, needs = [], after } of steps) {
    const build = async () => {
      await Promise.all(needs.map((need) => done[need]));
      await once(name, inputs, outputs, async () => {
        console.error(`Building ${name} ...`);
        await run(...command);
        after?.();
      });
    };
    done[name] = build();
  }
  await Promise.all(Object.values(done));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await ready();
