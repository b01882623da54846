import { DRIFT_ASSIGNMENTS } from '#domain/work/facts.ts';
import { cached } from '#store/cache.ts';
import { allDrafts } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { type DriftDecisionRow, driftDecisions } from '#store/drift/decisions.ts';
import { allExceptions } from '#store/exceptions/exceptions.ts';
import type { Tx } from '#store/open.ts';
import { Packed } from '#store/packed.ts';
import { type AssignmentRow, assignmentsOf } from '#store/work/assignments.ts';
import type { HandlerContext } from '../context.ts';
import { type ShaOf, shasOf } from '../controls/index.ts';
import { usersWithAccess } from '../owners/index.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { DriftReading } from './reading.ts';
import type { Around } from './state.ts';

export interface Loaded {
  readonly reading: DriftReading;
  readonly around: Around;
  readonly decisions: readonly DriftDecisionRow[];
  /** Open decisions by the key of their drift. */
  readonly open: ReadonlyMap<string, DriftDecisionRow>;
  readonly charterVersion: number | null;
  readonly shaOf: ShaOf;
  /** Who restores it and by when, by the key of the drift. */
  readonly assignments: ReadonlyMap<string, AssignmentRow>;
  /** Ids of the people who can open this client's work. */
  readonly access: ReadonlySet<string>;
}

/** Today's drift from the charter. Cached, because it needs all facts of a client, which rarely change. */
export async function readDrift({
  services,
  client,
  now,
}: Pick<HandlerContext, 'services' | 'client' | 'now'>): Promise<DriftReading> {
  const { today } = present(now, client.timezone);
  const reading = await cached(services.store, [client.id], { key: `drift ${today}` }, async () => {
    const run = await services.verdicts.run(client.id, 'drift', undefined);
    return run && Packed.of(run.result);
  });
  if (reading === null) throw notFound();
  return reading.read();
}

/** The drift with all decisions about it. */
export async function loadDrift(context: HandlerContext): Promise<Loaded> {
  const reading = await readDrift(context);
  const access = await usersWithAccess(context);
  return context.read(async (tx) => ({ reading, access, ...(await decided(tx, context)) }));
}

async function decided(
  tx: Tx,
  { client, now }: Pick<HandlerContext, 'client' | 'now'>,
): Promise<Omit<Loaded, 'reading' | 'access'>> {
  const decisions = await driftDecisions(tx, client.id);
  const exceptions = await allExceptions(tx, client.id);
  const drafts = await allDrafts(tx, client.id);
  return {
    around: {
      today: present(now, client.timezone).today,
      exceptions: new Map(exceptions.map((row) => [row.id, row])),
      drafts: new Map(drafts.map((row) => [row.id, row])),
    },
    decisions,
    open: new Map(decisions.flatMap((row) => (row.state === 'open' ? [[row.deviation, row] as const] : []))),
    charterVersion: (await newestCharter(tx, client.id))?.version ?? null,
    shaOf: await shasOf(tx, client.id),
    assignments: new Map(
      (await assignmentsOf(tx, client.id, DRIFT_ASSIGNMENTS)).map((row) => [row.task, row]),
    ),
  };
}
