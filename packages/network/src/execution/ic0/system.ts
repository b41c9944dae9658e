/** ic0: the canister itself, time, counters, certified data, debugging. */

import { queryContexts } from '../../wasm/system-api.js';
import { calledTrap, contractViolation } from '../errors.js';
import type { Execution } from '../execution.js';
import { subnetNodes } from '../outcall-fees.js';
import type { Current } from './message.js';

const maxTrapMessage = 16 * 1024;
const maxCertifiedData = 32;
const maxEnvironmentVariableName = 128;
const text = new TextEncoder();
const lossy = new TextDecoder('utf-8');
const strict = new TextDecoder('utf-8', { fatal: true });

export function systemCalls(current: Current) {
  const value =
    <T>(name: string, of: (execution: Execution) => T) =>
    (): T => {
      const execution = current();
      execution.enter(name);
      return of(execution);
    };
  const copy =
    (name: string, of: (execution: Execution) => Uint8Array) =>
    (destination: number, offset: number, size: number): void => {
      const execution = current();
      execution.copyOut(name, () => of(execution), destination, offset, size);
    };
  const statusCodes = { running: 1, stopping: 2, stopped: 3 } as const;
  const certificate = (execution: Execution) => {
    const { dataCertificate } = execution.environment;
    if (dataCertificate === undefined) throw contractViolation('ic0_data_certificate: no data certificate is present');
    return dataCertificate;
  };

  return {
    canister_self_size: value('canister_self_size', ({ environment }) => environment.canisterId.length),
    canister_self_copy: copy('canister_self_copy', ({ environment }) => environment.canisterId),
    subnet_self_size: value('subnet_self_size', ({ environment }) => environment.subnetId.length),
    subnet_self_copy: copy('subnet_self_copy', ({ environment }) => environment.subnetId),
    subnet_self_node_count: value('subnet_self_node_count', () => subnetNodes),
    root_key_size: value('root_key_size', ({ environment }) => environment.rootKey.length),
    root_key_copy: copy('root_key_copy', ({ environment }) => environment.rootKey),
    canister_status: value('canister_status', ({ environment }) => statusCodes[environment.status]),
    canister_version: value('canister_version', ({ environment }) => environment.version),
    time: value('time', ({ environment }) => environment.time),
    in_replicated_execution: value('in_replicated_execution', ({ context }) =>
      queryContexts.has(context) || context === 'F' ? 0 : 1,
    ),
    data_certificate_present: value('data_certificate_present', ({ environment }) =>
      environment.dataCertificate === undefined ? 0 : 1,
    ),
    data_certificate_size: value('data_certificate_size', (execution) => certificate(execution).length),
    data_certificate_copy: copy('data_certificate_copy', certificate),

    is_controller(source: number, size: number): number {
      const execution = current();
      execution.enter('is_controller', size);
      const candidate = execution.readHeap('ic0_is_controller', source, size);
      if (candidate.length > 29) throw contractViolation('Canister provided invalid principal id');
      const same = (controller: Uint8Array) => Buffer.compare(controller, candidate) === 0;
      return execution.environment.controllers.some(same) ? 1 : 0;
    },

    global_timer_set(time: bigint): bigint {
      const execution = current();
      execution.enter('global_timer_set');
      const before = execution.effects.globalTimer ?? execution.environment.globalTimer;
      execution.effects.globalTimer = BigInt.asUintN(64, time);
      return before;
    },

    performance_counter(kind: number): bigint {
      const execution = current();
      execution.enter('performance_counter');
      if (kind === 0) return BigInt(execution.used);
      if (kind === 1) return BigInt(execution.environment.contextInstructions + execution.used);
      throw contractViolation(`Error getting performance counter type ${kind}`, '');
    },

    certified_data_set(source: number, size: number): void {
      const execution = current();
      execution.enter('certified_data_set', size);
      if (size > maxCertifiedData) {
        throw contractViolation(
          `ic0_certified_data_set failed because the passed data must be no larger than ${maxCertifiedData} bytes. Found ${size} bytes`,
        );
      }
      execution.effects.certifiedData = execution.readHeap('ic0_certified_data_set', source, size).slice();
    },

    debug_print(source: number, size: number): void {
      const execution = current();
      execution.enter('debug_print', size);
      if (!execution.hasMemory || source + size > execution.heap.size) {
        execution.log(text.encode('(debug_print message out of memory bounds)'));
      } else execution.log(execution.readHeap('ic0_debug_print', source, size));
    },

    trap(source: number, size: number): void {
      const execution = current();
      execution.enter('trap', size);
      const length = Math.min(size, maxTrapMessage);
      throw calledTrap(lossy.decode(execution.readHeap('ic0_trap', source, length)));
    },

    ...environmentVariables(current),
  };
}

function environmentVariables(current: Current) {
  const byIndex = (execution: Execution, index: number) => {
    const { environmentVariables } = execution.environment;
    const entry = environmentVariables[index];
    if (entry === undefined) {
      throw contractViolation(
        `Environment variable index ${index} is out of bounds. The number of environment variables is ${environmentVariables.length}.`,
        '',
      );
    }
    return text.encode(entry[0]);
  };
  const named = (execution: Execution, call: string, source: number, size: number) => {
    if (size > maxEnvironmentVariableName) {
      throw contractViolation(
        `Environment variable name is too long: ${size} bytes, at most ${maxEnvironmentVariableName}.`,
        '',
      );
    }
    try {
      const name = strict.decode(execution.readHeap(call, source, size));
      return { name, entry: execution.environment.environmentVariables.find(([key]) => key === name) };
    } catch (error) {
      if (error instanceof TypeError) throw contractViolation(`${call}: invalid UTF-8 string provided`);
      throw error;
    }
  };
  const valueBytes = (execution: Execution, call: string, source: number, size: number) => {
    const { name, entry } = named(execution, call, source, size);
    if (entry === undefined) throw contractViolation(`Environment variable ${name} not found.`, '');
    return text.encode(entry[1]);
  };
  return {
    env_var_count(): number {
      const execution = current();
      execution.enter('env_var_count');
      return execution.environment.environmentVariables.length;
    },
    env_var_name_size(index: number): number {
      const execution = current();
      execution.enter('env_var_name_size');
      return byIndex(execution, index).length;
    },
    env_var_name_copy(index: number, destination: number, offset: number, size: number): void {
      const execution = current();
      execution.copyOut('env_var_name_copy', () => byIndex(execution, index), destination, offset, size);
    },
    env_var_name_exists(source: number, size: number): number {
      const execution = current();
      execution.enter('env_var_name_exists');
      return named(execution, 'ic0_env_var_name_exists', source, size).entry === undefined ? 0 : 1;
    },
    env_var_value_size(source: number, size: number): number {
      const execution = current();
      execution.enter('env_var_value_size');
      return valueBytes(execution, 'ic0_env_var_value_size', source, size).length;
    },
    env_var_value_copy(source: number, nameSize: number, destination: number, offset: number, size: number): void {
      const execution = current();
      const value = () => valueBytes(execution, 'ic0_env_var_value_copy', source, nameSize);
      execution.copyOut('env_var_value_copy', value, destination, offset, size);
    },
  };
}
