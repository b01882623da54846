import { serialize } from 'node:v8';
import type { Moment } from '#features/shared/moment.ts';
import type { Facts } from '#features/shared/services/facts.ts';
import type { TaskInput } from '#features/shared/services/tasks.ts';

interface Asked {
  readonly facts: Facts;
  readonly moment: Moment;
}

/**
 * Keeps what the last question was prepared to: a page asks several of one client, one after the other, of the same
 * facts and the same minute, and to prepare them takes longer than most answers. Facts are compared by all their bytes.
 */
export function lastInput(prepare: (facts: Facts, moment: Moment) => TaskInput) {
  let last: { readonly from: Buffer; readonly input: TaskInput } | null = null;
  const bytesOf = ({ facts, moment }: Asked): Buffer => serialize([facts, moment]);
  return {
    /** A question comes: where it is about something else, the input goes, so that no two are in memory at once. */
    expect(asked: Asked): void {
      if (last !== null && !last.from.equals(bytesOf(asked))) last = null;
    },
    /** The input of a question, once its rows are there. */
    of(asked: Asked): TaskInput {
      const from = bytesOf(asked);
      if (last === null || !last.from.equals(from))
        last = { from, input: prepare(asked.facts, asked.moment) };
      return last.input;
    },
  };
}
