import type { EntraUserRow, MemberRow, RosterRow } from '../model/kinds.ts';
import type { Evidence } from '../model/reading.ts';
import type { Absent } from '../model/rule.ts';
import type { Ask } from '../text/message.ts';

/** Why a Claude account and a staff record are considered one person, strongest reason first. */
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
  /** Text for people, such as "Same address" or "Alias maria.lopez@… in the Entra file". */
  readonly words: string;
}

/** A Claude account that matches a staff record by nothing but name. */
export interface Resemblance {
  readonly member: MemberRow;
  readonly candidates: readonly RosterRow[];
  readonly words: string;
  /** The record certainly is the person's, but the roster does not say whether they still work here. */
  readonly unsure?: true;
}

export interface PersonFinding {
  /** Lower-case address, or the name if there is none; the key used by exceptions. */
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/** The lists behind the people page and report, with their evidence; `ready` says why they could not be built. */
export interface Reconciliation {
  /** false: members or roster cannot be read; the sentence says which and why. */
  readonly ready:
    | { readonly ok: true }
    | { readonly ok: false; readonly code: Absent; readonly why: string; readonly howToGet: Ask };
  readonly matched: readonly Match[];
  /** Members whose last day has passed, with the days since then. */
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
  /** Members outside the client's domains, or marked as guests in Entra. */
  readonly guests: readonly (PersonFinding & { readonly member: MemberRow })[];
  /** Members that are shared mailboxes: `certain` if charter or roster say so, else judged by address and name. */
  readonly shared: readonly (PersonFinding & { readonly member: MemberRow; readonly certain: boolean })[];
  readonly service: readonly (PersonFinding & { readonly member: MemberRow; readonly certain: boolean })[];
  readonly owners: readonly (PersonFinding & { readonly member: MemberRow })[];
  /** Files and their days, for the heading of the lists. */
  readonly restsOn: readonly Evidence[];
  /** Every known address of a member (its own, and aliases from roster, Entra and charter), lower case. */
  addressesOf(member: MemberRow): ReadonlySet<string>;
  /** Whether a staff record is for one person, and not for an office, a device or a program. */
  isPerson(row: RosterRow): boolean;
  /** The Entra user of a staff record or member, if the file has one for certain. */
  entraUser(who: MemberRow | RosterRow): EntraUserRow | null;
}
