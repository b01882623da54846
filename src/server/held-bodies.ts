import type { ServerResponse } from 'node:http';

/** What a request has of the bytes that all together may hold. */
export interface HeldBody {
  /** Works on the body, which is held until then, even if its sender is gone before. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Counts the bytes of bodies that are held at once. Each counts until its connection is done with it, however it ends: a
 * sender that breaks off gets no answer, and the framework’s hook for answers is never called.
 */
export class HeldBodies {
  readonly #atMost: number;
  #bytes = 0;

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  /** null: there is no room for it. */
  take(response: ServerResponse, bytes: number): HeldBody | null {
    if (this.#bytes + bytes > this.#atMost) return null;
    let users = 0;
    const enter = () => {
      if (users === 0) this.#bytes += bytes;
      users += 1;
    };
    const leave = () => {
      users -= 1;
      if (users === 0) this.#bytes -= bytes;
    };
    enter();
    response.once('close', leave);
    return {
      during: async (work) => {
        enter();
        try {
          return await work();
        } finally {
          leave();
        }
      },
    };
  }
}
