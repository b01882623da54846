import type { EntraUserRow, MemberRow, RosterRow } from '../model/kinds.ts';
import type { Evidence } from '../model/reading.ts';
import type { Absent } from '../model/rule.ts';
import type { Ask } from '../text/message.ts';

/** Why a Claude account and a staff record were taken for one person, strongest first. */
export type MatchReason =
  | 'decided'
  | 'same_address'
  | 'plus_address'
  | 'alias'
  | 'employee_id'
  | 'former_name'
  | 'other_name'
  | 'only_name';

export interface Match {
  readonly member: MemberRow;
  readonly staff: RosterRow;
  readonly because: MatchReason;
  /** For a person: "Same address", "Alias maria.lopez@… in the Entra file". */
  readonly words: string;
}

/** A Claude account that resembles a staff record but is not the same by anything but name. */
export interface Resemblance {
  readonly member: MemberRow;
  readonly candidates: readonly RosterRow[];
  readonly words: string;
  /** The record is the person's for sure, and the roster does not say whether they still work here. */
  readonly unsure?: true;
}

export interface PersonFinding {
  /** Lower-case address (or name where there is none); the key that exceptions use. */
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/** The lists that a people page and report show. Each says what it rests on; `blocked` why it could not be made. */
export interface Reconciliation {
  /** false: members or roster cannot be read; the sentence says which and why. */
  readonly ready:
    | { readonly ok: true }
    | { readonly ok: false; readonly code: Absent; readonly why: string; readonly howToGet: Ask };
  readonly matched: readonly Match[];
  /** Members whose last day is past. `days` since the last day. */
  readonly leavers: readonly (PersonFinding & {
    readonly member: MemberRow;
    readonly staff: RosterRow;
    readonly days: number | null;
  })[];
  readonly notOnRoster: readonly (PersonFinding & { readonly member: MemberRow })[];
  readonly toConfirm: readonly (PersonFinding & {
    readonly member: MemberRow;
    readonly resemblance: Resemblance;
  })[];
  readonly withoutSeat: readonly (PersonFinding & { readonly staff: RosterRow })[];
  /** Members outside the client's domains or marked as guest in Entra. */
  readonly guests: readonly (PersonFinding & { readonly member: MemberRow })[];
  /** Members that are shared mailboxes, by the charter or by the look of the address; `certain` says which. */
  readonly shared: readonly (PersonFinding & { readonly member: MemberRow; readonly certain: boolean })[];
  readonly service: readonly (PersonFinding & { readonly member: MemberRow; readonly certain: boolean })[];
  readonly owners: readonly (PersonFinding & { readonly member: MemberRow })[];
  /** Files and the days they were read, for the heading of the lists. */
  readonly restsOn: readonly Evidence[];
  /** Every address known for a member (its own, plus aliases from roster, Entra and the charter), lower case. */
  addressesOf(member: MemberRow): ReadonlySet<string>;
  /** The Entra user of a staff record or member, where the file holds one for sure. */
  entraUser(who: MemberRow | RosterRow): EntraUserRow | null;
}
