import type { IncidentRow } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../context.ts';
import { type NamesHere, namesHere } from '../people/index.ts';

export const ABOUT_YOU = 'The incident is about you. Someone else has to close it.';

/** Why someone may not close an incident or approve anything in it; null: they may. */
export async function whyNotClose(
  context: HandlerContext,
  row: Pick<IncidentRow, 'person'>,
): Promise<string | null> {
  return isAbout(await namesHere(context), context.actor.userId, row) ? ABOUT_YOU : null;
}

/** Whether the incident is about this person, by any of their names, addresses or account ids. */
export function isAbout(names: NamesHere, userId: string, { person }: Pick<IncidentRow, 'person'>): boolean {
  return person !== null && names.isNamed(userId, person);
}
