import type { CharterInTime } from '#domain/charter/since.ts';
import type { Attestation } from '#domain/model/attestation.ts';
import { type Charter, charterSchema, type Exception } from '#domain/model/charter.ts';
import { journalSchema } from '#domain/model/journal.ts';
import { isKind, KINDS } from '#domain/model/kinds.ts';
import { localTime } from '#domain/model/local-time.ts';
import { profileSchema } from '#domain/model/profile.ts';
import type { DateFrom, DocumentOf, Provenance } from '#domain/model/reading.ts';
import { newestCharters } from '#store/charter/versions.ts';
import { countingDocument } from '#store/imports/documents.ts';
import { notAside } from '#store/imports/readings.ts';
import { unusableFilesOf } from '#store/imports/unusable.ts';
import type { Tx } from '#store/open.ts';
import { allSteps } from '#store/personal-accounts/steps.ts';
import type { Facts, FactsOptions, ObservationMeta } from '../shared/services/facts.ts';
import { CONSOLE } from '../shared/services/facts.ts';
import { shownStep } from './account-step.ts';
import { withRecords } from './journal.ts';
import { loadLiveFeed } from './live.ts';
import { loadPolicyRegister } from './policy-register.ts';

/** Maximum age of snapshots in days; no rule uses older ones. */
const SNAPSHOT_DAYS = 12;
/** Late events are compared with the staff list of their own day: one list per week for a little more than 90 days. */
const ROSTER_SNAPSHOT_DAYS = 20;
/** When an account appeared and disappeared takes all reports: ten years of one per month. */
const REPORT_DAYS = 120;

/** Reads a client's facts in one transaction. Returns null if the scope has no such client. */
export async function loadFacts(
  tx: Tx,
  clientId: string,
  now: Date,
  options: FactsOptions = {},
): Promise<Facts | null> {
  const client = await tx
    .selectFrom('clients')
    .select(['id', 'slug', 'name', 'profile', 'facts_version'])
    .where('id', '=', clientId)
    .executeTakeFirst();
  if (!client) return null;
  const { staged } = options;
  const profile = staged?.profile ?? profileSchema.parse(client.profile);
  const charter =
    staged?.charter ?? (await latestDocument(tx, clientId, 'charter', (value) => charterSchema.parse(value)));
  const journal =
    staged?.journal ?? (await latestDocument(tx, clientId, 'journal', (value) => journalSchema.parse(value)));
  const decided = await withDecisions(tx, clientId, charter);
  const observations = await observationsOf(tx, clientId, options);
  const versions = await versionsOf(tx, clientId, profile.timezone);
  return {
    client: { id: client.id, slug: client.slug, name: client.name },
    version: Number(client.facts_version),
    profile: { ...profile, name: client.name },
    charter: decided,
    charterVersions: versions,
    journal: await withRecords(tx, clientId, journal, {
      zone: profile.timezone,
      charter: decided?.value ?? {},
      versions,
      now,
    }),
    attestations: [...(await attestationsOf(tx, clientId)), ...(staged?.attestations ?? [])],
    accountSteps: (await allSteps(tx, clientId)).flatMap((row) => shownStep(row) ?? []),
    observations,
    unusable: [...(staged?.unusable ?? []), ...(await unusableFilesOf(tx, clientId))].filter(
      // A file that was imported successfully since, with the same bytes, is no longer in question.
      ({ sha256 }) => sha256 === '' || !observations.some((one) => one.sha256 === sha256),
    ),
    live: await loadLiveFeed(tx, clientId, now),
    policyRegister: await loadPolicyRegister(tx, clientId, profile.timezone),
    ...(staged === undefined ? {} : { dating: staged.dating }),
  };
}

/** Attestations are valid for months at most, during which nobody approves more versions. */
const CHARTER_VERSIONS = 40;

async function versionsOf(
  tx: Tx,
  clientId: string,
  zone: string,
): Promise<(CharterInTime & { readonly storedAt: Date })[]> {
  const versions = await newestCharters(tx, clientId, CHARTER_VERSIONS);
  return versions.map(({ value, storedAt }) => {
    const at = storedAt.toISOString();
    return {
      value: charterSchema.parse(value),
      storedOn: localTime(at, zone)?.day ?? at.slice(0, 10),
      storedAt,
    };
  });
}

async function latestDocument<T>(
  tx: Tx,
  clientId: string,
  kind: 'charter' | 'journal',
  parse: (value: unknown) => T,
): Promise<DocumentOf<T> | null> {
  const row = await countingDocument(tx, clientId, kind);
  if (!row) return null;
  const { file, sha256, lines, leftOut } = row;
  return { value: parse(row.value), file, sha256, lines, ...(leftOut === null ? {} : { leftOut }) };
}

/**
 * The charter as imported, with exceptions and decisions about people made in the console. They are equivalent, so
 * rules see a single charter.
 */
async function withDecisions(
  tx: Tx,
  clientId: string,
  charter: DocumentOf<Charter> | null,
): Promise<DocumentOf<Charter> | null> {
  const exceptions = await exceptionsOf(tx, clientId);
  const people = await peopleOf(tx, clientId, charter?.value.people);
  if (exceptions.length === 0 && people === undefined) return charter;
  const base = charter ?? { value: {}, file: CONSOLE, sha256: '', lines: {} };
  return {
    ...base,
    value: {
      ...base.value,
      ...(exceptions.length === 0 ? {} : { exceptions: [...(base.value.exceptions ?? []), ...exceptions] }),
      ...(people === undefined ? {} : { people }),
    },
  };
}

