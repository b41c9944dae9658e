// Writes the inner loops that execute nearly all instructions: canister/assembly/llm/kernels/*.generated.ts.
//
// The Internet Computer charges for every operator, also for local.get and constants, and a SIMD operator costs as much
// as a scalar one. So the price is the number of operators, and the code is designed here, operator by operator:
//   - rows are lanes: four rows of a matrix are interleaved, so that no sum goes across lanes;
//   - the vector (weights times activations: one pass over 128 or 64 inputs) sits in locals, splatted in pairs, while
//     the loop runs down the rows;
//   - memory is addressed by one pointer and constant offsets, and scales are interleaved with the weights;
//   - sums are expression trees without temporaries;
//   - the tokens of a batch are TOKEN_STRIDE bytes apart, a constant, so that they need no pointer of their own either.
import { attentionKernels, ENTRIES } from './kernels/attention.mjs';
import { floatPass, INTEGER, integerMatrix, integerVector } from './kernels/matrix.mjs';
import { PACKED } from './kernels/packed.mjs';
import { header } from './kernels/text.mjs';

/** The text of each module, by the name of its file. */
export const kernelModules = {
  'matvec.generated.ts':
    header(
      `
Matrix times vector, one pass over a panel of inputs and all its rows: y[rows] += W[rows][width] x[width].

\`<block>_<width>x1(w, x, sx, y, end)\`
  w    the panel, row groups of 4 rows one after another (llm/quant/image.ts draws them)
  x    i16[width]: activations
  sx   f32[width / 64] (i8x8: f32[width / 8]): what one unit of them means
  y    f32[rows]: where the results are added, up to \`end\`; rows % 4 == 0
The f32 kernel takes f32[width] activations and no sx.
`,
    ) +
    INTEGER.flatMap((shape) => shape.widths.map((width) => `\n${integerVector(shape, width, 512 / width)}`)).join('') +
    `\n${floatPass(32, 1, 4)}`,
  'matmul.generated.ts':
    header(
      `
Matrix times several vectors: the kernels of matvec.generated.ts for 4 or 8 tokens at once. Each weight is loaded
once and stays in a local while it meets every token: (4 + 2 / tokens) / 8 instructions per weight and token, not 5 / 8.

\`<block>_<width>x<tokens>(w, x, sx, y, end)\`: x, sx and y are those of the first token, the next token's are TOKEN_STRIDE
bytes further.
`,
    ) +
    INTEGER.flatMap((shape) =>
      shape.widths.flatMap((width) => [4, 8].map((tokens) => `\n${integerMatrix(shape, width, tokens)}`)),
    ).join('') +
    [4, 8].map((tokens) => `\n${floatPass(32, tokens, 1)}`).join(''),
  'packed.generated.ts':
    header(
      `
The integer kernels with a scale per 32 inputs over weights of four bits (llm/quant/image.ts, U4X32 and S4X32). A byte
has two weights of a block: it is multiplied as it is, and its lower half once more (canister/scripts/kernels/packed.mjs).

\`<kind>_128x<tokens>(w, x, sx, y, end)\`: as in matvec.generated.ts and matmul.generated.ts, but for the activations, which
are those of llm/kernels/pairs.ts.
`,
    ) +
    PACKED.flatMap((shape) => [
      `\n${integerVector(shape, 128, 4)}`,
      ...[4, 8].map((tokens) => `\n${integerMatrix(shape, 128, tokens)}`),
    ]).join(''),
  'attention.generated.ts':
    header(
      `
Attention of 1 to 8 queries (columns) that share a key/value head, over tiles of 32 positions (llm/cache/tiles.ts draws
them). A query may be a head of the same group or of another token of the batch.

\`setScores<columns>(q, sq, blocks, end, offset, scores)\`, \`addScores...\` for every chunk after the first;
\`set2Scores...\`, \`set4Scores...\`, \`add4Scores...\`: as many chunks at once, for up to 4 columns
  q        i16[8][32], sq f32[8]: the queries' values in this 32-wide chunk and what one unit of them means
  blocks   u32[]: addresses of the cache blocks up to \`end\`; offset: of this head's chunk of keys in a block
  scores   f32[position / 4][8][4]
\`addValues<columns>(p, blocks, end, offset, out, outEnd)\`
  p        per tile: i16[8][32] probabilities, f32[8] what one unit of them means
  out      f32[dim / 4][8][4] up to \`outEnd\`: where the weighted values are added
\`...Byte...\`: the same where keys or values are int8. \`setScores(columns, ...)\` and so on choose by the number of columns.
`,
    ) + ENTRIES.flatMap((entry) => attentionKernels(entry).map((kernel) => `\n${kernel}`)).join(''),
};
