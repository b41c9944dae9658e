/** The network as a process: `node dist/main.js --port 4943 --status-file network.json`. Ends cleanly on SIGINT and SIGTERM. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type FeeSchedule, mainNetFees, noFees } from './execution/fees.js';
import { Network } from './network.js';

const help = `Usage: node main.js [options]
  --host HOST          address to listen on (127.0.0.1)
  --port PORT          port to listen on; 0 picks a free one (0)
  --domain NAME        another name under which it is reached, with its sub-domains; can be given several times
  --origin ORIGIN      an origin (https://page.example) whose pages may use it; can be given several times
  --metering MODE      exact, or fast: without page charges (exact)
  --state FOLDER       where to keep everything, so that the next start goes on from here
  --fees SUBNET        whose fees canisters pay: 13, 34 or any number of nodes, or free, as on a cloud engine (13)
  --repair             go on without what is damaged in that folder; without it, what is damaged is listed and nothing changed
  --outcalls HOSTS     where canisters' HTTPS outcalls may go: hosts, separated by commas, or loopback for this machine
  --status-file FILE   where to write {"url","host","port","rootKey","pid"} once the network listens
  --help               this text`;

function feesOf(text: string): Readonly<FeeSchedule> {
  if (text === 'free') return noFees;
  const nodes = Number(text);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 1000)
    throw new Error(`--fees: "${text}" is neither a number of nodes nor free`);
  return { ...mainNetFees, nodes: BigInt(nodes) };
}

function options() {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      domain: { type: 'string', multiple: true, default: [] },
      origin: { type: 'string', multiple: true, default: [] },
      metering: { type: 'string', default: 'exact' },
      state: { type: 'string' },
      repair: { type: 'boolean', default: false },
      outcalls: { type: 'string' },
      fees: { type: 'string', default: '13' },
      'status-file': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port: "${values.port}" is no port`);
  const { metering, state, repair } = values;
  if (repair && state === undefined) throw new Error('--repair: say which folder, with --state FOLDER');
  if (metering !== 'exact' && metering !== 'fast')
    throw new Error(`--metering: "${metering}" is neither exact nor fast`);
  const { host, domain: domains, origin: origins } = values;
  const outcalls = (values.outcalls ?? '').split(',').filter((each) => each !== '');
  const kept = state === undefined ? {} : { state };
  const fees = feesOf(values.fees);
  const common = { host, port, domains, origins, metering, repair, outcalls, fees, ...kept } as const;
  return { ...common, statusFile: values['status-file'], help: values.help };
}

async function main(): Promise<void> {
  const { statusFile, help: wantsHelp, ...rest } = options();
  if (wantsHelp) {
    console.log(help);
    return;
  }
  const network = await Network.start(rest);
  for (const { what, repair } of network.repaired) console.log(`Repaired: ${what}\n  ${repair}`);
  const status = {
    url: network.url,
    host: network.host,
    port: network.port,
    rootKey: Buffer.from(network.rootKey).toString('hex'),
    pid: process.pid,
  };
  // Before anybody is told that the network is there, and may end it.
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    if (statusFile !== undefined) rmSync(statusFile, { force: true });
    await network.stop();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (statusFile !== undefined) {
    // A reader must never see half of the file.
    const temporary = `${statusFile}.${process.pid}`;
    writeFileSync(temporary, `${JSON.stringify(status)}\n`);
    renameSync(temporary, statusFile);
  }
  console.log(`The network listens at ${network.url}`);
}

main().catch((error: NodeJS.ErrnoException) => {
  const inUse = error.code === 'EADDRINUSE';
  console.error(inUse ? `The address is in use already: ${error.message}` : error.message);
  process.exitCode = 1;
});
