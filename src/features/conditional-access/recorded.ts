import type { RecordedTemplates } from '#domain/conditional-access/overview.ts';
import { ACCESS_TEMPLATES } from '#domain/model/conditional-access.ts';
import { allChanges } from '#store/changes/changes.ts';
import type { Tx } from '#store/open.ts';
import { proofSchema, TARGET } from './proof.ts';

/** What the changes of a client left on record of each policy: its id, its name and the state that it was brought to. */
export async function recordedTemplates(tx: Tx, clientId: string): Promise<RecordedTemplates> {
  const done = (await allChanges(tx, clientId)).filter(
    ({ target, state }) => target === TARGET && state === 'verified',
  );
  return Object.fromEntries(
    ACCESS_TEMPLATES.flatMap((id) => {
      const newest = done.find(({ subject }) => subject === id);
      const proof = proofSchema.safeParse(newest?.proof);
      return proof.success
        ? [[id, { policyId: proof.data.id, name: proof.data.name, state: proof.data.state }]]
        : [];
    }),
  );
}
