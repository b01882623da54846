import { serialize } from 'node:v8';
import type { Moment } from '#features/shared/moment.ts';
import type { Facts } from '#features/shared/services/facts.ts';
import type { TaskInput } from '#features/shared/services/tasks.ts';

interface Asked {
  readonly facts: Facts;
  readonly moment: Moment;
}

/**
 * Caches the prepared input of the last request: a page sends several about the same client, facts and minute, and
 * preparing the input takes longer than most answers. The cache key is all bytes of the facts.
 */
export function lastInput(prepare: (facts: Facts, moment: Moment) => TaskInput) {
  let last: { readonly from: Buffer; readonly input: TaskInput } | null = null;
  const bytesOf = ({ facts, moment }: Asked): Buffer => serialize([facts, moment]);
  return {
    /**
     * Starts a request. Drops the cached input if it is for other facts, so that two inputs are never in memory at
     * once.
     */
    expect(asked: Asked): void {
      if (last !== null && !last.from.equals(bytesOf(asked))) last = null;
    },
    /** The input of a request whose rows have all been loaded. */
    of(asked: Asked): TaskInput {
      const from = bytesOf(asked);
      if (last === null || !last.from.equals(from))
        last = { from, input: prepare(asked.facts, asked.moment) };
      return last.input;
    },
  };
}
