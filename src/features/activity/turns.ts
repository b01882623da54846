/**
 * Does one piece of work after the other, each in a turn of the event loop of its own, so that whatever else this thread
 * has to do comes in between. A piece that fails holds up no other.
 */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
