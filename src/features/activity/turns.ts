/**
 * Runs pieces of work one after the other, each in its own turn of the event loop, so that other work gets done in
 * between. A failing piece does not affect the others.
 */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
