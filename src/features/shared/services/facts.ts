import type { CharterInTime } from '#domain/charter/since.ts';
import type { Attestation } from '#domain/model/attestation.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { ActivityRow, Kind } from '#domain/model/kinds.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { AskedField, DateFrom, DocumentOf, PageOfList, Provenance } from '#domain/model/reading.ts';
import type { AccountStep } from '#domain/personal-accounts/steps.ts';
import type { UnusableRecord } from '#store/imports/unusable.ts';

/** A stored reading without its rows, which are loaded once per thread, because an observation never changes. */
export interface ObservationMeta {
  readonly id: string;
  readonly kind: Kind;
  readonly provenance: Provenance;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Modification time as reported by the browser or folder; null: not known, then `received` is used. */
  readonly modified: string | null;
  readonly received: string;
  readonly dateFrom: DateFrom;
  readonly contentDay: string | null;
  readonly complete: boolean;
  readonly page: PageOfList | null;
  readonly covers: { readonly from: string; readonly to: string } | null;
  readonly asks: readonly AskedField[] | null;
  readonly byHand: boolean;
  readonly mapping: unknown;
  readonly unmapped: readonly string[];
  readonly notes: unknown;
  readonly rowCount: number;
  readonly rowsDigest: string;
  /** Import that added it; of one day's snapshots the one stored last is current. */
  readonly importId: string | null;
  readonly storedAt: string | null;
}

/** What the live activity feed contributes to a decision. Its rows are loaded by month, like readings by id. */
export interface LiveFeed {
  /** Ids of the months; a new one whenever an event is added to the month. */
  readonly months: readonly string[];
  /** Periods without gaps according to the ledger, oldest first. */
  readonly whole: readonly { readonly from: string; readonly to: string }[];
  /** First instant not removed by retention; null: nothing was removed. */
  readonly keptFrom: string | null;
  /** The latest event of any type; null: none recently. */
  readonly newest: ActivityRow | null;
  /** Ids of the keys that Bylaw uses for reading. */
  readonly ownKeys: readonly string[];
  /** Whether the vendor records, as it last reported; null: not known. */
  readonly recording: { readonly on: boolean; readonly at: string } | null;
}

/** The client's policy as published here, and who acknowledged it. */
export interface PolicyRegister {
  /** Version numbers with the first day of each. */
  readonly published: readonly { readonly number: number; readonly on: string }[];
  readonly rows: readonly {
    readonly number: number;
    readonly address: string;
    /** Day in the client's time zone. */
    readonly on: string;
  }[];
}

/** Everything about one client on which a decision is based, as plain data that can be passed to another thread. */
export interface Facts {
  readonly client: { readonly id: string; readonly slug: string; readonly name: string };
  /** Incremented with every change of a fact. */
  readonly version: number;
  readonly profile: Profile;
  readonly charter: DocumentOf<Charter> | null;
  /** Versions of the charter as stored, newest first, as far back as valid attestations can refer to. */
  readonly charterVersions: readonly CharterInTime[];
  readonly journal: DocumentOf<Journal> | null;
  readonly attestations: readonly Attestation[];
  /** Actions on personal accounts recorded here. */
  readonly accountSteps: readonly AccountStep[];
  readonly observations: readonly ObservationMeta[];
  /** Files that stored imports refused or could not recognize, by the kind that they are or may be. */
  readonly unusable: readonly UnusableRecord[];
  /** The live activity feed; null: none is read. */
  readonly live: LiveFeed | null;
  /** null: no policy was published here. */
  readonly policyRegister: PolicyRegister | null;
  /** What dates the readings of an import that is not stored yet; stored readings keep their day. */
  readonly dating?: Journal | null;
}

/** What an import that is not stored yet adds besides readings. */
export interface Staged {
  readonly profile?: Profile;
  readonly charter?: DocumentOf<Charter>;
  readonly journal?: DocumentOf<Journal>;
  /** Added to the stored ones. */
  readonly attestations?: readonly Attestation[];
  /** Takes precedence over those of stored imports. */
  readonly unusable?: readonly UnusableRecord[];
  readonly dating: Journal | null;
}

export interface FactsOptions {
  /** Includes the readings of an import that is not stored yet, for its preview. */
  readonly withImport?: string;
  readonly staged?: Staged;
  /** Ids of readings to ignore, to see what depends on them. */
  readonly without?: ReadonlySet<string>;
}

/** Name under which the charter is cited for a client without one that has decisions made in the console. */
export const CONSOLE = 'Bylaw console';
