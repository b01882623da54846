/** Yields to the event loop, so that pending work is served before this continues. */
export const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Milliseconds after which to yield. */
const TURN_MS = 20;

/** Maps values in order, yielding to the event loop in between. */
export async function inTurns<Item, Made>(
  items: Iterable<Item>,
  make: (item: Item) => Made | Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  let began = performance.now();
  for (const item of items) {
    const one = make(item);
    // Awaiting each of many thousands that are ready would take longer than making them.
    made.push(one instanceof Promise ? await one : one);
    if (performance.now() - began < TURN_MS) continue;
    await aTurn();
    began = performance.now();
  }
  return made;
}
