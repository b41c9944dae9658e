// Every method of llama.did, called so that the canister is unchanged afterwards: settings are set to their present
// values, created things are removed, and irreversible methods get names that do not exist. The order matters: what a
// probe reads, an earlier one has written.
import { Admin, type Service } from '@llama-canister/client';
import { type Probe, probe, type Smoke, untouched } from './probe.js';

const NOTHING = 'llama-canister-smoke-nothing';
const BYTES = new TextEncoder().encode('a canister smokes');
/** SHA-256 of BYTES: `printf 'a canister smokes' | sha256sum`. */
const BYTES_SHA256 = '7f6291d2033080be17e95afec8d259fd381dca93a8be9123fa3ff3c215becbf5';
const MODEL = { needsModel: true } as const;

const none = () => [] as [];
const file = ({ name }: Smoke) => `${name}.txt`;
const session = ({ name }: Smoke) => ({ args: ['--prompt-cache', name] });
/** A plain text, because a model may have no chat template. */
const prompt = { text: 'Hi' };
const options = ({ signal }: Smoke) => ({ signal });
const admin = ({ canister }: Smoke) => new Admin(canister);

/** A short answer to a greedy request; its contents do not matter. */
const asked = (): Parameters<Service['generation_start']>[0] => ({
  prompt,
  continue_final_message: [],
  session: [],
  max_tokens: [2],
  seed: [{ number: 1 }],
  sampling: [['--temp', '0']],
  stop: [],
  response_format: [],
  template_arguments: [],
  tools: [],
  tool_choice: [],
  parallel_tool_calls: [],
  thinking: [],
  logprobs: [],
});
const question = (): Parameters<Service['decide']>[0] => ({
  prompt,
  template_arguments: [],
  questions: [{ text: 'Is that a greeting?', kind: { yes_no: null } }],
});

const STATE: readonly Probe[] = [
  probe('health', '', 'ok', none),
  probe('ready', '', 'ok', none, MODEL),
  probe('whoami', '', 'ok', none),
  probe('model_info', '', 'ok', none, MODEL),
  probe('check_access', '', 'ok', none),
  probe('get_access', '', 'ok', none),
  probe('getAdminRoles', '', 'ok', none),
  probe('get_memory_status', '', 'ok', none),
  probe('get_usage', '', 'ok', none),
  probe('get_chats', '', 'ok', none),
  probe('get_cache_cleanup_stats', '', 'ok', none),
  probe('get_payment_totals', '', 'ok', none),
  probe('get_applications', '', 'ok', none),
  probe('get_free_callers', '', 'ok', none),
  probe('get_allowance', '', 'ok', none),
  probe('get_allowance_of', 'the caller', 'ok', ({ principal }) => [principal]),
  probe('get_pinned_prefixes', '', 'ok', none, MODEL),
  probe('http_request', 'GET /status', 'ok', () => [
    { method: 'GET', url: '/status', headers: [], body: new Uint8Array(), certificate_version: [] },
  ]),
];

