import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { activeAfter } from '../../people/active-after.ts';
import { address, withoutTag } from '../../people/names.ts';
import { dayWords } from '../../text/words.ts';
import { callsOf } from '../connectors/in-use.ts';
import { openLinks } from '../connectors/open-links.ts';
import type { Leaver } from './leavers.ts';
import type { TaskId } from './tasks-of-leavers.ts';

/** What a person did although an offboarding task should have prevented it; to follow the person's name. */
export interface Undone {
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/**
 * What shows that an offboarding task did not last: use of Claude, a sign-in, or a connector of the leaver after the
 * day on which the task is said to be done. null: no source shows any.
 * @param day the recorded day of the task
 */
export function undoneSince(
  context: CheckContext,
  { addresses }: Pick<Leaver, 'addresses'>,
  id: TaskId,
  day: string,
): Undone | null {
  if (id === 'claude') return activeAfter(context, addresses, day);
  const isTheirs = (email: string | null) =>
    email !== null && (addresses.has(address(email)) || addresses.has(withoutTag(address(email))));
  if (id === 'entra') return signedInAfter(context, isTheirs, day);
  return id === 'connectors' ? connectorAfter(context, isTheirs, day) : null;
}

type Theirs = (email: string | null) => boolean;

function signedInAfter(context: CheckContext, isTheirs: Theirs, day: string): Undone | null {
  const signIns = context.read('sign_ins');
  if (!signIns.ok) return null;
  const later = signIns.rows.flatMap((row) => {
    if (row.errorCode !== 0 || !isTheirs(row.upn)) return [];
    const on = dayOf(row.at, context.profile.timezone);
    return on > day ? [{ on, row }] : [];
  });
  const last = later.sort((a, b) => a.on.localeCompare(b.on)).at(-1);
  if (last === undefined) return null;
  const words = `signed in with it on ${dayWords(last.on)}`;
  return { words, evidence: [signIns.cite(last.row, words)] };
}

function connectorAfter(context: CheckContext, isTheirs: Theirs, day: string): Undone | null {
  const link = openLinks(context).find(({ email, on }) => isTheirs(email) && on !== null && on > day);
  if (link !== undefined)
    return { words: `linked ${link.to} on ${dayWords(link.on ?? day)}`, evidence: [link.evidence] };
  const analytics = context.read('analytics_connectors');
  if (!analytics.ok) return null;
  const used = analytics.rows.find(
    (row) => isTheirs(row.user) && row.on != null && row.on > day && callsOf(row) !== 0,
  );
  if (used === undefined) return null;
  const words = `used ${used.connector} on ${dayWords(used.on ?? day)}`;
  return { words, evidence: [analytics.cite(used, words)] };
}
// Guide: G6.6-01 G6.6-03 G6.6-04
