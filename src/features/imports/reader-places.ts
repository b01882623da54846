/** A semaphore for concurrent readers, limited by number and by memory. Sizes in megabytes. */
export interface ReaderPlaces {
  /**
   * Waits until this much memory is available. A request that exceeds the total is granted once nobody else is
   * reading.
   */
  take(megabytes: number): Promise<void>;
  /** Releases this much memory. */
  leave(megabytes: number): void;
}

/** First come, first served. */
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
