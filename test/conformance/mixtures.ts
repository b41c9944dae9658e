/** Mini models of mixtures of experts. */
import { FAINT, f32, type Mini, mini, scaling } from './mini.js';

const GRANITE = {
  'attention.scale': f32(0.1),
  embedding_scale: f32(3),
  residual_scale: f32(0.7),
  logit_scale: f32(1.5),
};

/** Shapes that blocks of 256 weights fit. */
const WIDE = { layers: 2, embedding: 256, headDim: 64, feedForward: 512 } as const;

export const mixtures: readonly Mini[] = [
  mini('qwen2moe', 'routed experts, as likely as they are, beside a shared one', {
    architecture: 'qwen2moe',
    tied: false,
    experts: { count: 8, used: 3, feedForward: 48, shared: 80 },
  }),
  mini('qwen3moe', 'routed experts whose weights are made to sum to one', {
    architecture: 'qwen3moe',
    experts: { count: 6, used: 2, feedForward: 40 },
  }),
  mini('olmoe', 'many small experts, norms of all heads together', {
    architecture: 'olmoe',
    keyValueHeads: 4,
    tied: false,
    experts: { count: 16, used: 5, feedForward: 24 },
  }),
  mini('granitemoe', 'scales around experts that sum to one', {
    architecture: 'granitemoe',
    ...FAINT,
    metadata: GRANITE,
    experts: { count: 5, used: 2, feedForward: 52 },
  }),
  mini('granitemoe-shared', 'a shared expert without a gate, longrope', {
    architecture: 'granitemoe',
    ...FAINT,
    ropeFactors: 'long',
    metadata: { ...scaling('longrope', 1, 128), logit_scale: f32(1) },
    experts: { count: 4, used: 3, feedForward: 36, shared: 44 },
  }),
  mini('lfm2moe', 'sigmoids, a bias of the choice, layers without experts, short convolutions', {
    architecture: 'lfm2moe',
    layers: 5,
    convolutions: { taps: 3, attends: [2, 4] },
    ropeBase: 1e6,
    experts: { count: 8, used: 3, feedForward: 40, dense: 2, gating: 2 },
  }),
  mini('lfm2moe-chosen', 'a softmax of the chosen experts only, all layers with experts', {
    architecture: 'lfm2moe',
    convolutions: { taps: 3, attends: [1] },
    experts: { count: 7, used: 3, feedForward: 40, gating: 3 },
  }),
  mini('gpt-oss', 'sinks, experts with biases, gates that are clamped, every other layer local, yarn', {
    architecture: 'gpt-oss',
    layers: 4,
    window: 9,
    tied: false,
    ropeBase: 150000,
    metadata: scaling('yarn', 32, 64),
    experts: { count: 8, used: 4, feedForward: 44 },
  }),
];

export const mixturesOfTypes: readonly Mini[] = [
  mini('qwen2moe-Q4_K', 'experts of superblocks beside a shared one', {
    architecture: 'qwen2moe',
    ...WIDE,
    tied: false,
    experts: { count: 6, used: 4, feedForward: 256, shared: 512 },
    type: () => 'Q4_K',
  }),
  mini('qwen3moe-Q8_0', 'experts of quantised rows', {
    architecture: 'qwen3moe',
    experts: { count: 4, used: 2, feedForward: 64 },
    type: () => 'Q8_0',
  }),
  mini('olmoe-Q4_K', 'small experts of superblocks', {
    architecture: 'olmoe',
    ...WIDE,
    keyValueHeads: 4,
    tied: false,
    experts: { count: 8, used: 4, feedForward: 256 },
    type: () => 'Q4_K',
  }),
  mini('granitemoe-Q6_K', 'experts of superblocks, scaled, beside a shared one', {
    architecture: 'granitemoe',
    ...FAINT,
    ...WIDE,
    metadata: {
      'attention.scale': f32(0.02),
      embedding_scale: f32(12),
      residual_scale: f32(0.22),
      logit_scale: f32(4),
    },
    experts: { count: 4, used: 2, feedForward: 256, shared: 256 },
    type: () => 'Q6_K',
  }),
  mini('lfm2moe-Q4_0', 'experts of blocks behind a layer without', {
    architecture: 'lfm2moe',
    layers: 4,
    convolutions: { taps: 3, attends: [1, 3] },
    experts: { count: 6, used: 2, feedForward: 64, dense: 1, gating: 2 },
    type: () => 'Q4_0',
  }),
  mini('gpt-oss-MXFP4', 'experts in MXFP4, all else in Q8_0, as the files that are published', {
    architecture: 'gpt-oss',
    layers: 4,
    window: 12,
    tied: false,
    experts: { count: 6, used: 2, feedForward: 96 },
    type: (name) => (name.includes('_exps') ? 'MXFP4' : 'Q8_0'),
  }),
];
