import type { CharterInTime } from '../charter/since.ts';
import type { Attestation } from '../model/attestation.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { Journal } from '../model/journal.ts';
import type { Kind } from '../model/kinds.ts';
import type { Profile } from '../model/profile.ts';
import type { DocumentOf, Readings } from '../model/reading.ts';
import type { AccountStep } from '../personal-accounts/steps.ts';

/** A Microsoft license that a plan adds to what is held. */
export interface Bought {
  readonly name: string;
  readonly servicePlans: readonly string[];
  /** Add-on of the catalogue; null for a base license. */
  readonly addOn: string | null;
}

/** A control of which no purchase decides: it does not apply here, or nothing but the policy stands for it. */
export interface Settled {
  readonly state: 'not_applicable' | 'policy_only';
  /** The reason of the verdict. */
  readonly reason: string;
}

/** A file that was given and does not count: refused, or taken for nothing although it may be of a kind. */
export interface UnusableFile {
  readonly file: string;
  readonly is: 'refused' | 'not_placed';
  /** One sentence, with row and column where they are known. */
  readonly why: string;
  /** By its own words of another time, as a plan, so that it is no newer list of its kind. */
  readonly ofAnotherTime?: true;
  /** The day that its name or its saving gives; left out where neither is known. */
  readonly day?: string;
  /** When the import that brought it was stored (RFC 3339); left out: it lies in a folder, or waits to be stored. */
  readonly at?: string;
}

/** Everything that a decision depends on. The same input gives the same verdicts. */
export interface DecisionInput {
  readonly catalogue: Catalogue;
  readonly profile: Profile;
  readonly charter: DocumentOf<Charter> | null;
  /** Versions of the charter as they were written, the newest first; left out: only the one in force is known. */
  readonly charterVersions?: readonly CharterInTime[];
  readonly journal: DocumentOf<Journal> | null;
  readonly attestations: readonly Attestation[];
  readonly readings: Readings;
  /** Whether the vendor says that it records, and since when; left out: it was not asked, or does not tell. */
  readonly recording?: { readonly on: boolean; readonly at: string };
  /** What was done about personal accounts, as it was recorded here; a folder has its journal instead. */
  readonly accountSteps?: readonly AccountStep[];
  /** Why a document that was given could not be used, for the verdicts that need it. */
  readonly unusable?: {
    readonly charter?: string;
    readonly journal?: string;
    readonly attestations?: string;
  };
  /** Files that were given and do not count, by the kind that they are or may be. */
  readonly unusableFiles?: { readonly [K in Kind]?: readonly UnusableFile[] };
  /** What is thought to be bought on top, for plans. A decision about how things are has none. */
  readonly bought?: readonly Bought[];
  /** Controls that what is known of the client settles, whatever it buys, by id; for plans. */
  readonly settled?: ReadonlyMap<string, Settled>;
  /** The charter is what counts of it already, so that its approvals are not looked up again for each plan. */
  readonly charterCounted?: true;
  /** Capabilities taken as held or not whatever the catalogue says, to see what would follow if the guide is right. */
  readonly assumed?: ReadonlyMap<string, 'yes' | 'no'>;
  /** Charter, journal and attestations are files that someone typed; nobody who signed in said what they say. */
  readonly typed?: true;
  /** RFC 3339 instant of the decision. */
  readonly now: string;
  /** Day of the decision in the client's zone, YYYY-MM-DD. */
  readonly today: string;
}