const SETTINGS: readonly Probe[] = [
  probe('get_max_tokens', '', 'ok', none),
  probe('set_max_tokens', 'what it is', 'ok', async (smoke) => [
    await smoke.canister.call('get_max_tokens', [], options(smoke)),
  ]),
  probe('get_instruction_budget', '', 'ok', none),
  probe('set_instruction_budget', 'what it is', 'ok', async (smoke) => [
    await smoke.canister.call('get_instruction_budget', [], options(smoke)),
  ]),
  probe('get_quotas', '', 'ok', none),
  probe('set_quotas', 'what they are', 'ok', async (smoke) => [
    await smoke.canister.call('get_quotas', [], options(smoke)),
  ]),
  probe('get_storage_limits', '', 'ok', none),
  probe('set_storage_limits', 'what they are', 'ok', async (smoke) => {
    const { callers_bytes_set, chats_ttl_seconds } = await admin(smoke).storageLimits(options(smoke));
    return [{ callers_bytes: callers_bytes_set, chats_ttl_seconds: [chats_ttl_seconds] }];
  }),
  probe('get_warm_limits', '', 'ok', none),
  probe('set_warm_limits', 'what they are', 'ok', async (smoke) => {
    const { bytes, bytes_per_caller } = await admin(smoke).warmLimits(options(smoke));
    return [{ bytes: [bytes], bytes_per_caller: [bytes_per_caller] }];
  }),
  probe('remove_model_weights', 'of a file that is not loaded', 'err', () => [{ filename: 'no such file' }]),
  probe('get_model_images', '', 'ok', none),
  probe('set_model_images', 'what it is', 'ok', async (smoke) => {
    const { are_kept } = await admin(smoke).modelImages(options(smoke));
    return [{ are_kept }];
  }),
  probe('get_generation_limits', '', 'ok', none),
  probe('set_generation_limits', 'what they are', 'ok', async (smoke) => {
    const { message_instructions, ...limits } = await admin(smoke).generationLimits(options(smoke));
    return [Object.fromEntries(Object.entries(limits).map(([key, value]) => [key, [value]])) as never];
  }),
  probe('get_llm_settings', '', 'ok', none),
  probe('set_llm_settings', 'what they are', 'ok', async (smoke) => {
    const { models, any_name, sampling, max_tokens } = await admin(smoke).llmSettings(options(smoke));
    return [{ models: [models], any_name: [any_name], sampling: [sampling], max_tokens: [max_tokens] }];
  }),
  probe('get_prices', '', 'ok', none),
  probe('set_prices', 'what they are', 'ok', async (smoke) => [
    await smoke.canister.call('get_prices', [], options(smoke)),
  ]),
  probe('get_log_level', '', 'ok', none),
  probe('set_log_level', 'what it is', 'ok', async (smoke) => [
    await smoke.canister.ok('get_log_level', [], options(smoke)),
  ]),
  probe('set_access', 'what it is', 'ok', async (smoke) => [
    { level: (await smoke.canister.ok('get_access', [], options(smoke))).level },
  ]),
  probe('set_cache_cleanup_config', 'nothing', 'ok', () => [
    { period_seconds: [], ttl_seconds: [], max_files_per_run: [] },
  ]),
  probe('set_free_caller', 'nobody', 'err', () => [{ principal: NOTHING, free: false }]),
  probe('grant_allowance', 'nobody', 'err', () => [{ principal: NOTHING, cycles: 1n }]),
  probe('top_up_allowance', 'without cycles', 'err', () => [{ principal: [] }]),
  probe('set_application', 'nobody', 'err', () => [{ principal: NOTHING, note: '' }]),
  probe('remove_application', 'nobody', 'err', () => [NOTHING]),
  probe('assignAdminRole', 'nobody', 'err', () => [{ principal: NOTHING, role: { AdminQuery: null }, note: '' }]),
  probe('revokeAdminRole', 'nobody', 'err', () => [NOTHING]),
];

const FILES: readonly Probe[] = [
  probe('file_upload_chunk', 'a small file', 'ok', (smoke) => [
    { filename: file(smoke), chunk: BYTES, chunksize: BigInt(BYTES.length), offset: 0n },
  ]),
  probe('uploaded_file_details', 'that file', 'ok', (smoke) => [{ filename: file(smoke) }]),
  probe('file_download_chunk', 'that file', 'ok', (smoke) => [{ filename: file(smoke), chunksize: 1000n, offset: 0n }]),
  probe('filesystem_file_size', 'that file', 'ok', (smoke) => [{ filename: file(smoke) }]),
  probe('get_creation_timestamp_ns', 'that file', 'ok', (smoke) => [{ filename: file(smoke) }]),
  probe('recursive_dir_content_query', 'the root', 'ok', () => [{ dir: '.', max_entries: 10n }]),
  probe('recursive_dir_content_update', 'the root', 'ok', () => [{ dir: '.', max_entries: 10n }]),
  probe('filesystem_remove', 'that file', 'ok', (smoke) => [{ filename: file(smoke) }]),
  probe('remove_log_file', 'one that is not there', 'ok', () => [{ args: ['--log-file', NOTHING] }]),
  probe('load_model', 'one that is not there', 'err', () => [{ args: ['--model', NOTHING] }]),
];

/** The upload that one probe begins and another one ends. */
const begun = (smoke: Smoke) =>
  smoke.canister.beginUpload(file(smoke), BYTES.length, BYTES_SHA256, BYTES.length, options(smoke));
const upload = async (smoke: Smoke) => [{ upload: (await begun(smoke)).upload }] as [{ upload: bigint }];

const UPLOADS: readonly Probe[] = [
  probe('upload_begin', 'a small file', 'ok', (smoke) => [
    { filename: file(smoke), filesize: BigInt(BYTES.length), sha256: BYTES_SHA256, chunksize: BigInt(BYTES.length) },
  ]),
  probe('upload_status', 'that upload', 'ok', upload),
  probe('upload_cancel', 'that upload', 'ok', upload),
  probe('upload_chunk', 'an upload that is not there', 'err', () => [{ upload: 0n, offset: 0n, chunk: BYTES }]),
  probe('upload_prompt_cache_chunk', 'a folder that is not ours', 'err', () => [
    { promptcache: '../x', chunk: BYTES, chunksize: BigInt(BYTES.length), offset: 0n },
  ]),
  probe('upload_kv_cache_chunk', 'a folder that is not ours', 'err', () => [
    { promptcache: '../x', chunk: BYTES, chunksize: BigInt(BYTES.length), offset: 0n },
  ]),
];

const DOCUMENTS: readonly Probe[] = [
  probe('document_put', 'a small one', 'ok', ({ name }) => [{ name, content: BYTES, replaces: [0n] }]),
  probe('document_get', 'that document', 'ok', ({ name }) => [{ name }]),
  probe('document_list', '', 'ok', none),
  probe('document_remove', 'that document', 'ok', ({ name }) => [{ name }]),
];

