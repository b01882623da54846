import type { z } from 'zod';
import type { SignedKey } from '../decide/counted.ts';
import type { Signer } from '../people/signer.ts';
import type { Reconciliation } from '../people/types.ts';
import type { AccountStep } from '../personal-accounts/steps.ts';
import type { Ask } from '../text/message.ts';
import type { Attestation } from './attestation.ts';
import type { Catalogue, Control } from './catalogue.ts';
import type { Charter } from './charter.ts';
import type { Journal } from './journal.ts';
import type { ActivityRow, Kind, Rows } from './kinds.ts';
import type { Profile } from './profile.ts';
import type { Evidence, LeftOut, Reading } from './reading.ts';
import type { Outcome } from './verdict.ts';

/** A current reading, or the reason why there is none, as a sentence (missing, stale, in conflict, incomplete). */
export type Current<K extends Kind> =
  | Read<K>
  | {
      readonly ok: false;
      readonly code: Absent;
      readonly why: string;
      readonly howToGet: Ask;
      /** What was read if only a part was given: sufficient for what a single entry proves, never for a pass. */
      readonly part?: Read<K>;
      /** For `contradicted`: the differing readings of one day, one of which can be current. */
      readonly rivals?: readonly Reading<K>[];
    };

/** The rows of all current files of one kind. */
export interface Read<K extends Kind> {
  readonly ok: true;
  readonly rows: readonly Rows[K][];
  /** Day of the oldest reading among `rows`. */
  readonly observedOn: string;
  readonly readings: readonly Reading<K>[];
  /** Evidence for the file as a whole, for example "64 rows". */
  readonly evidence: readonly Evidence[];
  /** Evidence for one row. */
  cite(row: Rows[K], says: string): Evidence;
  /** Incomplete, while checking what that part alone proves; left out: complete. */
  readonly inPart?: true;
}

/**
 * Why nothing of a kind is current. not_given: no file was imported. refused: a file could not be read. not_placed: a
 * file may be of the kind. later: dated after the day of the decision. stale: too old; both also for files that could
 * not be read. partial: one page of several. contradicted: two files of one day differ. other_organization: it belongs
 * to another organization. other_plan: the client's Claude plan has no such source, so it predates a change.
 */
export type Absent =
  | 'not_given'
  | 'refused'
  | 'not_placed'
  | 'later'
  | 'stale'
  | 'partial'
  | 'contradicted'
  | 'other_organization'
  | 'other_plan';

const UNREAD: ReadonlySet<Absent> = new Set(['refused', 'not_placed', 'partial', 'contradicted']);

/**
 * Whether something was imported that cannot be used: it may contain what no other source does, and differs from
 * nothing at all.
 */
export const isUnread = (code: Absent): boolean => UNREAD.has(code);

/** Why an imported file of events cannot be used, and what to do. */
export interface UnreadEvents {
  readonly code: Absent;
  readonly why: string;
  readonly howToGet: Ask;
}

/**
 * Events of the audit log and the activity feed as one list, oldest first, without duplicates, and without failed or
 * refused actions, which changed and read nothing.
 */
export type Events =
  | {
      readonly ok: true;
      readonly rows: readonly ActivityRow[];
      /** Days that the files cover. Events outside them may be missing. */
      readonly from: string;
      readonly to: string;
      readonly evidence: readonly Evidence[];
      /**
       * The other of the two sources, if it was imported and cannot be used: listed events did happen, but others may
       * have as well.
       */
      readonly unread?: UnreadEvents;
      cite(row: ActivityRow, says: string): Evidence;
    }
  | ({ readonly ok: false } & UnreadEvents);

/** Why there is no charter or journal: it does not exist, cannot be read, or takes effect on a later day. */
export type NoPage = 'not_given' | 'unusable' | 'ahead';

/** A charter or journal as rules see it. `cite` returns the evidence for a dotted path. */
export type Page<T> =
  | {
      readonly ok: true;
      readonly value: T;
      cite(path: string, says: string): Evidence;
      /** What was omitted because a key was missing; a rule that would pass because something is absent cannot tell. */
      readonly leftOut?: readonly LeftOut[];
    }
  | { readonly ok: false; readonly of: 'charter' | 'journal'; readonly code: NoPage; readonly why: string };

