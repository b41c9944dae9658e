#!/usr/bin/env node
import { main } from '../dist/main.js';

const code = await main(process.argv.slice(2));
// Pipes are written asynchronously: leave when everything is out, and do not wait for idle connections.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
