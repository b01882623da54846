import type { MemberRow } from '#domain/model/kinds.ts';
import { ImportProblem } from '../../exports/file-kind.ts';
import { words } from '../../exports/table/cells.ts';

/** Roles that only the Claude Console has, where an organization uses the API. */
const CONSOLE_ONLY = /^(?:limited )?developer$|^billing$|^claude code user$/;

/**
 * Refuses the members of a Claude Console (API) organization: they have roles that only the Console knows, no seats, and
 * neither a Primary Owner nor an Owner, which every organization of Team and Enterprise has.
 */
export function refuseConsole(rows: readonly MemberRow[]): void {
  if (
    rows.some(({ roleText }) => CONSOLE_ONLY.test(words(roleText ?? ''))) &&
    rows.every(({ role, seat }) => seat === null && role !== 'primary_owner' && role !== 'owner')
  )
    throw new ImportProblem(
      'These are the members of a Claude Console (API) organization, with roles such as Developer and Billing. Import the members of the Team or Enterprise organization: Claude, Organization settings > Members > Export CSV.',
    );
}
