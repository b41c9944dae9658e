/** All samplers that an order may name. Their numbers are their indices here. */
import { ADAPTIVE_P_KIND } from './adaptive-p';
import { DRY_KIND } from './dry';
import { MIN_P_KIND } from './min-p';
import { PENALTIES_KIND } from './penalties';
import { SamplerKind } from './sampler';
import { TEMPERATURE_KIND } from './temperature';
import { TOP_K_KIND } from './top-k';
import { TOP_N_SIGMA_KIND } from './top-n-sigma';
import { TOP_P_KIND } from './top-p';
import { TYPICAL_P_KIND } from './typical-p';
import { XTC_KIND } from './xtc';

/** llama.cpp's default chain. */
const USUAL: StaticArray<SamplerKind> = [
  PENALTIES_KIND,
  DRY_KIND,
  TOP_N_SIGMA_KIND,
  TOP_K_KIND,
  TYPICAL_P_KIND,
  TOP_P_KIND,
  MIN_P_KIND,
  XTC_KIND,
  TEMPERATURE_KIND,
];

/** Samplers that are used only if named. */
const OTHERS: StaticArray<SamplerKind> = [ADAPTIVE_P_KIND];

export const SAMPLERS: StaticArray<SamplerKind> = USUAL.concat<StaticArray<SamplerKind>>(OTHERS);

/** Number of samplers in the default chain, which come first. */
export const USUAL_SAMPLERS: i32 = USUAL.length;
