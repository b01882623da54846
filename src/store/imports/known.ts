import { attestationSchema } from '#domain/model/attestation.ts';
import type { LeftOut } from '#domain/model/reading.ts';
import { openDraftFrom } from '../charter/drafts.ts';
import { allClaims } from '../claims/claims.ts';
import type { Tx } from '../open.ts';
import { countingDocument } from './documents.ts';
import { type UnusableRecord, unusableFilesOf } from './unusable.ts';

/** What a client already has, to compare an import with. */
export interface Known {
  readonly factsVersion: number;
  readonly profile: unknown;
  /** Newest version of each document. */
  readonly documents: readonly {
    readonly kind: 'charter' | 'journal';
    readonly version: number;
    readonly value: unknown;
    readonly sha256: string;
    readonly leftOut: readonly LeftOut[] | null;
  }[];
  /** Pending draft from an earlier charter file; null: none. */
  readonly openDraft: unknown;
  /** Journal from an earlier file that waits for confirmation; null: none. */
  readonly waitingJournal: { readonly value: unknown; readonly leftOut: readonly LeftOut[] | null } | null;
  /**
   * Every attestation ever stored or claimed, including withdrawn and refused ones, so that a file cannot bring them
   * back.
   */
  readonly attestations: readonly {
    readonly control: string;
    readonly holds: boolean;
    readonly seen: string;
    readonly by: string;
    readonly note: string | null;
    readonly expires: string | null;
  }[];
  readonly readings: readonly {
    readonly kind: string;
    readonly file: string;
    readonly sha256: string;
    readonly observedOn: string;
    readonly storedAt: Date;
    /** Name of who stored it, if known from the import. */
    readonly storedBy: string | null;
  }[];
  readonly evidence: readonly { readonly sha256: string; readonly name: string }[];
  /** Files that earlier imports refused or did not recognize. */
  readonly unusable: readonly UnusableRecord[];
}

export async function knownOf(tx: Tx, clientId: string): Promise<Known> {
  const client = await tx
    .selectFrom('clients')
    .select(['facts_version', 'profile'])
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow();
  const documents = [];
  for (const kind of ['charter', 'journal'] as const) {
    const document = await countingDocument(tx, clientId, kind);
    if (document !== null) documents.push({ ...document, kind });
  }
  const claims = await allClaims(tx, clientId);
  const waiting = claims.find(({ kind, state }) => kind === 'journal' && state === 'waiting');
  const attestations = await tx
    .selectFrom('attestations')
    .select(['control_id', 'holds', 'seen', 'attested_by', 'note', 'expires'])
    .where('client_id', '=', clientId)
    .execute();
  const readings = await tx
    .selectFrom('observations as o')
    .leftJoin('imports as i', (join) =>
      join.onRef('i.client_id', '=', 'o.client_id').onRef('i.id', '=', 'o.import_id'),
    )
    .select(['o.kind', 'o.file', 'o.sha256', 'o.observed_on', 'o.stored_at'])
    .select('i.finished_by_name as by')
    .where('o.client_id', '=', clientId)
    .where('o.stored_at', 'is not', null)
    .orderBy('o.stored_at')
    .execute();
  const evidence = await tx
    .selectFrom('evidence')
    .select(['sha256', 'name'])
    .where('client_id', '=', clientId)
    .execute();
  return {
    factsVersion: Number(client.facts_version),
    profile: client.profile,
    documents,
    unusable: await unusableFilesOf(tx, clientId),
    openDraft: (await openDraftFrom(tx, clientId, 'import'))?.value ?? null,
    waitingJournal: waiting === undefined ? null : { value: waiting.value, leftOut: waiting.left_out },
    attestations: [
      ...attestations.map((row) => ({
        control: row.control_id,
        holds: row.holds,
        seen: row.seen,
        by: row.attested_by,
        note: row.note,
        expires: row.expires,
      })),
      ...claims.filter(({ kind }) => kind === 'attestation').map(({ value }) => statementOf(value)),
    ],
    readings: readings.flatMap((row) =>
      row.stored_at === null
        ? []
        : [
            {
              kind: row.kind,
              file: row.file,
              sha256: row.sha256,
              observedOn: row.observed_on,
              storedAt: row.stored_at,
              storedBy: row.by,
            },
          ],
    ),
    evidence,
  };
}

function statementOf(value: unknown): Known['attestations'][number] {
  const { control, holds, seen, by, note, expires } = attestationSchema.parse(value);
  return { control, holds, seen, by, note: note ?? null, expires: expires ?? null };
}

/** State and items of each control's current verdict. */
export async function currentStates(
  tx: Tx,
  clientId: string,
): Promise<{
  readonly decidedVersion: number;
  readonly verdicts: readonly { readonly control: string; readonly body: unknown }[];
}> {
  const client = await tx
    .selectFrom('clients')
    .select('decided_version')
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow();
  const rows = await tx
    .selectFrom('verdicts')
    .select(['control_id', 'body'])
    .where('client_id', '=', clientId)
    .where('until', 'is', null)
    .execute();
  return {
    decidedVersion: Number(client.decided_version),
    verdicts: rows.map((row) => ({ control: row.control_id, body: row.body })),
  };
}
