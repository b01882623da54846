import type { CharterInTime } from '../charter/since.ts';
import type { Attestation } from '../model/attestation.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { Journal } from '../model/journal.ts';
import type { Kind } from '../model/kinds.ts';
import type { Profile } from '../model/profile.ts';
import type { DocumentOf, Readings } from '../model/reading.ts';
import type { AccountStep } from '../personal-accounts/steps.ts';

/** A Microsoft license that a plan adds to those held. */
export interface Bought {
  readonly name: string;
  readonly servicePlans: readonly string[];
  /** Add-on of the catalogue; null: a base license. */
  readonly addOn: string | null;
}

/** A control that no purchase affects: it does not apply, or is policy only. */
export interface Settled {
  readonly state: 'not_applicable' | 'policy_only';
  /** Reason of the verdict. */
  readonly reason: string;
}

/** A file that was given but is not used: it was refused, or not recognized although it may be of a kind. */
export interface UnusableFile {
  readonly file: string;
  readonly is: 'refused' | 'not_placed';
  /** One sentence, with row and column if known. */
  readonly why: string;
  /** By its own content it is about another time, such as a plan, so it is not a newer list of its kind. */
  readonly ofAnotherTime?: true;
  /** Date by its name or file time; left out if neither is known. */
  readonly day?: string;
  /** When its import was stored (RFC 3339); left out: it is in a folder, or not stored yet. */
  readonly at?: string;
}

/** Everything that a decision depends on. The same input always gives the same verdicts. */
export interface DecisionInput {
  readonly catalogue: Catalogue;
  readonly profile: Profile;
  readonly charter: DocumentOf<Charter> | null;
  /** All versions of the charter as written, newest first; left out: only the one in force is known. */
  readonly charterVersions?: readonly CharterInTime[];
  readonly journal: DocumentOf<Journal> | null;
  readonly attestations: readonly Attestation[];
  readonly readings: Readings;
  /** Whether the vendor says that it records, and since when; left out: it was not asked, or does not say. */
  readonly recording?: { readonly on: boolean; readonly at: string };
  /** Actions on personal accounts recorded here; a folder uses its journal instead. */
  readonly accountSteps?: readonly AccountStep[];
  /** Why a document could not be used, for the verdicts that need it. */
  readonly unusable?: {
    readonly charter?: string;
    readonly journal?: string;
    readonly attestations?: string;
  };
  /** Files that were given but are not used, by the kind that they are or may be. */
  readonly unusableFiles?: { readonly [K in Kind]?: readonly UnusableFile[] };
  /** Purchases to assume, for plans. Decisions about the actual state have none. */
  readonly bought?: readonly Bought[];
  /** Controls that are settled whatever the client buys, by id; for plans. */
  readonly settled?: ReadonlyMap<string, Settled>;
  /** The charter contains only valid approvals already, so that they are not checked again for each plan. */
  readonly charterCounted?: true;
  /** Capabilities assumed to be held or not regardless of the catalogue, to see what follows if the guide is right. */
  readonly assumed?: ReadonlyMap<string, 'yes' | 'no'>;
  /** Charter, journal and attestations are typed files, not records of people who signed in. */
  readonly typed?: true;
  /** Time of the decision (RFC 3339). */
  readonly now: string;
  /** Day of the decision in the client's time zone, YYYY-MM-DD. */
  readonly today: string;
}
