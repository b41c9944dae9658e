/** The management canister `aaaaa-aa`: the access to each method, and the way from a call to its answer. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode, type UserError } from '../execution/errors.js';
import type { CallContent } from '../protocol/envelope.js';
import { type Call, expired } from '../scheduling/call.js';
import { type Answer, notFoundError, type Response, rejection } from '../scheduling/call-context.js';
import type { NetworkEvents } from '../scheduling/events.js';
import type { Query } from '../scheduling/queries.js';
import { isFrozen } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import { mayRead } from '../state/settings.js';
import {
  bankrupt,
  clearChunkStore,
  installChunkedCode,
  installCode,
  storedChunks,
  uninstallCode,
  uploadChunk,
} from './code.js';
import { createCanister, deleteCanister, depositCycles, provisionalCreate, topUp } from './creation.js';
import { canisterInfo } from './history.js';
import { decodeArgument, encodeResult, isMethod, type MethodName } from './interface.js';
import { rawRand, startCanister, stopCanister } from './lifecycle.js';
import { flexibleHttpRequest, httpRequest } from './outcalls.js';
import { ecdsaPublicKey, schnorrPublicKey, signWithEcdsa, signWithSchnorr } from './signatures.js';
import {
  readSnapshotData,
  readSnapshotMetadata,
  uploadSnapshotData,
  uploadSnapshotMetadata,
} from './snapshot-transfer.js';
import { deleteSnapshot, listSnapshots, loadSnapshot, takeSnapshot } from './snapshots.js';
import { canisterStatus, fetchLogs, updateSettings } from './status.js';
import {
  canisterMetadata,
  canisterMetrics,
  listCanisters,
  nodeMetricsHistory,
  subnetInfo,
  subnetMetrics,
} from './subnet.js';
import { type ManagementCall, ManagementError, type ManagementResult, type Services } from './types.js';
import { vetKdDeriveKey, vetKdPublicKey } from './vetkd.js';

type Handler = (
  services: Services,
  // biome-ignore lint/suspicious/noExplicitAny: each handler knows the argument that its method's Candid type decodes to.
  call: ManagementCall<any>,
  canister: Canister,
) => ManagementResult | Promise<ManagementResult>;

interface Method {
  run: Handler;
  /** Who may call it: the canister's controllers, those who may see its status, or everybody. */
  access: 'controllers' | 'status' | 'everybody';
  /** Whether users may call it, and whether canisters may. */
  from: 'users' | 'canisters' | 'both';
}

const byControllers = { access: 'controllers', from: 'both' } as const;

const table: { [Name in MethodName]: Method } = {
  create_canister: { run: createCanister, access: 'everybody', from: 'canisters' },
  provisional_create_canister_with_cycles: { run: provisionalCreate, access: 'everybody', from: 'both' },
  provisional_top_up_canister: { run: topUp, access: 'everybody', from: 'both' },
  deposit_cycles: { run: depositCycles, access: 'everybody', from: 'canisters' },
  update_settings: { run: updateSettings, ...byControllers },
  canister_status: { run: canisterStatus, access: 'status', from: 'both' },
  canister_info: { run: canisterInfo, access: 'everybody', from: 'canisters' },
  install_code: { run: installCode, ...byControllers },
  install_chunked_code: { run: installChunkedCode, ...byControllers },
  upload_chunk: { run: uploadChunk, ...byControllers },
  clear_chunk_store: { run: clearChunkStore, ...byControllers },
  stored_chunks: { run: storedChunks, ...byControllers },
  uninstall_code: { run: uninstallCode, ...byControllers },
  start_canister: { run: startCanister, ...byControllers },
  stop_canister: { run: stopCanister, ...byControllers },
  delete_canister: { run: deleteCanister, ...byControllers },
  fetch_canister_logs: { run: fetchLogs, access: 'everybody', from: 'canisters' },
  take_canister_snapshot: { run: takeSnapshot, ...byControllers },
  load_canister_snapshot: { run: loadSnapshot, ...byControllers },
  list_canister_snapshots: { run: listSnapshots, access: 'everybody', from: 'both' },
  delete_canister_snapshot: { run: deleteSnapshot, ...byControllers },
  read_canister_snapshot_metadata: { run: readSnapshotMetadata, access: 'everybody', from: 'both' },
  read_canister_snapshot_data: { run: readSnapshotData, access: 'everybody', from: 'both' },
  upload_canister_snapshot_metadata: { run: uploadSnapshotMetadata, ...byControllers },
  upload_canister_snapshot_data: { run: uploadSnapshotData, ...byControllers },
  raw_rand: { run: rawRand, access: 'everybody', from: 'canisters' },
  canister_metadata: { run: canisterMetadata, access: 'everybody', from: 'canisters' },
  canister_metrics: { run: canisterMetrics, ...byControllers },
  list_canisters: { run: listCanisters, access: 'everybody', from: 'both' },
  subnet_info: { run: subnetInfo, access: 'everybody', from: 'canisters' },
  subnet_metrics: { run: subnetMetrics, access: 'everybody', from: 'canisters' },
  node_metrics_history: { run: nodeMetricsHistory, access: 'everybody', from: 'canisters' },
  ecdsa_public_key: { run: ecdsaPublicKey, access: 'everybody', from: 'canisters' },
  sign_with_ecdsa: { run: signWithEcdsa, access: 'everybody', from: 'canisters' },
  schnorr_public_key: { run: schnorrPublicKey, access: 'everybody', from: 'canisters' },
  sign_with_schnorr: { run: signWithSchnorr, access: 'everybody', from: 'canisters' },
  vetkd_public_key: { run: vetKdPublicKey, access: 'everybody', from: 'canisters' },
  vetkd_derive_key: { run: vetKdDeriveKey, access: 'everybody', from: 'canisters' },
  http_request: { run: httpRequest, access: 'everybody', from: 'canisters' },
  flexible_http_request: { run: flexibleHttpRequest, access: 'everybody', from: 'canisters' },
};

