import { Actor, type HttpAgent } from '@icp-sdk/core/agent';
import { Principal } from '@icp-sdk/core/principal';
import { type CallCertificate, CertifiedCalls } from './certified.js';
import { check, record, shown } from './checks/checked.js';
import { agentShape, callback, flag, list, maybe, signal, text, texts, whole } from './checks/shapes.js';
import { isLoopback } from './connect.js';
import type { Deliveries } from './deliveries.js';
import { LlamaError } from './errors.js';
import {
  type _SERVICE,
  idlFactory,
  type ModelInfo,
  type SessionInfo,
  type UploadStatus,
} from './generated/llama.did.js';
import { pollingStrategy } from './polling.js';
import { fromAgentError } from './rejects.js';
import { isMissingFile, okIn, okOf, type RunReply, runOf, runReply } from './replies.js';
import { abortable } from './retry.js';
import { wrongArgument } from './wrong-argument.js';

/** The methods of `llama.did`, exactly as on the wire. */
export type Service = _SERVICE;

/** The type of a method's Ok; never if its result has no Ok and Err. */
export type OkOf<M extends keyof Service> =
  Awaited<ReturnType<Service[M]>> extends infer R ? (R extends { Ok: infer T } ? T : never) : never;

/** A file on the canister, as it is now. */
export interface FileDetails {
  name: string;
  /** Bytes. */
  size: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /**
   * Sends a query as an update, whose answer the subnet signs; possible for those marked `certified` in `llama.did`.
   */
  certified?: boolean | undefined;
  /** Gets what the subnet has signed, if the call was an update. */
  onCertificate?: ((certificate: CallCertificate) => void) | undefined;
}

export const callEntries = { signal: maybe(signal), certified: maybe(flag), onCertificate: maybe(callback) };

export const callOptions = record<CallOptions>()(callEntries);

/**
 * A llama canister: its methods, with an `Err` as a LlamaError of kind `refused` and other failures as the other kinds.
 * `call` calls methods that have no member here.
 */
export class LlamaCanister {
  readonly canisterId: string;
  readonly #service: Service;
  readonly #certified: CertifiedCalls | undefined;
  readonly #defaults: CallOptions;
  readonly #deliveries: (() => Promise<Deliveries>) | undefined;

  /**
   * `certified` makes calls with certificates; `defaults` apply to every call; `deliveries` sends calls without waiting
   * for their answers.
   */
  constructor(
    service: Service,
    canisterId: string,
    certified?: CertifiedCalls,
    defaults: CallOptions = {},
    deliveries?: () => Promise<Deliveries>,
  ) {
    this.#service = service;
    this.canisterId = canisterId;
    this.#certified = certified;
    this.#defaults = defaults;
    this.#deliveries = deliveries;
  }

