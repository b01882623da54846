import { randomUUID } from 'node:crypto';
import { dayWords } from '#domain/text/words.ts';
import { addIncidentEvidence } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { shasOf } from '../../controls/index.ts';
import { act } from '../acts.ts';
import type { Permissions } from './look.ts';
import { stateWords } from './words.ts';

/** Keeps what shows each permission that is in force and seen, since the reading may be replaced after the incident is closed. */
export async function keepWhatShows(
  tx: Tx,
  context: HandlerContext,
  incident: string,
  { followed }: Permissions,
): Promise<void> {
  const shaOf = await shasOf(tx, context.client.id);
  // One table shows many permissions and is one piece of evidence.
  const kept = new Set<string>();
  for (const [step, list] of followed)
    for (const { one, state, row } of list) {
      const observed = row?.observed ?? null;
      if (state !== 'seen' || observed === null) continue;
      const { evidence, on } = observed;
      await act(tx, context, incident, {
        act: 'permission_seen',
        step,
        note: `${one.label}: ${stateWords(observed.state)}, ${evidence.file}, ${dayWords(on)}`,
      });
      const { sha256 } = shaOf(evidence);
      if (sha256 === null || kept.has(sha256)) continue;
      kept.add(sha256);
      await addIncidentEvidence(tx, [
        {
          client_id: context.client.id,
          incident_id: incident,
          id: randomUUID(),
          kind: 'readings',
          found: 'kept',
          sha256,
          detail: evidence.file,
          added_by_name: context.actor.name,
          added_at: context.now,
        },
      ]);
    }
}
// Guide: G7.2-20