/** Methods that plain queries may ask. */
const queries: ReadonlySet<MethodName> = new Set([
  'fetch_canister_logs',
  'canister_status',
  'canister_info',
  'canister_metrics',
  'list_canisters',
]);

interface Prepared {
  name: MethodName;
  method: Method;
  argument: unknown;
  /** The canister that it is about; undefined for create_canister and raw_rand. */
  canister: Canister | undefined;
}

const publicKeys: ReadonlySet<MethodName> = new Set(['ecdsa_public_key', 'schnorr_public_key', 'vetkd_public_key']);

/** The canister that an argument names, by whichever field. */
function subject(name: MethodName, argument: unknown): Principal | undefined {
  // A key is asked for in a canister's name, whether or not there is such a canister.
  if (publicKeys.has(name)) return undefined;
  const { canister_id, target_canister } = (argument ?? {}) as { canister_id?: Principal; target_canister?: Principal };
  return canister_id ?? target_canister;
}

export class ManagementCanister {
  private readonly services: Services;

  constructor(services: Services, events: NetworkEvents) {
    this.services = services;
    events.bankrupt.listen((canister) => bankrupt(services, canister));
  }

  /** Decodes and checks a call. Throws ManagementError. */
  private prepare(name: string, bytes: Uint8Array, caller: Principal, byCanister = false): Prepared {
    if (!isMethod(name)) {
      const reason = name.startsWith('bitcoin_')
        ? `This network has no Bitcoin: '${name}' is answered on main net only`
        : `Management canister has no method '${name}'`;
      throw new ManagementError(ErrorCode.unknownManagementMethod, reason);
    }
    const method = table[name];
    let argument: unknown;
    try {
      argument = decodeArgument(name, bytes);
    } catch (error) {
      throw new ManagementError(
        ErrorCode.invalidManagementPayload,
        `Error decoding candid: ${(error as Error).message}`,
      );
    }
    const id = subject(name, argument);
    const canister = id && this.services.state.find(id);
    if (id !== undefined && canister === undefined) {
      const { code, message } = notFoundError(id.toText());
      throw new ManagementError(code, message);
    }
    if (canister !== undefined) checkAccess(name, method, canister, caller, byCanister);
    return { name, method, argument, canister };
  }

