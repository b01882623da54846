import type { CaPolicyRow, Kind, Rows } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';

/**
 * Lists of Conditional Access policies of one day without those that another one completes: Graph v1.0 leaves out
 * policies and conditions that its beta contains. Contradictory answers are kept, since nobody can tell which is
 * right.
 */
export function withoutPlainerAnswers<K extends Kind>(
  readings: readonly Reading<K>[],
): readonly Reading<K>[] {
  if (readings.length < 2 || readings[0]?.kind !== 'ca_policies') return readings;
  let rest = readings;
  for (const one of readings)
    if (rest.some((other) => other !== one && saysAllOf(other as Reading, one as Reading)))
      rest = rest.filter((other) => other !== one);
  return rest;
}

type Policies = Rows['ca_policies'];

function saysAllOf(more: Reading, less: Reading): boolean {
  const [all, some] = [more.rows, less.rows] as readonly (readonly Policies[])[];
  if (all === undefined || some === undefined || some.length === 0 || !more.complete) return false;
  const known = new Map(
    all.flatMap((row) => (row.id === null ? [] : [[row.id.toLowerCase(), row] as const])),
  );
  if (known.size < all.length) return false;
  const listed = new Set(some.map(({ id }) => id?.toLowerCase()));
  if (listed.size < some.length) return false;
  // A policy that only this answer lists may be deleted, unless the other answer is v1.0, which leaves some out.
  const further = all.filter(({ id }) => !listed.has(id?.toLowerCase()));
  const leavesOut = further.every(isBeta) && !some.some(isBeta);
  return (
    (further.length === 0 || leavesOut) &&
    some.every((row) => {
      const same = known.get(row.id?.toLowerCase() ?? '');
      return same !== undefined && isSamePolicy(same, row);
    })
  );
}

const isBeta = (row: Policies): boolean => 'beta' in row && row.beta === true;

/** Optional properties of an answer, of which one answer may have more than another. */
const FURTHER = [
  'otherConditions',
  'deviceFilter',
  'flows',
  'insiderRisk',
  'strengthAccepts',
  'session',
] as const satisfies readonly (keyof CaPolicyRow)[];

/** Whether two answers agree on a policy. The later of two answers may say more about it. */
function isSamePolicy(more: Policies, less: Policies): boolean {
  if ('unread' in more) return 'unread' in less && contentOf(more) === contentOf(less);
  if ('unread' in less) return more.state === less.state;
  if (contentOf(more) === contentOf(less)) return true;
  const dated = less.modifiedAt !== null || less.createdAt !== null;
  return (
    dated &&
    contentOf(more, FURTHER) === contentOf(less, FURTHER) &&
    more.session.cloudAppSecurity === less.session.cloudAppSecurity &&
    more.session.signInFrequency === less.session.signInFrequency &&
    holdsAll(more.otherConditions, less.otherConditions) &&
    holdsAll(more.session.others, less.session.others) &&
    holdsAll(more.flows, less.flows) &&
    holdsAll(more.insiderRisk, less.insiderRisk) &&
    (['deviceFilter', 'strengthAccepts'] as const).every(
      (field) =>
        less[field] === undefined || less[field] === 'unknown' || sorted(more[field]) === sorted(less[field]),
    )
  );
}

function holdsAll(all: readonly string[] = [], some: readonly string[] = []): boolean {
  return some.every((one) => all.includes(one));
}

/** Content of a policy, independent of its position and of the order of its lists. */
function contentOf(row: Policies, without: readonly string[] = []): string {
  const place = new Set(['file', 'row', 'hidden', 'beta', ...without]);
  return sorted(Object.fromEntries(Object.entries(row).filter(([key]) => !place.has(key))));
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (Array.isArray(inner)) return inner.map((one) => JSON.stringify(one)).sort();
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
