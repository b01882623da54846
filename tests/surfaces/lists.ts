import { expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { keyIn } from '#features/paging.ts';
import { nameOf } from '../../src/features/access/testing/input.ts';
import type { Filled } from './filled.ts';

export const LISTS = operations().filter(({ meta }) => meta.list !== undefined);

/** The pages of every list add up to the whole list. */
export function listsComeInPages(filled: () => Filled): void {
  it.each(LISTS.map((operation) => [nameOf(operation), operation] as const))(
    '%s: together are the whole',
    async (_, operation) => {
      const list = operation.meta.list;
      const name = list?.in ?? 'items';
      const whole = await filled().ask(operation);
      expect([whole.status, whole.body]).toEqual([
        200,
        expect.objectContaining({ [name]: expect.any(Array) }),
      ]);
      const all: unknown[] = whole.body[name];
      if (all.length < 2 || list === undefined) return;
      const keys = all.map((one) => keyIn(one, list));
      const limit = Math.max(1, Math.ceil(all.length / 3));
      const seen: unknown[] = [];
      let cursor: string | null = null;
      do {
        const page = await filled().ask(operation, cursor === null ? { limit } : { limit, cursor });
        expect(page.status).toBe(200);
        expect(page.body[name].length).toBeLessThanOrEqual(limit);
        seen.push(...page.body[name]);
        cursor = page.body.nextCursor;
        const link = String(page.headers.link ?? '');
        expect(link).toMatch(cursor === null ? /^$/ : new RegExp(`[?&]cursor=${cursor}[&>].*rel="next"$`));
      } while (cursor !== null && seen.length <= all.length);
      expect(seen.map((one) => keyIn(one, list)).slice(0, keys.length)).toEqual(keys);
    },
  );
}
