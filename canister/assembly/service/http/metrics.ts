/**
 * Counters for Prometheus (exposition formats, text format 0.0.4). They are about the canister, not about any caller.
 * Unless everybody has access they are hidden, because a change of a counter would reveal a call.
 */
import { stableBytes } from '../../storage/stable';
import { isOpen } from '../access/access';
import { cleanupRuns } from '../maintenance/cache-cleanup';
import { residentCount } from '../sessions/resident-sessions';
import { heapBytes } from '../reports/memory-status';
import { whyNotReady } from '../models/model';
import { engine } from '../engine/loaded';
import { imagesBytes } from '../images/image-settings';
import { perGeneratedToken, perPromptToken } from '../engine/run-costs';
import { totalGenerated, totalIngested, totalInstructions, totalRuns } from '../engine/run-costs';
import { openUploads } from '../files/uploads';
import { Totals } from '../payment/ledger';

function metric(name: string, type: string, help: string, value: u64): string {
  return `# HELP llama_${name} ${help}\n# TYPE llama_${name} ${type}\nllama_${name} ${value.toString()}\n`;
}

function gauge(name: string, help: string, value: u64): string {
  return metric(name, 'gauge', help, value);
}

function counter(name: string, help: string, value: u64): string {
  return metric(name, 'counter', help, value);
}

export function metricsText(): string {
  const ready = gauge('ready', 'Whether a model answers.', whyNotReady() === null ? 1 : 0);
  if (!isOpen()) return ready;
  const prompts = engine.othersHeld;
  const payments = Totals.read();
  return (
    ready +
    gauge('heap_bytes', 'Bytes of the heap.', heapBytes()) +
    gauge('stable_bytes', 'Bytes of stable memory.', stableBytes()) +
    gauge('resident_sessions', 'Sessions whose keys and values are in the heap.', residentCount()) +
    counter('evictions_total', 'Sessions that left the full heap since the model was loaded.', engine.evictions) +
    gauge('prompts_being_read', 'Prompts that take several calls, and keep their room meanwhile.', prompts) +
    gauge('model_image_bytes', 'Bytes of the packed image of the loaded model.', engine.imageBytes) +
    gauge('model_image_kept_bytes', 'Bytes of it that are in stable memory.', engine.keptImageBytes) +
    gauge('model_images_bytes', 'Bytes of the packed images of all models.', imagesBytes()) +
    gauge('open_uploads', 'Uploads that are not done.', openUploads()) +
    counter('runs_total', 'Calls of run_update since the last install or upgrade.', totalRuns) +
    counter('prompt_tokens_total', 'Prompt tokens that they have ingested.', totalIngested) +
    counter('generated_tokens_total', 'Tokens that they have generated.', totalGenerated) +
    counter('run_instructions_total', 'Instructions that they have executed.', totalInstructions) +
    gauge('instructions_per_prompt_token', 'As the last run measured it.', perPromptToken) +
    gauge('instructions_per_generated_token', 'As the last run measured it.', perGeneratedToken) +
    counter('cycles_received_total', 'Cycles that callers have attached, and that were taken.', payments.received) +
    counter('cycles_granted_total', 'Cycles of allowances that administrators have granted.', payments.granted) +
    counter('cycles_charged_total', 'Cycles that callers were charged.', payments.charged) +
    counter('charged_generations_total', 'Generations that callers were charged for.', payments.generations) +
    counter('cache_cleanup_runs_total', 'Runs of the cleanup of sessions.', cleanupRuns())
  );
}
