import { z } from 'zod';
import type { Plain } from '#domain/changes/plan.ts';
import { addDays } from '#domain/model/day.ts';
import { names } from '#domain/text/words.ts';
import { allChanges } from '#store/changes/changes.ts';
import { present } from '../shared/moment.ts';
import { observedSince } from '../shared/observed-since.ts';
import type { ChangeTarget, TargetContext } from '../shared/services/change-targets.ts';
import type { ExclusionFacts } from './exclusion-task.ts';
import { EXCLUSION } from './proof.ts';
import { recordedTemplates } from './recorded.ts';
import { graphWrites } from './writes.ts';

/** Maximum days for which one person may exclude someone without a second person; longer exclusions need a charter. */
export const EXCLUSION_DAYS = 30;
/** Days over which the limit is counted, so that consecutive exclusions cannot add up to a permanent one. */
const WITHIN_DAYS = 60;

const intentSchema = z.strictObject({
  /** Template names of the policies, separated by spaces. Left out: all of the guide's policies that are on. */
  policies: z.string().max(200).optional(),
  /**
   * For the way back: the account to include again and the ids of the policies that excluded it, separated by spaces.
   */
  account: z.string().max(80).optional(),
  from: z.string().max(400).optional(),
});

/**
 * Excludes a person from policies for some days, for example during vacation or with a broken phone. One technician may
 * do it, until an end date; then it is reverted, and the next reading has to confirm that.
 */
export const exclusionTarget: ChangeTarget = {
  id: EXCLUSION,
  async plan(context, subject, given) {
    const intent = intentSchema.safeParse(given);
    if (!intent.success) return { ok: false, why: 'No one can be excluded from this.' };
    const facts = await factsOf(context, intent.data.account ?? subject);
    if ('why' in facts) return { ok: false, why: facts.why };
    if (intent.data.from !== undefined) return takeIn(subject, intent.data, facts);
    const out = leaveOut(subject, intent.data, facts);
    if (!out.ok) return out;
    const days = await daysLeft(context, out.plan.back.account);
    return days >= 0
      ? { ...out, alone: { days } }
      : {
          ok: false,
          why: `${out.plan.steps[0]?.body.person ?? subject} was left out for ${EXCLUSION_DAYS} of the last ${WITHIN_DAYS} days. For longer, have it approved in the charter.`,
        };
  },
  async verify(context, plan, since) {
    const [step] = plan.steps;
    const { user = '' } = (step?.body ?? {}) as { readonly user?: string };
    const facts = await factsOf(context, user);
    if ('why' in facts || !(await observedSince(context, 'ca_policies', facts.files, since)))
      return { is: 'not_yet' };
    const wrong = plan.steps.filter(({ what, body }) => {
      const id = String((body as { readonly policy?: string }).policy).toLowerCase();
      // A deleted policy no longer excludes anyone.
      return facts.leftOutOf.includes(id) !== (what === 'leave_out');
    });
    if (wrong.length > 0) return { is: 'differs', what: wrong.map(({ name }) => name) };
    return {
      is: 'holds',
      sha256: facts.files[0] ?? null,
      proof: {
        user,
        policies: plan.steps.map(({ body }) => (body as { policy: string }).policy),
        files: facts.files,
      },
    };
  },
  writes: graphWrites,
};

/** Number of days, from today on, for which one person may still exclude an account; negative if not even today. */
async function daysLeft({ services, client, now }: TargetContext, account: string): Promise<number> {
  const rows = await services.store.read([client.id], (tx) => allChanges(tx, client.id));
  const { today } = present(now, client.timezone);
  const dayOf = (at: Date) => present(at, client.timezone).today;
  const long = addDays(today, -WITHIN_DAYS);
  const out = new Set<string>();
  for (const row of rows) {
    const { target, alone, state, until_day, applied_at } = row;
    const { account: whose } = (row.plan.back ?? {}) as { readonly account?: string };
    if (target !== EXCLUSION || !alone || state === 'failed' || whose !== account) continue;
    if (until_day === null || applied_at === null) continue;
    const back = rows.find((one) => one.undoes === row.id && one.state === 'verified')?.applied_at ?? null;
    const ended = back === null || dayOf(back) > until_day ? until_day : dayOf(back);
    for (let day = dayOf(applied_at); day <= ended && day < today; day = addDays(day, 1))
      if (day >= long) out.add(day);
  }
  return EXCLUSION_DAYS - out.size;
}

