import { appendAudit } from '#store/audit.ts';
import { newestCharter } from '#store/charter/versions.ts';
import {
  clientsWithOpenDrift,
  type DriftDecisionRow,
  driftDecisions,
  endDriftDecision,
} from '#store/drift/decisions.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { present, zoneOf } from '../shared/moment.ts';
import type { DriftReading, StoredStatus } from './reading.ts';
import { outcomeOf } from './state.ts';

type Proof = NonNullable<StoredStatus['evidence']>;

/**
 * Closes decisions that a later reading confirmed or a new charter version settled. The proof is stored with the
 * decision, because retention may remove the reading.
 */
export async function closeProvenDrift(services: Services): Promise<void> {
  const clients = await services.store.read('system', clientsWithOpenDrift);
  for (const client of clients)
    await closeFor(services, client).catch((error: unknown) =>
      services.log.warn({ err: error, client }, 'decisions on drift could not be looked at'),
    );
}

/**
 * State of each client at the last run, per store; if nothing was stored or decided since, no decision can be closed.
 */
const looked = new WeakMap<Services['store'], Map<string, string>>();

async function closeFor(services: Services, client: string): Promise<void> {
  const { store, clock } = services;
  const { rows, charterVersion, facts } = await store.read([client], async (tx) => ({
    rows: (await driftDecisions(tx, client)).filter(({ state }) => state === 'open'),
    charterVersion: (await newestCharter(tx, client))?.version ?? null,
    facts: await tx.selectFrom('clients').select('facts_version').where('id', '=', client).executeTakeFirst(),
  }));
  const seen = looked.get(store) ?? new Map<string, string>();
  looked.set(store, seen);
  const mark = [facts?.facts_version, charterVersion, ...rows.map(({ id }) => id)].join(' ');
  if (seen.get(client) === mark) return;
  const run = await services.verdicts.run(client, 'drift', undefined);
  if (run === null) return;
  const zone = zoneOf(run.facts.profile);
  for (const row of rows) {
    const decidedOn = present(row.decided_at, zone).today;
    const found = closing(row, run.result, { decidedOn, charterVersion });
    if (found === null) continue;
    const now = clock();
    const closed = await store.write([client], async (tx) => {
      const broughtBy = found.proof === null ? null : await broughtProof(tx, client, found.proof);
      const ended = await endDriftDecision(tx, client, row.id, row.version, {
        state: found.state,
        ended_by: null,
        ended_by_name: BYLAW.name,
        ended_at: now,
        ended_reason: found.words,
        proof: found.proof === null ? null : JSON.stringify({ ...found.proof, broughtBy }),
      });
      if (ended === null) return false;
      await appendAudit(tx, {
        chain: client,
        actor: BYLAW,
        action: 'drift.close',
        subject: { kind: 'drift', id: row.deviation, name: row.label },
        before: { decision: row.decision, decidedBy: row.decided_by_name },
        after: {
          state: found.state,
          words: found.words,
          proof: found.proof,
          broughtBy,
          samePersonDecidedAndProved: broughtBy !== null && broughtBy === row.decided_by,
        },
        at: now,
      });
      return true;
    });
    if (closed) services.events.publish({ client, topic: 'drift', id: row.deviation });
  }
  seen.set(client, mark);
}

/**
 * Id of the person who stored the reading or attestation that confirms it; null if it comes from a source or a log, not
 * from a person.
 */
async function broughtProof(
  tx: Tx,
  client: string,
  { kind, file, row: line, observedOn }: Proof,
): Promise<string | null> {
  if (kind === 'attestations') {
    const stated = (
      await tx
        .selectFrom('attestations')
        .select(['created_by', 'seen'])
        .where('client_id', '=', client)
        .where('withdrawn_at', 'is', null)
        .orderBy('created_at')
        .execute()
    )[(line ?? 0) - 1];
    return stated?.seen === observedOn ? stated.created_by : null;
  }
  const row = await tx
    .selectFrom('observations')
    .select('stored_by')
    .where('client_id', '=', client)
    .where('kind', '=', kind)
    .where('file', '=', file)
    .where('observed_on', '=', observedOn)
    .where('stored_at', 'is not', null)
    .orderBy('stored_at', 'desc')
    .executeTakeFirst();
  return row?.stored_by ?? null;
}

function closing(
  row: DriftDecisionRow,
  reading: DriftReading,
  about: { readonly decidedOn: string; readonly charterVersion: number | null },
) {
  if (reading.deviations.some(({ key }) => key === row.deviation)) return null;
  const decided = reading.status.find(({ key }) => key === row.deviation);
  const state = outcomeOf(row, decided, about);
  if (state === 'unproven') return null;
  return {
    state,
    words: state === 'proven' ? (decided?.words ?? '') : 'The charter was changed and says it so now.',
    proof: state === 'proven' ? (decided?.evidence ?? null) : null,
  };
}
