import type { Reach } from '../../source.ts';

/** Access to a simulator with a clock that advances only while someone waits, for tests and measurements. */
export function reachTo(url: () => string, start: Date) {
  let now = start.getTime();
  const waits: number[] = [];
  const exhausted: string[] = [];
  const reach: Reach = {
    address: () => url(),
    fetch: (target, request) =>
      fetch(target, {
        ...(request.method === undefined ? {} : { method: request.method }),
        ...(request.headers === undefined ? {} : { headers: request.headers }),
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'error',
      }),
    take: async () => undefined,
    exhausted: async (limit) => void exhausted.push(limit),
    answered: () => undefined,
    renewed: async () => undefined,
    clock: () => new Date(now),
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
  return {
    reach,
    /** Duration of each wait, in milliseconds. */
    waits,
    /** Limits that Microsoft reported as used up. */
    exhausted,
    clock: () => new Date(now),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}
