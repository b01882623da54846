import { dayWords } from '#domain/text/words.ts';
import type { Tx } from '../open.ts';
import { removedOf } from '../retention/removed.ts';

/** A change to the facts that verdicts are based on. */
export interface FactEvent {
  /** Id of the import, document, attestation, exception or decision. */
  readonly id: string;
  readonly at: Date;
  readonly what: 'import' | 'document' | 'attestation' | 'exception' | 'people' | 'profile';
  /** stored, created, withdrawn, requested, approved, refused, ended, decided */
  readonly act: string;
  /** Kind of reading or document; null for others. */
  readonly kind: string | null;
  /** Control that an attestation or exception is about. */
  readonly control: string | null;
  readonly detail: string | null;
  /** Id or name of the person, as in the row. */
  readonly by: string | null;
  readonly sha256: string | null;
  /** Import that added it. */
  readonly importId: string | null;
}

interface Span {
  /** null: from the beginning. */
  readonly after: Date | null;
  readonly limit: number;
}

/** Changes in the tables that verdicts are based on, newest first. */
export async function factEvents(tx: Tx, clientId: string, span: Span): Promise<FactEvent[]> {
  const lists = [
    await readings(tx, clientId, span),
    await documents(tx, clientId, span),
    await attestations(tx, clientId, span),
    await exceptions(tx, clientId, span),
    await people(tx, clientId, span),
    await profile(tx, clientId, span),
  ];
  const after = span.after?.getTime() ?? Number.NEGATIVE_INFINITY;
  return lists
    .flat()
    .filter(({ at }) => at.getTime() > after)
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}

const FIRST = new Date(0);

async function readings(tx: Tx, clientId: string, { after, limit }: Span): Promise<FactEvent[]> {
  const rows = await tx
    .selectFrom('observations')
    .select([
      'id',
      'import_id',
      'kind',
      'sha256',
      'observed_on',
      'row_count',
      'file',
      'stored_at',
      'stored_by',
      'set_aside_at',
      'set_aside_by_name',
      'set_aside_reason',
      'put_back_at',
      'put_back_by_name',
    ])
    .where('client_id', '=', clientId)
    .where('stored_at', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('stored_at', '>', after ?? FIRST),
        eb('set_aside_at', '>', after ?? FIRST),
        eb('put_back_at', '>', after ?? FIRST),
      ]),
    )
    .orderBy('stored_at', 'desc')
    .limit(limit)
    .execute();
  const kept = rows.flatMap((row): FactEvent[] => {
    const event: FactEvent = {
      ...stored,
      id: row.id,
      at: row.stored_at ?? FIRST,
      kind: row.kind,
      detail: readingWords(row.file, row.row_count, row.observed_on),
      by: row.stored_by,
      sha256: row.sha256,
      importId: row.import_id,
    };
    const { set_aside_at: aside, set_aside_reason: reason, put_back_at: back } = row;
    return [
      event,
      ...(aside === null
        ? []
        : [
            {
              ...event,
              act: 'set_aside',
              at: aside,
              by: row.set_aside_by_name,
              detail: `${event.detail}: ${reason ?? ''}`,
            },
          ]),
      ...(back === null ? [] : [{ ...event, act: 'put_back', at: back, by: row.put_back_by_name }]),
    ];
  });
  // A removed reading stays in the history, because it explains past verdicts.
  const removed = (await removedOf(tx, clientId, 'reading'))
    .filter(({ storedAt }) => storedAt !== null && storedAt > (after ?? FIRST))
    .map(
      (one): FactEvent => ({
        ...stored,
        id: one.id,
        at: one.storedAt ?? FIRST,
        kind: one.kind,
        detail: `${readingWords(one.name, one.rows ?? 0, one.ofDay)}. Removed by retention on ${dayWords(one.on)}`,
        by: one.storedBy,
        sha256: null,
        importId: one.importId,
      }),
    );
  return [...kept, ...removed];
}

const stored = { what: 'import', act: 'stored', control: null } as const;

function readingWords(file: string, rows: number, day: string): string {
  return `${file}, ${rows} ${rows === 1 ? 'row' : 'rows'}, observed ${dayWords(day)}`;
}

async function documents(tx: Tx, clientId: string, { after, limit }: Span): Promise<FactEvent[]> {
  const rows = await tx
    .selectFrom('documents')
    .select(['id', 'kind', 'file', 'sha256', 'import_id', 'stored_at', 'stored_by'])
    .where('client_id', '=', clientId)
    .where('stored_at', '>', after ?? FIRST)
    .orderBy('stored_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.stored_at,
    what: 'document',
    act: 'stored',
    kind: row.kind,
    control: null,
    detail: row.file,
    by: row.stored_by,
    sha256: row.sha256,
    importId: row.import_id,
  }));
}

