// Shapes that several functions use. The text of each says what was expected.
import * as v from 'valibot';

export const text = v.string('a text');
export const number = v.number('a number');
export const whole = v.pipe(number, v.safeInteger('a whole number'), v.minValue(0, 'a whole number from 0 on'));
export const bigint = v.bigint('a bigint');
export const flag = v.boolean('true or false');
export const milliseconds = v.pipe(number, v.minValue(0, 'milliseconds'));
export const texts = v.array(text, 'a list of texts');
export const list = v.custom<unknown[]>(Array.isArray, 'a list');
export const bytes = v.instance(Uint8Array, 'bytes (a Uint8Array)');
export const callback = v.function('a function');

export const object = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object',
);

/** An object that has these methods. */
export const having = (what: string, ...methods: string[]) =>
  v.custom<object>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function'),
    what,
  );

/** A source of bytes. */
export const byteSource = v.looseObject({ size: whole, read: callback }, 'a source of bytes, as blobSource gives it');

export const signal = having('an AbortSignal', 'addEventListener', 'throwIfAborted');

export const oneOf = <const T extends readonly string[]>(...words: T) =>
  v.picklist(words, `one of ${words.map((word) => `"${word}"`).join(', ')}`);

/** May be left out, but not null. */
export const maybe = <S extends v.GenericSchema>(shape: S) => v.optional(shape);

export const canisterShape = having('a canister, as openCanister gives it', 'call', 'run');
const AGENT = 'an agent, as connect gives it';
/** The part of an agent that is needed: for actors, and for calls of the management canister. */
export const agentShape = having(AGENT, 'call');
export const updatingAgent = having(AGENT, 'update');
export const queryingAgent = having(AGENT, 'query');
