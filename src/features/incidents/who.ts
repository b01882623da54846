import { address } from '#domain/people/names.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../context.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';

export const ABOUT_YOU = 'The incident is about you. Someone else has to close it.';

/** Why someone may not close an incident or agree to anything in it; null where they may. */
export async function whyNotClose(
  context: HandlerContext,
  row: Pick<IncidentRow, 'person'>,
): Promise<string | null> {
  return isAbout(await accountsOf(context.services), context.actor.userId, row) ? ABOUT_YOU : null;
}

/** Whether the incident is about this person, by any name or address that they have or had. */
export function isAbout(
  accounts: Accounts,
  userId: string,
  { person }: Pick<IncidentRow, 'person'>,
): boolean {
  if (person === null) return false;
  const wanted = person.trim().toLowerCase();
  return accounts
    .signaturesOf(userId)
    .some((one) => one.trim().toLowerCase() === wanted || address(one) === address(person));
}
