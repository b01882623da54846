import type { z } from 'zod';
import { isKind, KINDS } from '#domain/model/kinds.ts';
import { storedReadings } from '#store/imports/readings.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound } from '../../problems.ts';
import type { readingSchema } from './schemas.ts';

type StoredReading = z.infer<typeof readingSchema>;

/**
 * Stored readings of imports, newest day first, and which of them are current. Readings of connected sources are not
 * included.
 */
export async function listReadings(context: HandlerContext) {
  const { client, services, read } = context;
  const ran = await services.verdicts.run(client.id, 'readingStates', undefined);
  if (ran === null) throw notFound();
  const counting = new Set(ran.result.counting);
  const rivals = new Set(ran.result.rivals);
  const questioned = new Map(ran.result.questioned.map(({ id, why }) => [id, why]));
  const rows = await read((tx) => storedReadings(tx, client.id));
  const items = rows.flatMap((row): StoredReading[] => {
    if (!isKind(row.kind)) return [];
    const { aside } = row;
    return [
      {
        id: row.id,
        kind: row.kind,
        kindName: KINDS[row.kind].label,
        file: row.file,
        sha256: row.sha256,
        rows: row.rows,
        observedOn: row.observedOn,
        state:
          aside !== null
            ? 'aside'
            : rivals.has(row.id)
              ? 'contradicted'
              : questioned.has(row.id)
                ? 'questioned'
                : counting.has(row.id)
                  ? 'counts'
                  : 'earlier',
        why: aside === null ? (questioned.get(row.id) ?? null) : null,
        import: row.importId,
        storedAt: row.storedAt.toISOString(),
        storedBy: row.storedBy,
        aside: aside === null ? null : { ...aside, at: aside.at.toISOString() },
      },
    ];
  });
  return { items, total: items.length };
}