const TALK: readonly Probe[] = [
  probe('tokenize', 'a word', 'ok', () => [{ text: 'Hello', add_special: [], parse_special: [] }], MODEL),
  probe('detokenize', 'a token', 'ok', () => [{ tokens: Uint32Array.from([1]) }], MODEL),
  probe('new_chat', 'a session', 'ok', (smoke) => [session(smoke)], MODEL),
  probe(
    'run_update',
    'two tokens',
    'ok',
    (smoke) => [{ args: [...session(smoke).args, '-p', 'Hi', '-n', '2', '--temp', '0'] }],
    MODEL,
  ),
  probe('run_query', 'a token', 'ok', () => [{ args: ['-p', 'Hi', '-n', '1', '--temp', '0'] }], MODEL),
  probe('session_info', 'that session', 'ok', ({ name }) => [{ promptcache: name }], MODEL),
  probe('uploaded_prompt_cache_details', 'that session', 'ok', ({ name }) => [{ promptcache: name }], MODEL),
  probe(
    'download_prompt_cache_chunk',
    'that session',
    'ok',
    ({ name }) => [{ promptcache: name, chunksize: 1000n, offset: 0n }],
    MODEL,
  ),
  probe(
    'download_kv_cache_chunk',
    'that session',
    'ok',
    ({ name }) => [{ promptcache: name, chunksize: 1000n, offset: 0n }],
    MODEL,
  ),
  probe('copy_prompt_cache', 'that session', 'ok', ({ name }) => [{ from: name, to: name }], MODEL),
  probe('remove_prompt_cache', 'that session', 'ok', (smoke) => [session(smoke)], MODEL),
  probe('pin_prefix', 'a word', 'ok', ({ name }) => [{ args: ['--prompt-cache', name, '-p', 'Hello'] }], MODEL),
  probe('pinned_prefix_text', 'that word', 'ok', ({ name }) => [{ name }], MODEL),
  probe('unpin_prefix', 'that word', 'ok', (smoke) => [session(smoke)], MODEL),
];

/** A new generation of two tokens, for probes that need its number. */
async function generation(smoke: Smoke): Promise<bigint> {
  const { id } = await smoke.canister.ok('generation_start', [asked()], options(smoke));
  return id;
}

/** The same, but ended and finally forgotten. */
async function cancelled(smoke: Smoke): Promise<bigint> {
  const id = await generation(smoke);
  await smoke.canister.call('generation_cancel', [{ id }], options(smoke));
  return id;
}

const byId = async (number: Promise<bigint>) => [{ id: await number }] as [{ id: bigint }];

const JOBS: readonly Probe[] = [
  probe('generation_quote', 'two tokens', 'ok', () => [asked()], MODEL),
  probe('generation_start', 'two tokens', 'ok', () => [asked()], MODEL),
  probe('generation_list', '', 'ok', () => [{ everybody: false, before: [] }]),
  probe(
    'generation_poll',
    'two tokens',
    'ok',
    async (smoke) => [{ id: await generation(smoke), from: 0n, bytes: [] }],
    MODEL,
  ),
  probe('generation_cancel', 'two tokens', 'ok', (smoke) => byId(generation(smoke)), MODEL),
  probe('generation_stop_thinking', 'one that is not there', 'err', () => [{ id: 0n }]),
  probe('generation_forget', 'two tokens', 'ok', (smoke) => byId(cancelled(smoke)), MODEL),
  probe('decide_quote', 'yes or no', 'ok', () => [question()], MODEL),
  probe('decide', 'yes or no', 'ok', () => [question()], MODEL),
  probe('decide_poll', 'one that is not there', 'err', () => [{ id: 0n }]),
  probe('v0_chat', 'no message', 'rejection', () => [{ model: NOTHING, messages: [] }], MODEL),
  probe('v1_chat', 'no message', 'rejection', () => [{ model: NOTHING, messages: [], tools: [] }], MODEL),
];

const SWITCHES: readonly Probe[] = [
  // If the balance is not watched, the method answers with an Err.
  probe('get_cycle_balance', '', 'answer', none),
  probe('cache_cleanup_now', '', 'ok', none),
  untouched('cache_cleanup_start_timer'),
  untouched('cache_cleanup_stop_timer'),
  untouched('cycle_balance_start_timer'),
  untouched('cycle_balance_stop_timer'),
  untouched('chats_pause'),
  untouched('chats_resume'),
  untouched('log_pause'),
  untouched('log_resume'),
];

export const PROBES: readonly Probe[] = [
  ...STATE,
  ...SETTINGS,
  ...FILES,
  ...UPLOADS,
  ...DOCUMENTS,
  ...TALK,
  ...JOBS,
  ...SWITCHES,
];
