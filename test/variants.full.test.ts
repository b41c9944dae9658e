/** Every variant of every architecture (test/variants.test.ts has some of them). */
import { describe, expect, it } from 'vitest';
import { disagreement } from './conformance/agreement.js';
import { architectures, type Verdicts, variantsOf } from './conformance/variants.js';
import verdicts from './conformance/variants.json' with { type: 'json' };

describe.each(architectures)('%s', (architecture) => {
  const own = (verdicts as unknown as Verdicts)[architecture]!;
  it.each(variantsOf(architecture).map((variant) => [variant.change, variant] as const))(
    '%s',
    async (change, variant) => {
      const verdict = own[change] === 'same' ? own['']! : own[change]!;
      expect(await disagreement(variant, verdict as never)).toBe('');
    },
  );
});
