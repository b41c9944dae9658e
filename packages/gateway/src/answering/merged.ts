// Merges several answers in the order in which their pieces arrive; each piece has the number of its answer.

export async function* merged<T>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<[index: number, item: T]> {
  const readers = sources.map((source) => source[Symbol.asyncIterator]());
  const next = (index: number) => readers[index]!.next().then((result) => ({ index, result }));
  const waiting = new Map(readers.map((_, index) => [index, next(index)]));
  try {
    while (waiting.size > 0) {
      const { index, result } = await Promise.race(waiting.values());
      if (result.done) waiting.delete(index);
      else {
        waiting.set(index, next(index));
        yield [index, result.value];
      }
    }
  } finally {
    // A reader that stops early must not get errors that come later.
    for (const reader of readers) void Promise.resolve(reader.return?.()).catch(() => {});
    for (const each of waiting.values()) each.catch(() => {});
  }
}
