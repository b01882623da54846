import type { PlannedStep } from '#domain/changes/plan.ts';
import { observedSince } from '../shared/observed-since.ts';
import type { ChangeTarget, TargetContext } from '../shared/services/change-targets.ts';
import { readSoon, writerState } from '../sources/index.ts';
import { APPS_WRITER, applyToApps, lookAtApps } from './app.ts';
import type { PersonGrants } from './grants-task.ts';

const TARGET = 'connector_grants';

/** Revokes one person's consents for the Microsoft 365 connector, after a second person's approval. */
export const connectorGrantsTarget: ChangeTarget = {
  id: TARGET,
  async plan(context, subject) {
    const facts = await factsOf(context, subject);
    if ('why' in facts) return { ok: false, why: facts.why };
    const [person, ...more] = facts.people;
    if (person === undefined || more.length > 0)
      return {
        ok: false,
        why: `${person === undefined ? 'No account' : 'More than one account'} in Entra is called “${subject}”. Enter the address with which the person signs in.`,
      };
    if (facts.grants.some(({ id }) => id === null))
      return {
        ok: false,
        why: 'The file does not give the ids of the grants, so they cannot be ended one by one.',
      };
    if (facts.grants.length === 0)
      return {
        ok: false,
        why: `${person.name} gave the connector no consent of their own, as the newest list of grants shows.${
          facts.forEveryone
            ? ' An administrator consented for everyone; that one cannot be ended for one person. Take the person’s assignment away, or close the account.'
            : ''
        }`,
      };
    return {
      ok: true,
      title: `End what the Microsoft 365 connector may do for ${person.name}`,
      plan: {
        target: TARGET,
        subject,
        intent: {},
        rests: facts.files.join(' '),
        steps: facts.grants.map(
          ({ id, scopes }): PlannedStep => ({
            what: 'remove_grant',
            name: person.name,
            mark: `remove_grant:${id}`,
            body: { id: id ?? '' },
            before: { removes: [...scopes], keeps: [], person: person.id },
          }),
        ),
        measured: null,
        back: null,
      },
    };
  },
  async verify(context, plan, since) {
    const facts = await factsOf(context, plan.subject);
    if ('why' in facts || !(await observedSince(context, 'permission_grants', facts.files, since)))
      return { is: 'not_yet' };
    const ended = plan.steps.map(({ body }) => (body as { readonly id: string }).id);
    if (facts.grants.length > 0) return { is: 'differs', what: ['a consent of theirs is still there'] };
    return { is: 'holds', sha256: facts.files[0] ?? null, proof: { ended, files: facts.files } };
  },
  writes: {
    may: async ({ services, client }) => (await writerState(services, client.id, APPS_WRITER)).is === 'ready',
    look: lookAtApps,
    apply: applyToApps,
    observe: ({ services, client }) =>
      readSoon(services, client.id, APPS_WRITER.vendor, ['applications', 'grants']),
  },
};

async function factsOf(
  { services, client }: TargetContext,
  person: string,
): Promise<PersonGrants | { readonly why: string }> {
  const run = await services.verdicts.run(client.id, 'connectorGrantsOf', { person });
  return run?.result ?? { why: 'The permission grants have not been read.' };
}
// Guide: G7.2-07
