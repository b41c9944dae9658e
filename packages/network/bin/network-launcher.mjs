#!/usr/bin/env node
// For ICP_CLI_NETWORK_LAUNCHER_PATH: `icp network start` then starts this network.
import '../dist/launcher.js';
