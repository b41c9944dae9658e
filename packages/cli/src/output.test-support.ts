import { PassThrough } from 'node:stream';
import { Output } from './output.js';

/** An output whose words end up in memory. */
export function capture(json: boolean, isTTY: boolean): { texts: { out: string; err: string }; output: Output } {
  const texts = { out: '', err: '' };
  const stream = (key: 'out' | 'err') => {
    const pass = Object.assign(new PassThrough(), { isTTY, columns: 60 });
    pass.on('data', (bytes) => {
      texts[key] += bytes;
    });
    return pass as unknown as NodeJS.WriteStream;
  };
  return { texts, output: new Output(json, { stdout: stream('out'), stderr: stream('err') }) };
}
