import type { State } from '#domain/model/verdict.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import type { Report } from './model.ts';

type Body = Omit<Report, 'changes' | 'summary'>;

/** What is different from an earlier report of the same client, in words and per control. */
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
  const lines = (['fail', 'cannot_read', 'pass'] as const).map((state) => countLine(state, earlier, now));
  for (const [label, key] of [
    ['People who have left and hold a seat', 'leavers'],
    ['Seat holders not on the roster', 'notOnRoster'],
    ['Personal accounts on our domains', 'personalAccounts'],
  ] as const) {
    const then = countOf(earlier, key);
    const today = countOf(now, key);
    if (then !== null && today !== null) lines.push(`${label}: ${then} then, ${today} now.`);
  }
  if (earlier.client.name !== now.client.name)
    lines.unshift(`The earlier report is of “${earlier.client.name}”.`);
  return { since: earlier.asOf, lines, controls };
}

/** How many a list has; null: the files to make it were missing. */
function countOf(
  { people }: Pick<Report, 'people'>,
  list: 'leavers' | 'notOnRoster' | 'personalAccounts',
): number | null {
  if (list === 'personalAccounts') return people.personalAccounts?.length ?? null;
  return people.ready ? people[list].length : null;
}

function countLine(state: State, earlier: Report, now: Body): string {
  return `${STATE_WORDS[state]}: ${earlier.counts[state]} then, ${now.counts[state]} now.`;
}
