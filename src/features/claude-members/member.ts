import type { PlannedStep } from '#domain/changes/plan.ts';
import { address } from '#domain/people/names.ts';
import { names } from '#domain/text/words.ts';
import type { AnthropicAdmin } from '#sources/anthropic/admin.ts';
import { observedSince } from '../shared/observed-since.ts';
import type { Applied, ChangeTarget, Looked, TargetContext } from '../shared/services/change-targets.ts';
import { readSoon, writerState } from '../sources/index.ts';
import { askAnthropic, CLAUDE_WRITER } from './ask-anthropic.ts';
import type { MemberFacts } from './member-task.ts';

const TARGET = 'claude_member';
/** Roles of members whom the vendor lets nobody remove by program, in its own words. */
const STAY: readonly string[] = ['owner', 'primary_owner', 'membership_admin', 'admin'];

/**
 * The place of someone in the Claude organization: the member removed, or the invitation that waits withdrawn, after a
 * second person approved it. A later list of members shows that it is done.
 */
export const memberTarget: ChangeTarget = {
  id: TARGET,
  async plan(context, subject) {
    const facts = await factsOf(context, subject, []);
    if ('why' in facts) return { ok: false, why: facts.why };
    const why = whyNot(facts, subject);
    if (why !== null) return { ok: false, why };
    return {
      ok: true,
      title: `Remove from Claude: ${facts.accounts[0]?.name ?? address(subject)}`,
      plan: {
        target: TARGET,
        subject,
        intent: {},
        rests: facts.files.join(' '),
        steps: facts.accounts.map((one): PlannedStep => {
          const what = one.status === 'invited' ? 'withdraw_invitation' : 'remove_member';
          return {
            what,
            name: one.address,
            mark: `${what}:${one.address}`,
            body: { address: one.address },
            before: { status: one.status, role: one.roleText },
          };
        }),
        measured: { worksHere: facts.worksHere, observedOn: facts.observedOn },
        back: null,
      },
    };
  },
  async verify(context, plan, since) {
    const wanted = plan.steps.map(addressOf);
    const facts = await factsOf(context, plan.subject, wanted);
    if ('why' in facts || !(await observedSince(context, 'members', facts.files, since)))
      return { is: 'not_yet' };
    if (facts.listed.length > 0)
      return { is: 'differs', what: [`The list of members still holds ${names(facts.listed)}.`] };
    if (!facts.invitations)
      return {
        is: 'differs',
        what: ['The list of members tells of no invitations, so it does not show that none waits.'],
      };
    return {
      is: 'holds',
      sha256: facts.files[0] ?? null,
      proof: { addresses: wanted, files: [...facts.files] },
    };
  },
  writes: {
    may: async ({ services, client }) =>
      (await writerState(services, client.id, CLAUDE_WRITER)).is === 'ready',
    look: (of, step, _made, sentAt) =>
      askAnthropic<Looked>(of, (admin) =>
        step.what === 'remove_member'
          ? lookForMember(admin, addressOf(step), sentAt)
          : lookForInvitation(admin, addressOf(step), sentAt),
      ),
    apply: (of, step) => askAnthropic<Applied>(of, (admin) => remove(admin, step)),
    observe: ({ services, client }) => readSoon(services, client.id, CLAUDE_WRITER.vendor, ['members']),
  },
};

function whyNot({ accounts, synced }: MemberFacts, subject: string): string | null {
  if (accounts.length === 0)
    return `The newest list of members holds no member and no invitation of “${address(subject)}”.`;
  const owner = accounts.find(({ role }) => role === 'owner' || role === 'primary_owner');
  if (owner !== undefined)
    return `${owner.name ?? owner.address} owns the organization. Have the ownership handed over in Claude first, have the members read again, and plan it then.`;
  const admin = accounts.find(({ role, roleText }) => role === 'admin' || STAY.includes(roleText ?? ''));
  if (admin !== undefined)
    return `${admin.name ?? admin.address} is an admin, whom the vendor lets nobody remove by program. Give them the role of a user in Claude first, or remove them there by hand.`;
  return synced
    ? 'Members come and go by directory sync, and Claude refuses to remove one. Take the person out of the group in the identity provider instead.'
    : null;
}

/** A member is removed where there is one whom the vendor lets be removed. Sending it twice removes nobody else. */
async function lookForMember(admin: AnthropicAdmin, email: string, sentAt: Date | null): Promise<Looked> {
  const member = await admin.member(email);
  if (member === undefined) return gone(sentAt, `no member with the address ${email}`);
  return STAY.includes(member.role ?? '')
    ? {
        is: 'refused',
        why: `${email} is ${member.role?.replaceAll('_', ' ')} of the organization by now, whom the vendor lets nobody remove by program.`,
      }
    : { is: 'open', harmless: true };
}

async function lookForInvitation(admin: AnthropicAdmin, email: string, sentAt: Date | null): Promise<Looked> {
  if ((await admin.invitation(email)) !== undefined) return { is: 'open', harmless: true };
  if ((await admin.member(email)) !== undefined)
    return {
      is: 'refused',
      why: `${email} has accepted the invitation since the plan. Have the members read again, and plan to remove the member.`,
    };
  return gone(sentAt, `no invitation that waits for ${email}`);
}

/** What was sent is done where it is gone; what was not may be of another organization than the key. */
function gone(sentAt: Date | null, what: string): Looked {
  return sentAt === null
    ? {
        is: 'refused',
        why: `With the key that changes members Anthropic lists ${what}. Either it is gone by now, which the next list of members shows, or the key is of another organization. Nothing was changed.`,
      }
    : { is: 'done', id: null };
}

async function remove(admin: AnthropicAdmin, step: PlannedStep): Promise<Applied> {
  const email = addressOf(step);
  const member = step.what === 'remove_member';
  const found = await (member ? admin.member(email) : admin.invitation(email));
  if (found === undefined) return { is: 'done', id: null };
  await (member ? admin.removeMember(found.id) : admin.withdrawInvitation(found.id));
  return { is: 'done', id: found.id };
}

function addressOf({ body }: PlannedStep): string {
  return String((body as { readonly address?: string } | null)?.address ?? '');
}

async function factsOf(
  { services, client }: TargetContext,
  person: string,
  addresses: readonly string[],
): Promise<MemberFacts | { readonly why: string }> {
  const run = await services.verdicts.run(client.id, 'claudeMember', { person, addresses });
  return run?.result ?? { why: 'The members of the Claude organization have not been read.' };
}
// Guide: G6.6-03
