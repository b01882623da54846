import type { CharterInTime } from '#domain/charter/since.ts';
import type { Attestation } from '#domain/model/attestation.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { ActivityRow, Kind } from '#domain/model/kinds.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { AskedField, DateFrom, DocumentOf, Provenance } from '#domain/model/reading.ts';
import type { AccountStep } from '#domain/personal-accounts/steps.ts';
import type { UnusableRecord } from '#store/imports/unusable.ts';

/** One stored reading without its rows; they are fetched once per thread, since an observation never changes. */
export interface ObservationMeta {
  readonly id: string;
  readonly kind: Kind;
  readonly provenance: Provenance;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** When the file was last saved, as the browser or folder told; null: not known, then `received` counts. */
  readonly modified: string | null;
  readonly received: string;
  readonly dateFrom: DateFrom;
  readonly contentDay: string | null;
  readonly complete: boolean;
  readonly covers: { readonly from: string; readonly to: string } | null;
  readonly asks: readonly AskedField[] | null;
  readonly byHand: boolean;
  readonly mapping: unknown;
  readonly unmapped: readonly string[];
  readonly notes: unknown;
  readonly rowCount: number;
  readonly rowsDigest: string;
  /** Import that brought it; of one day's snapshots the one stored last counts. */
  readonly importId: string | null;
  readonly storedAt: string | null;
}

/** What the activity feed that is read live brings to a decision. Its rows are fetched by month, as readings are by id. */
export interface LiveFeed {
  /** Ids of the months; another one as soon as the month has another event. */
  readonly months: readonly string[];
  /** Stretches in which nothing is missing, by the ledger, oldest first. */
  readonly whole: readonly { readonly from: string; readonly to: string }[];
  /** First instant that retention has left; null: nothing was removed. */
  readonly keptFrom: string | null;
  /** The newest event of any type; null: none of late. */
  readonly newest: ActivityRow | null;
  /** Ids of the keys that Bylaw reads with. */
  readonly ownKeys: readonly string[];
  /** Whether the vendor records, as it said last; null: nobody knows. */
  readonly recording: { readonly on: boolean; readonly at: string } | null;
}

/** What was published as the client's policy here, and who acknowledged it. */
export interface PolicyRegister {
  /** Numbers with the first day on which each held. */
  readonly published: readonly { readonly number: number; readonly on: string }[];
  readonly rows: readonly {
    readonly number: number;
    readonly address: string;
    /** Day in the client's zone. */
    readonly on: string;
  }[];
}

/** Everything about one client that a decision rests on, as plain data that can be handed to another thread. */
export interface Facts {
  readonly client: { readonly id: string; readonly slug: string; readonly name: string };
  /** Counts up with every change of a fact. */
  readonly version: number;
  readonly profile: Profile;
  readonly charter: DocumentOf<Charter> | null;
  /** Versions of the charter as they were stored, the newest first; as many as statements that count can be of. */
  readonly charterVersions: readonly CharterInTime[];
  readonly journal: DocumentOf<Journal> | null;
  readonly attestations: readonly Attestation[];
  /** What was done about personal accounts, as it was recorded here. */
  readonly accountSteps: readonly AccountStep[];
  readonly observations: readonly ObservationMeta[];
  /** Files that stored imports refused or could not place, by the kind that they are or may be. */
  readonly unusable: readonly UnusableRecord[];
  /** The activity feed that is read live; null: none is. */
  readonly live: LiveFeed | null;
  /** null: no policy was published here. */
  readonly policyRegister: PolicyRegister | null;
  /** What dates the readings of an import that is not stored yet; stored ones keep the day that they were given. */
  readonly dating?: Journal | null;
}

/** What an import that is not stored yet brings besides readings. */
export interface Staged {
  readonly profile?: Profile;
  readonly charter?: DocumentOf<Charter>;
  readonly journal?: DocumentOf<Journal>;
  /** Added to those that are stored. */
  readonly attestations?: readonly Attestation[];
  /** Before those of stored imports. */
  readonly unusable?: readonly UnusableRecord[];
  readonly dating: Journal | null;
}

export interface FactsOptions {
  /** Counts the readings of an import that is not stored yet, for its preview. */
  readonly withImport?: string;
  readonly staged?: Staged;
  /** Ids of readings that are looked past, to see what would rest on them. */
  readonly without?: ReadonlySet<string>;
}

/** What the charter of a client without one is cited as, where decisions were made in the console. */
export const CONSOLE = 'Bylaw console';
