/** The most that is read of a body that nobody wants. */
const MOST_BYTES = 256 * 2 ** 20;
const MOST_MS = 10_000;

/**
 * Reads what a client is still sending, and drops it: a client whose connection ends while it sends does not see the
 * answer. Returns whether the body came to its end, so that the connection can be used again.
 */
export async function isDrained(body: ReadableStream<Uint8Array> | null): Promise<boolean> {
  if (body === null) return true;
  // A reader has begun and stopped.
  if (body.locked) return false;
  const reader = body.getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    reader.cancel().catch(() => {});
  }, MOST_MS);
  try {
    for (let bytes = 0; bytes <= MOST_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) return !isLate;
      bytes += value.length;
    }
  } catch {
    // The sender has gone.
  } finally {
    clearTimeout(timer);
  }
  return false;
}
