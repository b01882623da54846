import type { PlannedStep } from '#domain/changes/plan.ts';
import { body } from '#sources/microsoft/graph/body.ts';
import { select } from '#sources/microsoft/graph/select.ts';
import { observedSince } from '../shared/observed-since.ts';
import type { Applied, ChangeTarget, Looked, TargetContext } from '../shared/services/change-targets.ts';
import { readSoon, writerState } from '../sources/index.ts';
import type { AccountFacts } from './account-task.ts';
import { askGraph } from './ask-graph.ts';

const TARGET = 'entra_account';
/** The application with consent for disabling accounts. */
const WRITER = { vendor: 'microsoft', kind: 'leaving' };

/** Maximum delay in milliseconds with which a person may report here what they did in the admin center. */
const REPORTED_LATER_MS = 24 * 3_600_000;

/** Disables the Entra account of a person who left and ends its sessions, after a second person's approval. */
export const accountTarget: ChangeTarget = {
  id: TARGET,
  async plan(context, subject) {
    const facts = await factsOf(context, subject);
    if ('why' in facts) return { ok: false, why: facts.why };
    const [account, ...more] = facts.accounts;
    if (account === undefined || more.length > 0)
      return {
        ok: false,
        why: `${account === undefined ? 'No account' : 'More than one account'} in Entra is called “${subject}”. Enter the address with which the person signs in.`,
      };
    if (account.emergency)
      return { ok: false, why: `${account.name} is an emergency access account, which stays open.` };
    const step = (what: string, body: { readonly accountEnabled?: boolean }): PlannedStep => ({
      what,
      name: account.name,
      mark: `${what}:${account.id}`,
      body: { user: account.id, ...body },
      before: { enabled: account.enabled },
    });
    return {
      ok: true,
      title: `Close the account: ${account.name}`,
      plan: {
        target: TARGET,
        subject,
        intent: {},
        rests: facts.files.join(' '),
        // Sessions are also ended if the account is already disabled, because they remain valid otherwise.
        steps: [step('disable_account', { accountEnabled: false }), step('end_sessions', {})],
        measured: null,
        back: null,
      },
    };
  },
  async verify(context, plan, since) {
    const user = userOf(plan.steps[0]);
    const facts = await factsOf(context, user);
    if ('why' in facts || !(await observedSince(context, 'entra_users', facts.files, since)))
      return { is: 'not_yet' };
    const account = facts.accounts.find(({ id }) => id === user);
    if (account?.enabled !== false) return { is: 'differs', what: ['the account is enabled'] };
    const { sessionsValidFrom } = account;
    if (sessionsValidFrom !== null && Date.parse(sessionsValidFrom) < since.getTime() - REPORTED_LATER_MS)
      return { is: 'differs', what: ['the sessions were not revoked'] };
    return { is: 'holds', sha256: facts.files[0] ?? null, proof: { user, files: facts.files } };
  },
  writes: {
    may: async ({ services, client }) => (await writerState(services, client.id, WRITER)).is === 'ready',
    look: (of, step) =>
      askGraph<Looked>(of, WRITER, async (graph) => {
        if (step.what === 'end_sessions')
          // Ending sessions again has no further effect.
          return { is: 'open', harmless: true };
        const { accountEnabled } = await graph.get(pathOf(step), select('user', 'id', 'accountEnabled'));
        return accountEnabled === false ? { is: 'done', id: userOf(step) } : { is: 'open', harmless: true };
      }),
    apply: (of, step) =>
      askGraph<Applied>(of, WRITER, async (graph) => {
        if (step.what === 'end_sessions')
          await graph.post(`${pathOf(step)}/revokeSignInSessions`, body('revokeSignInSessions', {}));
        else await graph.patch(pathOf(step), body('user', { accountEnabled: false }));
        return { is: 'done', id: userOf(step) };
      }),
    observe: ({ services, client }) => readSoon(services, client.id, WRITER.vendor, ['users']),
  },
};

function userOf(step: PlannedStep | undefined): string {
  return String((step?.body as { readonly user?: string } | undefined)?.user ?? '');
}

function pathOf(step: PlannedStep): string {
  return `/users/${encodeURIComponent(userOf(step))}`;
}

async function factsOf(
  { services, client }: TargetContext,
  person: string,
): Promise<AccountFacts | { readonly why: string }> {
  const run = await services.verdicts.run(client.id, 'entraAccount', { person });
  return run?.result ?? { why: 'The users of the directory have not been read.' };
}
// Guide: G6.6-01