async function attestations(tx: Tx, clientId: string, { after, limit }: Span): Promise<FactEvent[]> {
  const rows = await tx
    .selectFrom('attestations')
    .selectAll()
    .where('client_id', '=', clientId)
    .where((eb) => eb.or([eb('created_at', '>', after ?? FIRST), eb('withdrawn_at', '>', after ?? FIRST)]))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap((row) => {
    const event = {
      id: row.id,
      what: 'attestation' as const,
      kind: null,
      control: row.control_id,
      sha256: row.evidence_sha,
      importId: row.import_id,
    };
    const stated = `${row.attested_by} saw on ${dayWords(row.seen)} that it is ${row.holds ? 'as' : 'not as'} required`;
    return [
      {
        ...event,
        at: row.created_at,
        act: 'created',
        detail: row.note === null ? stated : `${stated}: ${row.note}`,
        by: row.created_by,
      },
      ...(row.withdrawn_at === null
        ? []
        : [
            {
              ...event,
              at: row.withdrawn_at,
              act: 'withdrawn',
              detail: row.withdrawn_reason,
              by: row.withdrawn_by,
            },
          ]),
    ];
  });
}

async function exceptions(tx: Tx, clientId: string, { after, limit }: Span): Promise<FactEvent[]> {
  const from = after ?? FIRST;
  const rows = await tx
    .selectFrom('exceptions')
    .selectAll()
    .where('client_id', '=', clientId)
    .where((eb) =>
      eb.or([eb('requested_at', '>', from), eb('decided_at', '>', from), eb('ended_at', '>', from)]),
    )
    .orderBy('requested_at', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap((row) => {
    const step = (act: string, at: Date | null, by: string | null, detail: string | null): FactEvent[] =>
      at === null
        ? []
        : [
            {
              id: row.id,
              at,
              what: 'exception',
              act,
              kind: null,
              control: row.control_id,
              detail,
              by,
              sha256: null,
              importId: null,
            },
          ];
    // An ended exception had been approved; only its current state is stored.
    const decided = row.state === 'refused' ? 'refused' : 'approved';
    return [
      ...step(
        'requested',
        row.requested_at,
        row.requested_by_name,
        `Until ${dayWords(row.until_day)}: ${row.reason}`,
      ),
      ...step(decided, row.decided_at, row.decided_by_name, row.decision_note),
      ...step('ended', row.ended_at, row.ended_by, row.ended_reason),
    ];
  });
}

async function people(tx: Tx, clientId: string, { after, limit }: Span): Promise<FactEvent[]> {
  const from = after ?? FIRST;
  const rows = await tx
    .selectFrom('people_decisions')
    .selectAll()
    .where('client_id', '=', clientId)
    .where((eb) => eb.or([eb('decided_at', '>', from), eb('withdrawn_at', '>', from)]))
    .orderBy('decided_at', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap((row) => {
    const event = {
      id: row.id,
      what: 'people' as const,
      kind: row.kind,
      control: null,
      detail: row.reason,
      sha256: null,
      importId: null,
    };
    return [
      { ...event, at: row.decided_at, act: 'decided', by: row.decided_by_name },
      ...(row.withdrawn_at === null
        ? []
        : [{ ...event, at: row.withdrawn_at, act: 'withdrawn', by: row.withdrawn_by }]),
    ];
  });
}

/** Edits of the client from its audit log, because its profile says what it has bought. */
async function profile(tx: Tx, clientId: string, { after, limit }: Span): Promise<FactEvent[]> {
  const rows = await tx
    .selectFrom('audit_log')
    .select(['seq', 'at', 'action', 'actor_name'])
    .where('client_id', '=', clientId)
    .where('subject_kind', '=', 'client')
    .where('at', '>', after ?? FIRST)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows
    .filter(({ action }) => action.startsWith('clients.'))
    .map((row) => ({
      id: String(row.seq),
      at: row.at,
      what: 'profile',
      act: 'edited',
      kind: null,
      control: null,
      detail: null,
      by: row.actor_name,
      sha256: null,
      importId: null,
    }));
}

/** Names of people by id, as recorded in the client's audit log. People who never acted there are absent. */
export async function namesIn(
  tx: Tx,
  clientId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('audit_log')
    .select(['actor_id', 'actor_name'])
    .distinctOn('actor_id')
    .where('client_id', '=', clientId)
    .where('actor_id', 'in', ids)
    .orderBy('actor_id')
    .orderBy('seq', 'desc')
    .execute();
  return new Map(rows.flatMap((row) => (row.actor_id === null ? [] : [[row.actor_id, row.actor_name]])));
}
