/** Ends the turn of this thread, so that whoever waits is served before the work goes on. */
export const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
