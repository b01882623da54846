/** Readers that may work at once: so many, and no more than the memory for them is enough for. Sizes in megabytes. */
export interface ReaderPlaces {
  /** Waits for a place with so much memory. One that needs more than there is gets it once nobody else reads. */
  take(megabytes: number): Promise<void>;
  /** Gives back a place of so much memory. */
  leave(megabytes: number): void;
}

/** Places in the order in which they are asked for. */
export function readerPlaces(max: number, budgetMb: number): ReaderPlaces {
  const waiting: { readonly megabytes: number; go(): void }[] = [];
  let readers = 0;
  let taken = 0;
  function next(): void {
    const first = waiting[0];
    if (first === undefined) return;
    const fits = readers < max && taken + first.megabytes <= budgetMb;
    if (readers > 0 && !fits) return;
    waiting.shift();
    readers += 1;
    taken += first.megabytes;
    first.go();
    next();
  }
  return {
    take: (megabytes) =>
      new Promise((go) => {
        waiting.push({ megabytes, go });
        next();
      }),
    leave: (megabytes) => {
      readers -= 1;
      taken -= megabytes;
      next();
    },
  };
}
