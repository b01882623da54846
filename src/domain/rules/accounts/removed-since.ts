import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { address } from '../../people/names.ts';
import { dayWords } from '../../text/words.ts';
import { detailText } from '../connectors/events.ts';

export interface RemovedSince {
  readonly day: string;
  /** For example "removed on Nov 28, 2026 according to the events, after the members file". */
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/**
 * The event that ended an account's membership after the day of the members file, which still lists the account. null:
 * there is none, or a later event shows the person invited, changed or active in Claude again. An event on the file's
 * own day does not count, because the order is not known. The removal of another account of the same person does not
 * count either.
 * @param account the account's address in the members file
 * @param addresses all addresses of the person
 */
export function removedSince(
  context: CheckContext,
  account: string,
  addresses: ReadonlySet<string>,
  membersOn: string,
): RemovedSince | null {
  const events = context.events();
  if (!events.ok) return null;
  const key = address(account);
  const isKey = (email: string | null) => email !== null && key !== '' && address(email) === key;
  const isTheirs = (email: string | null) =>
    isKey(email) || (email !== null && addresses.has(address(email)));
  const zone = context.profile.timezone;
  const removals = events.rows
    .filter((row) => isKey(whoseEnd(row)) && dayOf(row.at, zone) > membersOn)
    .sort((a, b) => a.at.localeCompare(b.at));
  const last = removals.at(-1);
  if (last === undefined) return null;
  const isBack = events.rows.some(
    (row) => row.at >= last.at && whoseEnd(row) === null && whomItShows(row).some(isTheirs),
  );
  if (isBack) return null;
  const day = dayOf(last.at, zone);
  return {
    day,
    words: `removed on ${dayWords(day)} according to the events, after the members file`,
    evidence: [events.cite(last, `removed from Claude on ${dayWords(day)}`)],
  };
}

/** Address whose membership an event ended; null: it ended none. */
function whoseEnd(row: ActivityRow): string | null {
  if (row.type === 'org_user_left') return row.actorEmail;
  return row.type === 'org_user_deleted' ? detailText(row, 'deleted_user_email') : null;
}

function whomItShows(row: ActivityRow): readonly (string | null)[] {
  return [row.actorEmail, detailText(row, 'invited_email'), detailText(row, 'user_email')];
}
// Guide: G2.2-12 G5.5-05
