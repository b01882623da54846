import type { State } from '#domain/model/verdict.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { LISTS, type Report } from './model.ts';

type Figure = NonNullable<Report['changes']>['figures'][number];
type Body = Omit<Report, 'changes' | 'summary'>;

/** Differences from an earlier report of the same client, in words and per control. */
export function changesSince(earlier: Report, now: Body): NonNullable<Report['changes']> {
  const before = new Map(earlier.controls.map((c) => [c.id, c]));
  const after = new Map(now.controls.map((c) => [c.id, c]));
  const controls: NonNullable<Report['changes']>['controls'] = [];
  for (const id of [...new Set([...after.keys(), ...before.keys()])]) {
    const was = before.get(id);
    const is = after.get(id);
    const title = is?.title ?? was?.title ?? id;
    if (!was || !is) {
      controls.push({
        control: id,
        title,
        from: was?.state ?? null,
        to: is?.state ?? null,
        detail: was ? 'No longer in the catalogue.' : 'New in the catalogue.',
      });
    } else if (was.state !== is.state) {
      controls.push({ control: id, title, from: was.state, to: is.state, detail: is.reason });
    } else if (was.items.length !== is.items.length) {
      controls.push({
        control: id,
        title,
        from: was.state,
        to: is.state,
        detail: `${was.items.length} listed then, ${is.items.length} now. ${is.reason}`,
      });
    }
  }
  const figures: Figure[] = (['fail', 'cannot_read', 'pass'] as const).map((state) => ({
    of: state,
    before: earlier.counts[state],
    now: now.counts[state],
  }));
  for (const list of LISTS) {
    const then = countOf(earlier, list);
    const today = countOf(now, list);
    if (then !== null && today !== null) figures.push({ of: list, before: then, now: today });
  }
  const lines = figures.map(figureLine);
  if (earlier.client.name !== now.client.name)
    lines.unshift(`The earlier report is about “${earlier.client.name}”.`);
  return { since: earlier.asOf, lines, figures, controls };
}

/** Number of entries of a list; null: files for it were missing. */
function countOf({ people }: Pick<Report, 'people'>, list: (typeof LISTS)[number]): number | null {
  if (list === 'personalAccounts') return people.personalAccounts?.length ?? null;
  return people.ready ? people[list].length : null;
}

const LIST_WORDS: Readonly<Record<(typeof LISTS)[number], string>> = {
  leavers: 'People who have left but still hold a seat',
  notOnRoster: 'Seat holders not on the roster',
  personalAccounts: 'Personal accounts on our domains',
};

function figureLine({ of, before, now }: Figure): string {
  const label = LISTS.some((list) => list === of)
    ? LIST_WORDS[of as (typeof LISTS)[number]]
    : STATE_WORDS[of as State];
  return `${label}: ${before} then, ${now} now.`;
}
