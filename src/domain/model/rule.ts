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

/** A current reading, or the sentence that says why there is none (missing, stale, in conflict, incomplete). */
export type Current<K extends Kind> =
  | Read<K>
  | {
      readonly ok: false;
      readonly code: Absent;
      readonly why: string;
      readonly howToGet: Ask;
      /** What was read of it, where only a part was given: enough for what one entry proves, never for a pass. */
      readonly part?: Read<K>;
      /** Of `contradicted`: the readings of one day that differ, of which one can be current. */
      readonly rivals?: readonly Reading<K>[];
    };

/** The rows of the files of one kind that count. */
export interface Read<K extends Kind> {
  readonly ok: true;
  readonly rows: readonly Rows[K][];
  /** Day of the oldest reading that `rows` come from. */
  readonly observedOn: string;
  readonly readings: readonly Reading<K>[];
  /** Evidence for the file as a whole, for example "64 rows". */
  readonly evidence: readonly Evidence[];
  /** Evidence for one row. */
  cite(row: Rows[K], says: string): Evidence;
  /** Only a part was given, and it is asked what that part alone proves; left out: it is all that there is. */
  readonly inPart?: true;
}

/**
 * Why nothing of a kind counts. not_given: no file of it was brought. refused: one was and could not be read.
 * not_placed: one was brought that may be of the kind. later: of a day after that of the decision. stale: too old; both
 * also where it could not be read. partial: one page of several. contradicted: two of one day differ.
 * other_organization: it is another organization's. other_plan: the client's plan of Claude has no such source, so it is
 * from before a change.
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

/** Whether something was brought that cannot be used: it may hold what nothing else tells of, and is not the same as none. */
export const isUnread = (code: Absent): boolean => UNREAD.has(code);

/** Why a file of events that was brought cannot be used, and what to do. */
export interface UnreadEvents {
  readonly code: Absent;
  readonly why: string;
  readonly howToGet: Ask;
}

/**
 * Events of the audit log and the activity feed as one list, oldest first, without doubles, and without what failed or was
 * refused: that changed nothing and read nothing.
 */
export type Events =
  | {
      readonly ok: true;
      readonly rows: readonly ActivityRow[];
      /** Days that the files can speak for. What is not listed may still have happened outside them. */
      readonly from: string;
      readonly to: string;
      readonly evidence: readonly Evidence[];
      /**
       * The other of the two, where it was brought and cannot be used: what is listed happened all the same, and what is
       * not listed may have happened too.
       */
      readonly unread?: UnreadEvents;
      cite(row: ActivityRow, says: string): Evidence;
    }
  | ({ readonly ok: false } & UnreadEvents);

/** Why a charter or journal says nothing: there is none, it cannot be read, or it is in force from a later day on. */
export type NoPage = 'not_given' | 'unusable' | 'ahead';

/** A charter or journal as rules see it. `cite` points at the line of a dotted path. */
export type Page<T> =
  | {
      readonly ok: true;
      readonly value: T;
      cite(path: string, says: string): Evidence;
      /** What was left out of it, since a key was missing in it; a rule that would pass by its absence cannot tell. */
      readonly leftOut?: readonly LeftOut[];
    }
  | { readonly ok: false; readonly of: 'charter' | 'journal'; readonly code: NoPage; readonly why: string };

export interface Entitlement {
  readonly id: string;
  readonly has: 'yes' | 'no' | 'unknown';
  /** One sentence: what grants it, what would, or why it cannot be determined. */
  readonly reason: string;
  /** Where alone it works by what grants it, after "in"; absent: wherever it works at all. */
  readonly only?: string;
  /** What grants it has run out and works in its grace period alone. */
  readonly ending?: boolean;
  readonly evidence: readonly Evidence[];
}