async function exceptionsOf(tx: Tx, clientId: string): Promise<Exception[]> {
  const rows = await tx
    .selectFrom('exceptions')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('state', '=', 'approved')
    .orderBy('requested_at')
    .execute();
  return rows.map((row) => ({
    control: row.control_id,
    ...(row.items === null ? {} : { items: row.items }),
    ...(row.at_most === null ? {} : { atMost: row.at_most }),
    reason: row.reason,
    owner: row.owner,
    from: row.from_day,
    until: row.until_day,
    // Only a second person can approve; the requester cannot.
    ...(row.decided_by !== null && row.decided_by_name !== null && row.decided_by !== row.requested_by
      ? { approvedBy: row.decided_by_name }
      : {}),
  }));
}

type People = NonNullable<Charter['people']>;

async function peopleOf(tx: Tx, clientId: string, imported: People | undefined): Promise<People | undefined> {
  const rows = await tx
    .selectFrom('people_decisions')
    .select(['kind', 'addresses'])
    .where('client_id', '=', clientId)
    .where('withdrawn_at', 'is', null)
    .orderBy('decided_at')
    .execute();
  if (rows.length === 0) return imported;
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.addresses);
  // A list that does not exist differs from an empty one: rules distinguish "not stated" from "nobody".
  const list = <T>(imported: readonly T[] | undefined, decided: readonly T[]): T[] | undefined =>
    imported === undefined && decided.length === 0 ? undefined : [...(imported ?? []), ...decided];
  const people = {
    same: list(imported?.same, of('same')),
    different: list(imported?.different, of('different')),
    shared: list(imported?.shared, of('shared').flat()),
    service: list(imported?.service, of('service').flat()),
    guests: list(imported?.guests, of('guest').flat()),
  };
  return Object.fromEntries(Object.entries(people).filter(([, value]) => value !== undefined));
}

async function attestationsOf(tx: Tx, clientId: string): Promise<Attestation[]> {
  const rows = await tx
    .selectFrom('attestations')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('withdrawn_at', 'is', null)
    .orderBy('created_at')
    .execute();
  return rows.map((row, index) => ({
    control: row.control_id,
    holds: row.holds,
    seen: row.seen,
    by: row.attested_by,
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.expires === null ? {} : { expires: row.expires }),
    ...(row.domains === null ? {} : { domains: row.domains }),
    ...(row.evidence_sha === null ? {} : { file: row.evidence_sha }),
    ...(row.proof_missing === null ? {} : { file: row.proof_missing }),
    source: CONSOLE,
    row: index + 1,
    fileFound: row.evidence_sha !== null ? true : row.proof_missing === null ? null : false,
  }));
}

async function observationsOf(
  tx: Tx,
  clientId: string,
  { withImport, without }: FactsOptions,
): Promise<ObservationMeta[]> {
  const rows = await tx
    .selectFrom('observations')
    .selectAll()
    .where('client_id', '=', clientId)
    .where((eb) =>
      withImport === undefined
        ? eb('stored_at', 'is not', null)
        : eb.or([eb('stored_at', 'is not', null), eb('import_id', '=', withImport)]),
    )
    .where(notAside)
    .orderBy('observed_on', 'desc')
    .orderBy('id')
    .execute();
  const days = new Map<string, Set<string>>();
  // Repeated imports of the same bytes are dated by the first one, however long ago.
  const again = new Set(rows.filter((row) => row.stored_at === null).map((row) => row.sha256));
  return rows.flatMap((row): ObservationMeta[] => {
    if (!isKind(row.kind) || without?.has(row.id) === true) return [];
    if (KINDS[row.kind].shape === 'snapshot' && row.stored_at !== null) {
      const kept = days.get(row.kind) ?? new Set();
      days.set(row.kind, kept);
      const max =
        row.kind === 'domain_memberships'
          ? REPORT_DAYS
          : row.kind === 'roster'
            ? ROSTER_SNAPSHOT_DAYS
            : SNAPSHOT_DAYS;
      const old = !kept.has(row.observed_on) && kept.size >= max;
      if (old && !again.has(row.sha256)) return [];
      if (!old) kept.add(row.observed_on);
    }
    return [
      {
        id: row.id,
        kind: row.kind,
        provenance: row.provenance as Provenance,
        file: row.file,
        sha256: row.sha256,
        bytes: Number(row.bytes),
        modified: row.modified,
        received: row.observed_on,
        dateFrom: row.date_from as DateFrom,
        contentDay: row.content_day,
        complete: row.complete,
        page: row.page,
        covers: row.covers,
        asks: row.asks,
        byHand: row.by_hand,
        mapping: row.mapping,
        unmapped: row.unmapped,
        notes: row.notes,
        rowCount: row.row_count,
        rowsDigest: row.rows_digest,
        importId: row.import_id,
        storedAt: row.stored_at?.toISOString() ?? null,
      },
    ];
  });
}
