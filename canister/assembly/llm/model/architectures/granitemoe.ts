/** granitemoe: the mixtures of experts of Granite 3 and 4, with or without a shared expert. */
import { Metadata } from '../../gguf/metadata';
import { Description, SHARED_PLAIN } from '../description';
import { readWideExperts, sharedLength } from '../expert-keys';
import { describeGraniteKeys } from './granite';

export function describeGraniteMoe(metadata: Metadata): Description {
  const d = describeGraniteKeys(metadata, 'granitemoe');
  const experts = readWideExperts(metadata, d);
  experts.normalized = true;
  d.feedForward = sharedLength(metadata, d);
  if (d.feedForward > 0) experts.shared = SHARED_PLAIN;
  d.experts = experts;
  return d;
}
