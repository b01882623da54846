import { addDays } from '../model/day.ts';
import type { Current } from '../model/rule.ts';
import { ask } from '../text/message.ts';
import { count, names, verb } from '../text/words.ts';
import { address, withoutTag } from './names.ts';
import { staffOn } from './staff.ts';

/** Part of those who used Claude that a members file may lack: somebody lost a seat since. */
const MAX_ABSENT = 0.1;
/** Days before the members file within which the figures of use end. */
const NEAR_DAYS = 31;

/**
 * The members file, unless the figures of use show that it does not list everybody: one page of several, or a filtered
 * list, would pass each control that looks for what must not be there. Who has left by the roster is not missed.
 */
export function shownWhole(
  members: Current<'members'>,
  usage: Current<'usage'>,
  roster: Current<'roster'>,
  today: string,
): Current<'members'> {
  if (!members.ok || !usage.ok) return members;
  const first = addDays(members.observedOn, -NEAR_DAYS);
  const isStaff = roster.ok ? staffOn(roster.rows, today) : null;
  const person = new Map(
    (roster.ok ? roster.rows : []).flatMap((row) => row.emails.map((one) => [address(one), row] as const)),
  );
  const listed = new Set(members.rows.flatMap(({ email }) => [address(email), withoutTag(address(email))]));
  const used = new Set(
    usage.rows.flatMap(({ email, to }) =>
      email !== null && (to === null || to >= first) ? [address(email)] : [],
    ),
  );
  const staying = [...used].filter((one) => {
    const row = person.get(one);
    return one !== '' && (row === undefined || isStaff?.(row) !== false);
  });
  const absent = staying.filter((one) => {
    const addresses = person.get(one)?.emails.map(address) ?? [one];
    return !addresses.some((other) => listed.has(other) || listed.has(withoutTag(other)));
  });
  if (absent.length === 0 || absent.length / staying.length <= MAX_ABSENT) return members;
  return {
    ok: false,
    code: 'partial',
    why: `The members file may not list everybody: ${count(absent.length, 'person', 'people')} of ${staying.length} in the usage file ${verb(absent.length, 'is', 'are')} not in it (${names(absent.sort(), 4)}).`,
    howToGet: ask(
      'source',
      'members',
      'Export the members again, all of them: Claude, Organization settings > Members > Export CSV. Compare the number of lines with the number that the page shows.',
      'all_of_them',
    ),
    part: members,
  };
}