  /** The same canister; all its update calls report what the subnet has signed. */
  withCertificates(onCertificate: (certificate: CallCertificate) => void): LlamaCanister {
    // No deliveries: each of their calls would be without a certificate.
    return new LlamaCanister(this.#service, this.canisterId, this.#certified, { ...this.#defaults, onCertificate });
  }

  /** Calls any method, with arguments and result as in `llama.did`. */
  async call<M extends keyof Service>(
    method: M,
    args: Parameters<Service[M]>,
    options: CallOptions = {},
  ): Promise<Awaited<ReturnType<Service[M]>>> {
    check('call: method', text, method);
    check(`${method}: arguments`, list, args);
    check(`${method}: options`, callOptions, options);
    try {
      return await abortable(this.#send(method, args, { ...this.#defaults, ...options }), options.signal);
    } catch (error) {
      // Whether an argument fits is asked only where the call has failed: chunks of uploads are long.
      if (error instanceof LlamaError) throw error;
      throw wrongArgument(method, args) ?? fromAgentError(error, { canisterId: this.canisterId, method });
    }
  }

  /** Calls any method and returns the content of its Ok. Errors: an Err is one of kind `refused`. */
  async ok<M extends keyof Service>(method: M, args: Parameters<Service[M]>, options?: CallOptions): Promise<OkOf<M>> {
    return okIn(method, await this.call(method, args, options)) as OkOf<M>;
  }

  async #send<M extends keyof Service>(
    method: M,
    args: Parameters<Service[M]>,
    { certified = false, onCertificate }: CallOptions,
  ): Promise<Awaited<ReturnType<Service[M]>>> {
    const sent = this.#service[method] as unknown as (...args: unknown[]) => Promise<Awaited<ReturnType<Service[M]>>>;
    if (typeof sent !== 'function') {
      throw new LlamaError('refused', 'METHOD_NOT_FOUND', `the canister has no method ${method}`, { value: method });
    }
    const signed = this.#certified;
    if (certified && !signed) {
      throw new LlamaError('input', 'NOT_CERTIFIED', `${method}: this client cannot ask for the subnet's signature`, {
        value: method,
        next: 'Open the canister with openCanister or openLlama.',
      });
    }
    if (signed && (certified || (onCertificate && !signed.isQuery(method)))) {
      const { result, certificate } = await signed.call(method, args);
      onCertificate?.(certificate);
      return result as Awaited<ReturnType<Service[M]>>;
    }
    return sent.apply(this.#service, args);
  }

  /** Resolves if the canister runs. */
  async health(options?: CallOptions): Promise<void> {
    okOf('health', await this.call('health', [], options));
  }

  /** Whether a model is loaded; if not, why not. */
  async ready(options?: CallOptions): Promise<{ ready: boolean; reason: string }> {
    const result = await this.call('ready', [], options);
    if ('Ok' in result) return { ready: true, reason: '' };
    const reason = 'Other' in result.Err ? result.Err.Other : `status ${result.Err.StatusCode}`;
    return { ready: false, reason: reason.trim() };
  }

  /**
   * The loaded model; undefined if there is none, the caller has no access, or the canister does not have the method.
   */
  async modelInfo(options?: CallOptions): Promise<ModelInfo | undefined> {
    try {
      const result = await this.call('model_info', [], options);
      return 'Ok' in result ? result.Ok : undefined;
    } catch (error) {
      // llama_cpp_canister has none: the network rejects the call.
      if (error instanceof LlamaError && (error.kind === 'rejected' || error.code === 'METHOD_NOT_FOUND')) {
        return undefined;
      }
      throw error;
    }
  }

  /** The caller's principal as the canister sees it. */
  whoami(options?: CallOptions): Promise<string> {
    return this.call('whoami', [], options);
  }

  /** Whether the caller may chat. */
  async checkAccess(options?: CallOptions): Promise<void> {
    okOf('check_access', await this.call('check_access', [], options));
  }

  /** A file on the canister, or undefined if it does not exist. */
  async fileDetails(name: string, options?: CallOptions): Promise<FileDetails | undefined> {
    const result = await this.call('uploaded_file_details', [{ filename: name }], options);
    if ('Err' in result && isMissingFile(result.Err)) return undefined;
    const details = okOf('uploaded_file_details', result);
    return { name: details.filename, size: Number(details.filesize), sha256: details.filesha256 };
  }

  /**
   * Sends one chunk. Offset 0 starts the file, every other chunk goes to its end; repeating the last one does nothing.
   * Returns the file as it is afterwards.
   */
  async uploadChunk(
    name: string,
    offset: number,
    chunk: Uint8Array,
    chunkSize: number,
    options?: CallOptions,
  ): Promise<FileDetails> {
    const input = { filename: name, chunk, chunksize: nat('chunkSize', chunkSize), offset: nat('offset', offset) };
    const details = okOf('file_upload_chunk', await this.call('file_upload_chunk', [input], options));
    return { name: details.filename, size: Number(details.filesize), sha256: details.filesha256 };
  }

  /**
   * Begins an upload whose chunks come in any order, or continues the one of the same file. Canisters of
   * llama_cpp_canister do not have it: `METHOD_NOT_FOUND`.
   */
  async beginUpload(
    name: string,
    size: number,
    sha256: string,
    chunkSize: number,
    options?: CallOptions,
  ): Promise<UploadStatus> {
    const input = { filename: name, filesize: nat('size', size), sha256, chunksize: nat('chunkSize', chunkSize) };
    return okOf('upload_begin', await this.call('upload_begin', [input], options));
  }

  /** Sends one chunk of an upload; sending it again does nothing. */
  async uploadPart(upload: bigint, offset: number, chunk: Uint8Array, options?: CallOptions): Promise<UploadStatus> {
    const input = { upload, offset: nat('offset', offset), chunk };
    return okOf('upload_chunk', await this.call('upload_chunk', [input], options));
  }

  /** Whether chunks can be sent without waiting for each answer (`deliverPart`): to networks on this machine. */
  get canDeliver(): boolean {
    return this.#deliveries !== undefined && this.#certified !== undefined;
  }

  /**
   * Sends one chunk of an upload, and does not wait for the answer: a certified `uploadStatus` says whether it has
   * arrived. Errors: `NOT_TAKEN`.
   */
  async deliverPart(upload: bigint, offset: number, chunk: Uint8Array, options: CallOptions = {}): Promise<void> {
    const input = { upload, offset: nat('offset', offset) };
    const deliveries = await this.#deliveries!();
    await deliveries.send('upload_chunk', (value) => [{ ...input, chunk: value }], chunk, options.signal);
  }

  async uploadStatus(upload: bigint, options?: CallOptions): Promise<UploadStatus> {
    return okOf('upload_status', await this.call('upload_status', [{ upload }], options));
  }

  async cancelUpload(upload: bigint, options?: CallOptions): Promise<UploadStatus> {
    return okOf('upload_cancel', await this.call('upload_cancel', [{ upload }], options));
  }

  /** Reads up to `length` bytes of a file from an offset. */
  async downloadChunk(name: string, offset: number, length: number, options?: CallOptions): Promise<Uint8Array> {
    const input = { filename: name, chunksize: nat('length', length), offset: nat('offset', offset) };
    return okOf('file_download_chunk', await this.call('file_download_chunk', [input], options)).chunk;
  }

  /** `load_model` with llama.cpp's flags. Returns what the canister says about it. */
  async loadModel(args: readonly string[], options?: CallOptions): Promise<string> {
    check('loadModel: args', texts, args);
    return runOf('load_model', await this.call('load_model', [{ args: [...args] }], options)).output;
  }

  /** `new_chat` with llama.cpp's flags. */
  async newChat(args: readonly string[], options?: CallOptions): Promise<void> {
    check('newChat: args', texts, args);
    runOf('new_chat', await this.call('new_chat', [{ args: [...args] }], options));
  }

  /** `run_update` with llama.cpp's flags. */
  async run(args: readonly string[], options?: CallOptions): Promise<RunReply> {
    check('run: args', texts, args);
    return runReply(runOf('run_update', await this.call('run_update', [{ args: [...args] }], options)));
  }

  /** `run_query` with llama.cpp's flags: like `run`, but its changes are discarded. */
  async runQuery(args: readonly string[], options?: CallOptions): Promise<RunReply> {
    check('runQuery: args', texts, args);
    return runReply(runOf('run_query', await this.call('run_query', [{ args: [...args] }], options)));
  }

  /** Describes a session of the caller; undefined if the canister cannot, as those of llama_cpp_canister. */
  async sessionInfo(name: string, options?: CallOptions): Promise<SessionInfo | undefined> {
    try {
      const result = await this.call('session_info', [{ promptcache: name }], options);
      return 'Ok' in result ? result.Ok : undefined;
    } catch (error) {
      if (error instanceof LlamaError && (error.kind === 'rejected' || error.code === 'METHOD_NOT_FOUND')) {
        return undefined;
      }
      throw error;
    }
  }

  /** Removes a session of the caller. */
  async removePromptCache(name: string, options?: CallOptions): Promise<void> {
    const args = ['--prompt-cache', name];
    runOf('remove_prompt_cache', await this.call('remove_prompt_cache', [{ args }], options));
  }

  /** The most tokens per update and per query call; 0 is as many as fit. */
  async setMaxTokens(update: number, query: number, options?: CallOptions): Promise<void> {
    const input = { max_tokens_update: nat('update', update), max_tokens_query: nat('query', query) };
    okOf('set_max_tokens', await this.call('set_max_tokens', [input], options));
  }

  /** Who may chat: 0 only controllers, 1 everyone but the anonymous caller. */
  async setAccess(level: number, options?: CallOptions): Promise<string> {
    return okOf('set_access', await this.call('set_access', [{ level }], options)).explanation;
  }
}

/** A number as the wire has it. Errors: `BAD_ARGUMENT`. */
function nat(name: string, value: number): bigint {
  check(name, whole, value);
  return BigInt(value);
}

/** Loaded with the first chunk of an upload. */
function deliveriesOf(agent: HttpAgent, canister: Principal): () => Promise<Deliveries> {
  let loaded: Promise<Deliveries> | undefined;
  return () => {
    loaded ??= import('./deliveries.js').then(({ Deliveries }) => new Deliveries(agent, canister));
    return loaded;
  };
}

/** The canister with this id, called through the agent. Errors: `BAD_CANISTER_ID`, `BAD_ARGUMENT`. */
export function openCanister(agent: HttpAgent, canisterId: string): LlamaCanister {
  check('openCanister: agent', agentShape, agent);
  let principal: Principal;
  try {
    principal = Principal.fromText(canisterId);
  } catch (cause) {
    throw new LlamaError('input', 'BAD_CANISTER_ID', `${shown(canisterId)} is not a canister id`, {
      value: canisterId,
      next: 'A canister id looks like uxrrr-q7777-77774-qaaaq-cai.',
      cause,
    });
  }
  const service = Actor.createActor<Service>(idlFactory, {
    agent,
    canisterId: principal,
    // A strategy measures the time of one call, so every call gets its own.
    callTransform: () => ({ pollingOptions: { strategy: pollingStrategy() } }),
  });
  const certified = new CertifiedCalls(agent, principal);
  return new LlamaCanister(
    service,
    canisterId,
    certified,
    {},
    isLoopback(agent.host) ? deliveriesOf(agent, principal) : undefined,
  );
}
