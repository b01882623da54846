import { sql } from 'kysely';
import { incidentCode } from '#domain/incidents/words.ts';
import type { Tx } from '../open.ts';
import type { EvidenceUse } from './evidence.ts';

/** Attestations typed into a file, as parsed. */
interface TypedStatements {
  readonly kind?: string;
  readonly file?: string;
  readonly sha256?: string;
  readonly read?: {
    readonly attestations?: readonly {
      readonly control: string;
      readonly seen: string;
      readonly by?: string;
    }[];
  };
}

/** Attestations from imported files, both pending and in effect. */
export async function statementsFromFiles(
  tx: Tx,
  clientId: string,
  sha256: string | null,
): Promise<EvidenceUse[]> {
  const files = await tx
    .selectFrom('import_files as f')
    .innerJoin('imports as i', (join) =>
      join.onRef('i.client_id', '=', 'f.client_id').onRef('i.id', '=', 'f.import_id'),
    )
    .select(['f.import_id', 'f.reports'])
    .where('f.client_id', '=', clientId)
    .where('i.state', '=', 'stored')
    .where(sql<boolean>`f.reports @> '[{"kind": "attestations"}]'::jsonb`)
    .execute();
  if (files.length === 0) return [];
  const imports = [...new Set(files.map(({ import_id }) => import_id))];
  const claims = await tx
    .selectFrom('claims')
    .select([
      'id',
      'control_id',
      'value',
      'import_id',
      'file',
      'claimed_by_name',
      'typed_by',
      'state',
      'became',
    ])
    .where('client_id', '=', clientId)
    .where('import_id', 'in', imports)
    .where('kind', '=', 'attestation')
    .where('state', 'in', ['waiting', 'confirmed'])
    .execute();
  const confirmed = new Set(claims.flatMap(({ became }) => became ?? []));
  const stored = await tx
    .selectFrom('attestations')
    .select(['id', 'control_id', 'seen', 'attested_by', 'withdrawn_at', 'import_id'])
    .where('client_id', '=', clientId)
    .where('import_id', 'in', imports)
    .execute();
  const brought = [
    ...claims.map((row) => ({
      id: row.became ?? row.id,
      importId: row.import_id,
      of: row.control_id,
      on: seenIn(row.value),
      file: row.file,
      by: row.typed_by,
      detail: `${row.typed_by ?? row.claimed_by_name}${row.state === 'waiting' ? ', not confirmed yet' : ''}`,
    })),
    ...stored
      .filter(({ id }) => !confirmed.has(id))
      .map((row) => ({
        id: row.id,
        importId: row.import_id,
        of: row.control_id,
        on: row.seen,
        // Once it is in effect, only its text shows which file of the import it came from.
        file: null,
        by: row.attested_by,
        detail: `${row.attested_by}${row.withdrawn_at === null ? '' : ', withdrawn'}`,
      })),
  ];
  const uses = files.flatMap(({ import_id, reports }) =>
    (Array.isArray(reports) ? (reports as TypedStatements[]) : [])
      .filter((report) => report.kind === 'attestations' && (sha256 === null || report.sha256 === sha256))
      .flatMap((report) =>
        (report.read?.attestations ?? []).flatMap(({ control, seen, by }) =>
          brought
            .filter(
              (one) =>
                one.importId === import_id &&
                one.of === control &&
                one.on === seen &&
                (one.file === null || one.file === report.file) &&
                (one.by === null || one.by === by),
            )
            .map(({ id, detail }) => ({
              sha256: report.sha256 ?? '',
              what: 'attestation' as const,
              id,
              of: control,
              on: seen,
              detail,
            })),
        ),
      ),
  );
  // A person may state the same about a control and day twice.
  return [...new Map(uses.map((use) => [`${use.sha256} ${use.id}`, use])).values()];
}

function seenIn(statement: unknown): string | null {
  const { seen } = (statement ?? {}) as { readonly seen?: unknown };
  return typeof seen === 'string' ? seen : null;
}

/** Incidents and drills that a file was collected for or attached to, without their contents. */
export async function incidentsWithFiles(
  tx: Tx,
  clientId: string,
  sha256: string | null,
): Promise<EvidenceUse[]> {
  const rows = await tx
    .selectFrom('incident_evidence as e')
    .innerJoin('incidents as i', (join) =>
      join.onRef('i.client_id', '=', 'e.client_id').onRef('i.id', '=', 'e.incident_id'),
    )
    .select(['i.id', 'i.number', 'i.drill', 'i.opened_at', 'i.opened_by_name', 'e.sha256'])
    .distinct()
    .where('e.client_id', '=', clientId)
    .where('e.sha256', 'is not', null)
    .$if(sha256 !== null, (query) => query.where('e.sha256', '=', sha256 ?? ''))
    .orderBy('i.opened_at', 'desc')
    .execute();
  return rows.map((row) => ({
    sha256: row.sha256 ?? '',
    what: 'incident',
    id: row.id,
    of: incidentCode(row.number, row.drill),
    on: row.opened_at.toISOString().slice(0, 10),
    detail: row.opened_by_name,
  }));
}
