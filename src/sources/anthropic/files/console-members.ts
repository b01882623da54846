import type { MemberRow } from '#domain/model/kinds.ts';
import { ImportProblem } from '../../exports/file-kind.ts';
import { words } from '../../exports/table/cells.ts';

/** Roles that exist only in the Claude Console, for organizations that use the API. */
const CONSOLE_ONLY = /^(?:limited )?developer$|^billing$|^claude code user$/;

/**
 * Rejects the members of a Claude Console (API) organization: they have Console-only roles, no seats, and neither a
 * Primary Owner nor an Owner, which every Team and Enterprise organization has.
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
