/** Ends the turn of this thread, so that whoever waits is served before the work goes on. */
export const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Milliseconds after which others get their turn. */
const TURN_MS = 20;

/** Makes something of each in order, and lets whoever waits be served in between. */
export async function inTurns<Item, Made>(
  items: Iterable<Item>,
  make: (item: Item) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  let began = performance.now();
  for (const item of items) {
    made.push(make(item));
    if (performance.now() - began < TURN_MS) continue;
    await aTurn();
    began = performance.now();
  }
  return made;
}