function leaveOut(subject: string, intent: z.infer<typeof intentSchema>, facts: ExclusionFacts) {
  const [account, ...more] = facts.accounts;
  if (account === undefined || more.length > 0)
    return {
      ok: false as const,
      why:
        account === undefined
          ? `No account in Entra is called “${subject}”. Enter the address with which the person signs in.`
          : `${facts.accounts.length} accounts in Entra are called “${subject}”. Enter the address with which the person signs in.`,
    };
  if (facts.own.includes(account.id))
    return { ok: false as const, why: 'You cannot exclude yourself. Ask someone else to do it.' };
  const wanted = intent.policies?.split(/\s+/u).filter(Boolean);
  const policies = facts.made.filter(
    ({ template, state }) => state === 'enabled' && (wanted === undefined || wanted.includes(template)),
  );
  if (policies.length === 0)
    return {
      ok: false as const,
      why: 'None of these policies is on, so there is nothing to exclude the person from.',
    };
  const open = policies.filter(({ id }) => !facts.leftOutOf.includes(id.toLowerCase()));
  if (open.length === 0)
    return {
      ok: false as const,
      why: `${account.name} is left out of ${names(policies.map(({ name }) => `“${name}”`))} already, by someone else or for good.`,
    };
  return {
    ok: true as const,
    title: `Leave out: ${account.name}`,
    plan: {
      target: EXCLUSION,
      subject,
      intent: intent as Plain,
      rests: facts.files.join(' '),
      steps: open.map((policy) => stepOf('leave_out', policy, account)),
      measured: null,
      back: { account: account.id, from: open.map(({ id }) => id).join(' ') },
    },
  };
}

function takeIn(subject: string, intent: z.infer<typeof intentSchema>, facts: ExclusionFacts) {
  const user = intent.account ?? '';
  const account = facts.accounts.find(({ id }) => id === user) ?? { id: user, name: subject };
  return {
    ok: true as const,
    title: `Take in again: ${account.name}`,
    alone: 'back' as const,
    plan: {
      target: EXCLUSION,
      subject,
      intent: intent as Plain,
      rests: facts.files.join(' '),
      steps: (intent.from ?? '')
        .split(' ')
        .filter(Boolean)
        .map((id) =>
          stepOf('take_in', { id, name: facts.made.find((one) => one.id === id)?.name ?? id }, account),
        ),
      measured: null,
      back: null,
    },
  };
}

function stepOf(
  what: 'leave_out' | 'take_in',
  policy: { readonly id: string; readonly name: string },
  account: { readonly id: string; readonly name: string },
) {
  return {
    what,
    name: policy.name,
    mark: `${what}:${policy.id}:${account.id}`,
    body: { policy: policy.id, user: account.id, person: account.name },
    before: null,
  };
}

async function factsOf(
  { services, client, by }: TargetContext,
  person: string,
): Promise<ExclusionFacts | { readonly why: string }> {
  const recorded = await services.store.read([client.id], (tx) => recordedTemplates(tx, client.id));
  const run = await services.verdicts.run(client.id, 'accessExclusion', {
    person,
    by: by ?? [],
    recorded,
  });
  const found = run?.result ?? null;
  if (found === null) return { why: 'Conditional Access has not been read.' };
  return 'howToGet' in found ? { why: `${found.why} ${found.howToGet}`.trim() } : found;
}
// Guide: G6.3-04
