import { address, domainOf } from '#domain/people/names.ts';
import { count } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import type { PeopleReading } from '../people/index.ts';

export interface Invite {
  readonly addresses: string[] | null;
  readonly withoutAddress: string[];
  readonly why: string | null;
  readonly rosterOn: string | null;
  readonly membersOn: string | null;
}

const UNKNOWN = { addresses: null, withoutAddress: [], rosterOn: null, membersOn: null };

/**
 * Staff on the roster who hold no seat, by the same comparison as the controls use. The list is null if the roster or
 * the members were not read: an empty list would mean that everyone is invited.
 */
export function toInvite(
  can: HandlerContext['can'],
  reading: PeopleReading | null,
  domains: readonly string[],
): Invite {
  if (!can('people.read')) return { ...UNKNOWN, why: 'Your role does not include people.' };
  if (reading === null) return { ...UNKNOWN, why: 'There is nothing to compare yet.' };
  const on = (kind: string) => reading.files.find((file) => file.kind === kind)?.observedOn ?? null;
  const days = { rosterOn: on('roster'), membersOn: on('members') };
  if (reading.blocked !== null)
    return { ...UNKNOWN, ...days, why: `${reading.blocked.why} ${reading.blocked.howToGet}`.trim() };
  const staff = reading.rows.filter(({ place, differs }) => place === 'no_seat' && differs);
  const open = reading.rows.filter(({ place }) => place === 'to_confirm').length;
  const found = staff.map((row) => ({
    name: row.name,
    address: row.roster
      .flatMap(({ addresses }) => addresses.map(address))
      .find((one) => domains.includes(domainOf(one))),
  }));
  return {
    addresses: [...new Set(found.flatMap((one) => one.address ?? []))].sort(),
    withoutAddress: found.flatMap((one) => (one.address === undefined ? [one.name] : [])),
    why:
      open === 0
        ? null
        : `${count(open, 'account')} may belong to someone on the roster; decide on the People page who it is. None of these are listed here.`,
    ...days,
  };
}
// Guide: G2.1-02 G2.2-09