export interface CheckContext {
  /** Day of the decision (YYYY-MM-DD) in the client's zone. */
  readonly today: string;
  /** The decision's instant, RFC 3339. */
  readonly now: string;
  readonly profile: Profile;
  readonly catalogue: Catalogue;
  readonly control: Control;
  readonly charter: Page<Charter>;
  /** Since which day a key of the charter says what it says now; undefined: nothing tells, or there is no charter. */
  charterSince(path: string): string | undefined;
  /** A charter whose first day is still to come: it decides nothing yet, and `charter` is then not ok. */
  readonly charterAhead?: Page<Charter>;
  readonly journal: Page<Journal>;
  /** Attestations for this control, newest first, none dated after today. */
  readonly attestations: readonly Attestation[];
  /** Attestations for another control, in the same order. */
  statementsOn(controlId: string): readonly Attestation[];
  /** Why a list of attestations that was given cannot be used; what it states is not known. */
  readonly attestationsUnusable?: string;
  /** Recorded steps about personal accounts, none of a day after today; empty where nothing was recorded. */
  readonly accountSteps: readonly AccountStep[];
  /** Whether the vendor says that it records, and since when; null: it was not asked, or does not tell. */
  readonly recording: { readonly on: boolean; readonly at: string } | null;
  /** The evidence of one attestation. */
  citeAttestation(a: Attestation): Evidence;
  /**
   * The current reading of a kind within the check's freshness window (`freshDays` of the control's check;
   * pass `days` to use another window, or `Infinity` for none).
   */
  read<K extends Kind>(kind: K, days?: number): Current<K>;
  /** Both event sources together; `days` as for `read`. */
  events(days?: number): Events;
  /** All readings of a kind up to today, oldest first, stale ones included. */
  history<K extends Kind>(kind: K): readonly Reading<K>[];
  /** People reconciliation; computed once per decision. Reads members, roster, entra_users, charter. */
  people(): Reconciliation;
  /** What the lists of people tell of someone who signed, as of a day. */
  signer(signature: string, day: string): Signer;
  capability(id: string): Entitlement;
  /** Whether charter, journal and attestations are files that someone typed, so that no account stands behind a name. */
  readonly typed: boolean;
  /** Whether an office or a mailbox stands among the approvals of the charter, so that no one is known to have given it. */
  approvedByOffice(): boolean;
}

/** One way to decide a control. Pure. Found by the registry in `rules/index.ts`. */
export interface Rule<P = unknown> {
  readonly name: string;
  /** What the rule decides and where that comes from, in one or two sentences (shown in the docs). */
  readonly about: string;
  readonly params: z.ZodType<P>;
  /**
   * Fields of tables without which it cannot answer. Where no known column of a file holds one and an unknown column may,
   * nothing is decided and the question is which it is.
   */
  readonly needs?: { readonly [K in Kind]?: readonly (keyof Rows[K] & string)[] };
  /**
   * Fields of `needs` of which no content could undo a fail that the other columns prove: then the fail counts while the
   * question is open.
   */
  readonly failsWithout?: { readonly [K in Kind]?: readonly (keyof Rows[K] & string)[] };
  /**
   * Kinds of which a part suffices to fail: a fail rests on entries that are there, and no further entry could undo it.
   * Where only a part of such a kind was given and nothing else can tell, a fail that the part proves counts. A pass never does.
   */
  readonly failsFromPart?: readonly Kind[];
  /** Kinds whose lists add up and of which a missing entry is a fail: a file that may be a further list leaves that open. */
  readonly failsByAbsence?: readonly Kind[];
  /** It passes by what was so on a day, and what a part of a log shows to be done since then takes that away. */
  readonly undoneByPart?: true;
  /** What of journal and charter it reads that counts only by who signed it; what does not count is said with its answer. */
  signed?(params: P): readonly SignedKey[];
  /** Nothing technical stands behind it, whatever is bought: its best answer is `policy_only`. */
  readonly policyOnly?: true;
  decide(context: CheckContext, params: P): Outcome;
}

export function defineRule<P>(rule: Rule<P>): Rule<P> {
  return rule;
}
