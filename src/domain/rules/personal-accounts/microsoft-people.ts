import type { EntraUserRow, MemberRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import { address } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';

/** The two applications of the Microsoft 365 connector (support article 12542951, read 2026-08-22). */
export const CONNECTOR_APPS: ReadonlyMap<string, string> = new Map([
  ['08ad6f98-a4f8-4635-bb8d-f1a3044760f0', 'M365 MCP Client for Claude'],
  ['07c030f6-5743-41b7-ba00-0a6e85f37c17', 'M365 MCP Server for Claude'],
]);

export const CAVEAT =
  'Microsoft does not show from which Claude account a person linked, so a seat holder may have linked from a personal one.';

export type Seats = ReadonlyMap<string, readonly MemberRow[]>;

/** Members by each of their known addresses. */
export function seatsByAddress(context: CheckContext, rows: readonly MemberRow[]): Seats {
  const people = context.people();
  const map = new Map<string, MemberRow[]>();
  for (const row of rows)
    for (const text of new Set([address(row.email), ...people.addressesOf(row)]))
      if (text !== '') map.set(text, [...(map.get(text) ?? []), row]);
  return map;
}

/** A person with only an open invitation has no workspace account to link from yet. */
export function statusOf(user: EntraUserRow, seats: Seats): 'seat' | 'invited' | 'none' {
  const rows = [user.upn, user.mail, ...user.aliases].flatMap((text) =>
    text ? (seats.get(address(text)) ?? []) : [],
  );
  if (!rows.some(holdsSeat)) return 'none';
  return rows.filter(holdsSeat).every((row) => row.status === 'invited') ? 'invited' : 'seat';
}

export function nameOf(user: EntraUserRow): { key: string; label: string } {
  const key = address(user.mail ?? user.upn ?? user.id ?? `row ${user.row}`);
  return { key, label: user.name ?? key };
}
