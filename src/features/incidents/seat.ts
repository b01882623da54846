import { membersOn, type PeopleReading, type PersonEvidence } from '../people/index.ts';

/**
 * What the current members file shows about the seat of an address; null: there is no current file, or it does not say.
 */
export function seatOf(
  reading: PeopleReading | null,
  key: string,
): { readonly held: boolean; readonly on: string; readonly evidence: readonly PersonEvidence[] } | null {
  if (reading === null) return null;
  const on = membersOn(reading);
  if (on === null) return null;
  const row = reading.rows.find(
    (one) => one.key === key && one.account !== null && one.place !== 'personal_account',
  );
  const evidence = [...reading.files, ...reading.rows.flatMap((one) => one.evidence)].filter(
    (one) => one.kind === 'members' && one.observedOn === on,
  );
  // Only a file that was compared is known to list everyone; a single page of several omits people, too.
  if (row === undefined) return reading.blocked === null ? { held: false, on, evidence } : null;
  if (row.place !== 'not_compared') return { held: row.place !== 'seatless_account', on, evidence };
  // Without a comparison, only an active account is known to use a seat.
  return row.account?.status === 'active' ? { held: true, on, evidence } : null;
}
