/** A line in which one is made after the other. One that fails does not keep the next one from its turn. */
export function newLine(): <Made>(make: () => Promise<Made>) => Promise<Made> {
  let last: Promise<unknown> = Promise.resolve();
  return (make) => {
    const mine = last.then(make);
    last = mine.catch(() => undefined);
    return mine;
  };
}
