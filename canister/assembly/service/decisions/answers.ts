/** Turns the scores of a question's options into an answer. */
import { DecisionAnswer, DecisionOption } from '../../ic/candid/service.generated';
import { Some } from '../../ic/candid/values';
import { logSumOf } from '../../llm/decision/log-sum';
import { DecisionRecord } from './record';
import { SCORE } from './questions';

function scoresOf(record: DecisionRecord, number: i32): StaticArray<f64> {
  const count = record.questions[number].labels.length;
  const scores = new StaticArray<f64>(count);
  const at = record.scoresOf(number);
  for (let i = 0; i < count; ++i) scores[i] = load<f64>(at + ((<usize>i) << 3));
  return scores;
}

/** Whether the model gives any option of an answered question a probability above zero. */
export function isAnswered(record: DecisionRecord, number: i32): bool {
  return isFinite(logSumOf(scoresOf(record, number)));
}

/** The answers that there are so far. */
export function answersOf(record: DecisionRecord): DecisionAnswer[] {
  const answers: DecisionAnswer[] = [];
  for (let i = 0; i < record.now && i < record.questions.length; ++i) {
    const question = record.questions[i];
    const scores = scoresOf(record, i);
    const answer = new DecisionAnswer();
    answer.log_coverage = logSumOf(scores);
    let mean: f64 = 0;
    for (let k = 0; k < scores.length; ++k) {
      const option = new DecisionOption();
      option.label = question.labels[k];
      option.log_probability = scores[k] - answer.log_coverage;
      option.probability = Math.exp(option.log_probability);
      mean += option.probability * <f64>(question.least + k);
      answer.options.push(option);
    }
    if (question.kind == SCORE) answer.expected = new Some<f64>(mean);
    answers.push(answer);
  }
  return answers;
}
