/** Finds the open jobs when a program begins: they continue from their files. */
import { Principal } from '../../ic/principal';
import { settle } from '../payment/deposit';
import { rearmDriving } from './driving';
import { Job } from './job';
import { numbersOf, owners } from './job-files';
import { addJob } from './queue';
import { sessionOf } from './turn';

/** Every program calls this before anything else. */
export function rearmGenerations(): void {
  const open: Job[] = [];
  const names = owners();
  for (let i = 0; i < names.length; ++i) {
    const owner = Principal.parse(names[i]);
    if (owner === null) continue;
    const numbers = numbersOf(names[i]);
    for (let k = 0; k < numbers.length; ++k) {
      const job = Job.open(owner, numbers[k]);
      if (job === null || job.hasEnded) continue;
      if (job.isAwaited) {
        settle(job.owner, job.ofAllowance, 0);
        job.remove();
      } else {
        open.push(job);
      }
    }
  }
  open.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let i = 0; i < open.length; ++i) addJob(open[i], sessionOf(open[i]));
  if (names.length > 0) rearmDriving();
}