export interface Entitlement {
  readonly id: string;
  readonly has: 'yes' | 'no' | 'unknown';
  /** One sentence: what grants it, what would, or why it cannot be determined. */
  readonly reason: string;
  /** Where it is limited to by what grants it, to follow "in"; left out: unlimited. */
  readonly only?: string;
  /** What grants it has expired and works only during its grace period. */
  readonly ending?: boolean;
  readonly evidence: readonly Evidence[];
}

export interface CheckContext {
  /** Day of the decision (YYYY-MM-DD) in the client's time zone. */
  readonly today: string;
  /** Time of the decision (RFC 3339). */
  readonly now: string;
  readonly profile: Profile;
  readonly catalogue: Catalogue;
  readonly control: Control;
  readonly charter: Page<Charter>;
  /** Day since which a key of the charter has its current value; undefined: not known, or there is no charter. */
  charterSince(path: string): string | undefined;
  /** The charter that was in force at the end of a day; undefined: not known. */
  charterOn(day: string): Charter | undefined;
  /** A charter that takes effect in the future: it decides nothing yet, and `charter` is then not ok. */
  readonly charterAhead?: Page<Charter>;
  readonly journal: Page<Journal>;
  /** Attestations for this control, newest first, none dated after today. */
  readonly attestations: readonly Attestation[];
  /** Attestations for another control, in the same order. */
  statementsOn(controlId: string): readonly Attestation[];
  /** Why a given list of attestations cannot be used; its content is unknown. */
  readonly attestationsUnusable?: string;
  /** Recorded steps about personal accounts up to today; empty if there are none. */
  readonly accountSteps: readonly AccountStep[];
  /** Whether the vendor says that it records, and since when; null: it was not asked, or does not say. */
  readonly recording: { readonly on: boolean; readonly at: string } | null;
  /** The evidence for an attestation. */
  citeAttestation(a: Attestation): Evidence;
  /**
   * The current reading of a kind within the check's window (`freshDays` of the control's check; pass `days` for
   * another window, or `Infinity` for none).
   */
  read<K extends Kind>(kind: K, days?: number): Current<K>;
  /** Both event sources together; `days` as for `read`. */
  events(days?: number): Events;
  /** All readings of a kind up to today, oldest first, stale ones included. */
  history<K extends Kind>(kind: K): readonly Reading<K>[];
  /** People reconciliation; computed once per decision. Reads members, roster, entra_users, charter. */
  people(): Reconciliation;
  /** What the lists of people say about a signer as of a day. */
  signer(signature: string, day: string): Signer;
  capability(id: string): Entitlement;
  /** Whether charter, journal and attestations are typed files, so that no account confirms a name. */
  readonly typed: boolean;
  /** Whether an approval in the charter names an office or mailbox, so that the person is unknown. */
  approvedByOffice(): boolean;
}

/** A way to decide a control. Pure. Registered in `rules/index.ts`. */
export interface Rule<P = unknown> {
  readonly name: string;
  /** What the rule decides and from which source, in one or two sentences (shown in the docs). */
  readonly about: string;
  readonly params: z.ZodType<P>;
  /**
   * Fields that it requires. If no known column of a file has one and an unknown column may, nothing is decided, and
   * the question is which column it is.
   */
  readonly needs?: { readonly [K in Kind]?: readonly (keyof Rows[K] & string)[] };
  /**
   * Fields of `needs` whose content could not change a fail that other columns prove: the fail then stands while the
   * question is open.
   */
  readonly failsWithout?: { readonly [K in Kind]?: readonly (keyof Rows[K] & string)[] };
  /**
   * Kinds of which a part is sufficient to fail: the fail is based on existing entries, and no further entry could
   * change it. If only a part was given and no other check can tell, a fail proven by that part is valid. A pass never
   * is.
   */
  readonly failsFromPart?: readonly Kind[];
  /**
   * Kinds whose lists add up and of which a missing entry is a fail: a file that may be a further list leaves that
   * open.
   */
  readonly failsByAbsence?: readonly Kind[];
  /** It passes by the state on a day, and actions in a partial log since then can invalidate that. */
  readonly undoneByPart?: true;
  /**
   * Entries of journal and charter that it reads and that are valid only with a valid signature; invalid ones are
   * mentioned in its outcome.
   */
  signed?(params: P): readonly SignedKey[];
  /** Nothing technical can enforce it, whatever is bought: its best outcome is `policy_only`. */
  readonly policyOnly?: true;
  decide(context: CheckContext, params: P): Outcome;
}

export function defineRule<P>(rule: Rule<P>): Rule<P> {
  return rule;
}
