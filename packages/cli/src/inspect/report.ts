import { formatBytes, formatCycles } from '../amounts.js';
import type { Fit } from './fit.js';
import type { Survey } from './survey.js';

const LABEL = 16;

function lines(rows: readonly (readonly [string, string | number | undefined])[]): string {
  return rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => `${label.padEnd(LABEL)}${value}`)
    .join('\n');
}

const count = (number: number | undefined) => (number === undefined ? undefined : formatCycles(BigInt(number)));

/** The file's description, for people. */
export function describeSurvey(survey: Survey): string {
  const { types = {}, parameters = 0, chatTemplate, chatTemplateError } = survey;
  const unusable = chatTemplateError ? `, not usable: ${chatTemplateError}` : '';
  const shares = Object.entries(types)
    .sort(([, a], [, b]) => b - a)
    .map(([type, weights]) => `${type} ${((100 * weights) / Math.max(1, parameters)).toFixed(1)} %`);
  const preTokenizer = survey.preTokenizer ? `, ${survey.preTokenizer}` : '';
  return lines([
    ['name', survey.name],
    ['architecture', survey.architecture],
    ['parameters', count(survey.parameters)],
    ['type', survey.fileType],
    ['tensors', survey.tensors === undefined ? undefined : `${survey.tensors}: ${shares.join(', ')}`],
    ['layers', survey.layers],
    ['embedding', survey.embedding],
    ['context', survey.trainedContext === undefined ? undefined : `${survey.trainedContext} tokens, as trained`],
    [
      'vocabulary',
      survey.vocabulary === undefined ? undefined : `${survey.vocabulary} tokens (${survey.tokenizer}${preTokenizer})`,
    ],
    [
      'chat template',
      chatTemplate === undefined
        ? undefined
        : chatTemplate === ''
          ? 'none'
          : `${chatTemplate.length} characters${unusable}`,
    ],
    [
      'sampling',
      survey.samplingFlags && `${survey.samplingFlags} (suggested by the file; used only if you give these flags)`,
    ],
    ['file', `${formatBytes(survey.fileBytes)}${survey.parts > 1 ? ` in ${survey.parts} parts` : ''}`],
    ['runs', survey.error === '' ? 'yes' : `no: ${survey.error}`],
  ]);
}

/** The file's needs of a canister, for people. Instructions and cycles are estimates. */
export function describeFit(fit: Fit): string {
  const { heapBytes, heapLimitBytes, loadMessages, loadInstructions, loadCycles } = fit;
  const { imageBytes, imageInstructions, imageCycles, reloadInstructions, reloadCycles } = fit;
  const rows: [string, string | undefined][] = [
    ['runs', fit.runs ? 'yes' : `no: ${fit.reason}`],
    ['context', fit.context === undefined ? undefined : `${fit.context} tokens a session`],
    [
      'heap',
      heapBytes === undefined
        ? undefined
        : `${formatBytes(heapBytes)} of ${formatBytes(heapLimitBytes!)}, with one full session`,
    ],
    [
      'stable memory',
      imageBytes === undefined
        ? formatBytes(fit.stableBytes)
        : `${formatBytes(fit.stableBytes)}, and ${formatBytes(imageBytes)} for the packed image`,
    ],
    ['upload', `about ${formatCycles(fit.uploadCycles)} cycles`],
    [
      'load',
      loadMessages === undefined
        ? undefined
        : `${loadMessages} ${loadMessages === 1 ? 'message' : 'messages'}, about ${count(loadInstructions)} instructions, ${formatCycles(loadCycles!)} cycles`,
    ],
    [
      'packed image',
      imageBytes === undefined
        ? undefined
        : `made after the load in about ${count(imageInstructions)} instructions, ${formatCycles(imageCycles!)} cycles`,
    ],
    [
      'load again',
      imageBytes === undefined
        ? undefined
        : `from the image, as after an upgrade: about ${count(reloadInstructions)} instructions, ${formatCycles(reloadCycles!)} cycles`,
    ],
  ];
  for (const cost of fit.costs) {
    rows.push([
      `at ${cost.position}`,
      `${cost.tokensPerUpdate} tokens a call (a query ${cost.tokensPerQuery}), ${count(cost.token)} instructions a token ` +
        `(a prompt's ${count(cost.promptToken)}), ${count(cost.cyclesPer1000Tokens)} cycles for 1000`,
    ]);
  }
  return lines(rows);
}
