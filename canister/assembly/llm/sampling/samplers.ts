/** All samplers that an order may name. Their numbers are their places here. */
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

export const SAMPLERS: StaticArray<SamplerKind> = [
  // llama.cpp's chain where nothing else is asked for.
  PENALTIES_KIND,
  DRY_KIND,
  TOP_N_SIGMA_KIND,
  TOP_K_KIND,
  TYPICAL_P_KIND,
  TOP_P_KIND,
  MIN_P_KIND,
  XTC_KIND,
  TEMPERATURE_KIND,
  // What has to be asked for.
  ADAPTIVE_P_KIND,
];

/** How many of the first ones are the default chain. */
export const DEFAULT_SAMPLERS: i32 = 9;

/** The number of the one whose choice has to come last. */
export const LAST: u8 = 9;
