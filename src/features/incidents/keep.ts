import { randomUUID } from 'node:crypto';
import type { KeptProof } from '#domain/incidents/status.ts';
import { dayWords } from '#domain/text/words.ts';
import { addIncidentEvidence, changeStep, type IncidentRow } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { shasOf } from '../controls/index.ts';
import { act } from './acts.ts';
import type { Permissions } from './permissions/find-permissions.ts';
import type { Drafts } from './permissions/view.ts';
import { followedWords, stateWords } from './permissions/words.ts';
import { type Cited, wordOf } from './proof.ts';
import { type StepNow, stepMeanwhile } from './read.ts';

interface AtClosing {
  readonly row: IncidentRow;
  readonly steps: readonly StepNow[];
  readonly permissions: Permissions;
  readonly drafts: Drafts;
}

/**
 * Stores what a closing is based on, since readings are replaced later: with each containment step its proof as worded
 * now, on the timeline what showed it or who stated it, and as evidence the files that show it.
 */
export async function keepProofs(
  tx: Tx,
  context: HandlerContext,
  { row: incident, steps, permissions, drafts }: AtClosing,
): Promise<void> {
  const cited: Cited[] = [];
  for (const { step, row, proof } of steps) {
    if (proof === null) continue;
    const followed = permissions.followed.get(step.id) ?? [];
    const kept: KeptProof = {
      state: proof.state,
      words: proof.words,
      permissions: followed.map((one) => ({
        row: one.one.row,
        state: one.state,
        words: followedWords(one, drafts.get(one.one.draft ?? '') ?? null, context.client.timezone),
      })),
    };
    if (!(await changeStep(tx, row, { proof: JSON.stringify(kept) }))) throw stepMeanwhile(row);
    const note = (what: string, words: string) =>
      act(tx, context, incident.id, { act: what, step: step.id, note: words });
    for (const { one, state, row: seen } of followed) {
      const observed = seen?.observed ?? null;
      if (state !== 'seen' || observed === null) continue;
      const { evidence, on } = observed;
      await note(
        'permission_seen',
        `${one.label}: ${stateWords(observed.state)}, ${evidence.file}, ${dayWords(on)}`,
      );
      cited.push(evidence);
    }
    cited.push(...proof.evidence);
    const word = incident.drill ? null : wordOf(proof, row);
    if (word !== null) await note('closing_stated', `On the word of ${word}, with a file`);
    else if (proof.state === 'shown' && proof.words.length > 0)
      await note('closing_shown', proof.words.join(' '));
  }
  await keepFiles(tx, context, incident.id, cited);
}

async function keepFiles(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  incident: string,
  cited: readonly Cited[],
): Promise<void> {
  const shaOf = await shasOf(tx, client.id);
  // One table may show many permissions but is one piece of evidence.
  const files = new Map<string, string>();
  for (const one of cited) {
    const sha256 = 'sha256' in one ? one.sha256 : shaOf(one).sha256;
    if (sha256 !== null) files.set(sha256, one.file);
  }
  await addIncidentEvidence(
    tx,
    [...files].map(([sha256, file]) => ({
      client_id: client.id,
      incident_id: incident,
      id: randomUUID(),
      kind: 'readings',
      found: 'kept',
      sha256,
      detail: file,
      added_by_name: actor.name,
      added_at: now,
    })),
  );
}
// Guide: G7.2-02 G7.2-20