  /** Checks a user's call before it is accepted. */
  checkIngress({ methodName, arg, sender }: CallContent): { refusal?: UserError; payer?: Canister | undefined } {
    try {
      const caller = Principal.fromUint8Array(sender);
      const { method, canister, name } = this.prepare(methodName, arg, caller);
      if (method.from === 'canisters') {
        throw new ManagementError(
          ErrorCode.canisterRejected,
          `Method ${name} of the management canister can only be called by canisters`,
        );
      }
      const paid = method.access === 'controllers' && !isFree(name, arg, this.services.state, canister);
      return { payer: paid ? canister : undefined };
    } catch (error) {
      return { refusal: asUserError(error) };
    }
  }

  /** The canister that a user's call has to be addressed to: undefined when any will do. Throws ManagementError. */
  effectiveCanister(methodName: string, arg: Uint8Array): Principal | undefined {
    if (!isMethod(methodName)) return undefined;
    try {
      return subject(methodName, decodeArgument(methodName, arg));
    } catch (error) {
      throw new ManagementError(
        ErrorCode.invalidManagementPayload,
        `Error decoding candid: ${(error as Error).message}`,
      );
    }
  }

  /** Executes a call that has been accepted, or that a canister makes. */
  async call({ method: methodName, arg, caller, from, cycles, origin, expiry }: Call): Promise<Response> {
    try {
      const begin = () => {
        const refusal = expired(
          { origin, ...(expiry === undefined ? {} : { expiry }) },
          this.services.state.clock.now(),
        );
        if (refusal !== undefined) throw new ManagementError(refusal.code, refusal.message);
      };
      begin();
      const principal = Principal.fromUint8Array(caller);
      const { name, method, argument, canister } = this.prepare(methodName, arg, principal, from !== undefined);
      const isUnpaid = from === undefined && name === 'update_settings' && arg.length <= freeSettings;
      const unpaid = isUnpaid ? { bytes: arg.length + name.length } : {};
      const call = { caller: principal, from, argument, cycles, begin, ...unpaid };
      const { value, accepted = 0n } = await method.run(this.services, call, canister!);
      if (canister !== undefined) this.services.state.keepCanister(canister);
      return { kind: 'reply', data: encodeResult(name, value), refund: cycles - accepted };
    } catch (error) {
      const accepted = error instanceof ManagementError ? error.accepted : 0n;
      return { ...rejection(asUserError(error)), refund: cycles - accepted };
    }
  }

  async query({ method: methodName, arg, caller }: Query): Promise<Answer> {
    try {
      const principal = Principal.fromUint8Array(caller);
      const { name, method, argument, canister } = this.prepare(methodName, arg, principal);
      if (!queries.has(name)) {
        throw new ManagementError(ErrorCode.methodNotFound, `Management canister has no query method '${name}'`);
      }
      const call = { caller: principal, from: undefined, argument, cycles: 0n };
      const { value } = await method.run(this.services, call, canister!);
      return { kind: 'reply', data: encodeResult(name, value) };
    } catch (error) {
      return rejection(asUserError(error));
    }
  }
}

/** An argument of update_settings up to this length, in bytes, costs nothing when the call is taken. */
const freeSettings = 338;

/** Methods that a canister without spare cycles can still receive: those that unfreeze or remove it. */
function isFree(name: MethodName, arg: Uint8Array, state: NetworkState, canister: Canister | undefined): boolean {
  if (name === 'update_settings') return arg.length <= freeSettings;
  return name === 'delete_canister' && canister !== undefined && isFrozen(state, canister);
}

function checkAccess(
  name: MethodName,
  method: Method,
  canister: Canister,
  caller: Principal,
  byCanister: boolean,
): void {
  const { settings } = canister;
  if (method.access === 'everybody' || canister.isController(caller)) return;
  const self = canister.name === caller.toText();
  if (method.access === 'status' && (self || mayRead(settings.statusVisibility, settings.controllers, caller))) return;
  throw new ManagementError(
    ErrorCode.invalidController,
    byCanister
      ? notController(canister, caller)
      : `Only controllers of canister ${canister.name} can call ic00 method ${name}`,
  );
}

/** The error for a canister; a user's call is refused before it gets here. */
function notController({ name, settings }: Canister, caller: Principal): string {
  const controllers = settings.controllers.map((controller) => controller.toText()).join(' ');
  return `Only the controllers of the canister ${name} can control it.\nCanister's controllers: ${controllers}\nSender's ID: ${caller.toText()}`;
}

function asUserError(error: unknown): UserError {
  if (error instanceof ManagementError) return { code: error.code, message: error.message };
  throw error;
}
