import { z } from 'zod';
import type { PlannedStep } from '#domain/changes/plan.ts';
import { address } from '#domain/people/names.ts';
import { names } from '#domain/text/words.ts';
import type { AnthropicAdmin } from '#sources/anthropic/admin.ts';
import { leaverProjects, projectLists } from '#store/work/leaver-projects.ts';
import { openJourneys } from '#store/work/person-journeys.ts';
import { observedSince } from '../shared/observed-since.ts';
import type { Applied, ChangeTarget, Looked, TargetContext } from '../shared/services/change-targets.ts';
import { readSoon, writerState } from '../sources/index.ts';
import { askAnthropic, CLAUDE_WRITER } from './ask-anthropic.ts';
import type { MemberFacts } from './member-task.ts';

const TARGET = 'claude_member';
/** Roles of members whom the vendor lets nobody remove by program, in its own words. */
const STAY: readonly string[] = ['owner', 'primary_owner', 'membership_admin', 'admin'];

const intentSchema = z.strictObject({
  /** Why someone is removed before their projects are listed. */
  without_list: z.string().trim().min(3).max(400).optional(),
});

/**
 * The place of someone in the Claude organization: the member removed, or the invitation that waits withdrawn, after a
 * second person approved it. A later list of members shows that it is done.
 */
export const memberTarget: ChangeTarget = {
  id: TARGET,
  async plan(context, subject, given) {
    const intent = intentSchema.safeParse(given);
    if (!intent.success)
      return {
        ok: false,
        why: 'A removal is planned as it is, or with the reason why the projects are not listed (without_list).',
      };
    const facts = await factsOf(context, subject, []);
    if ('why' in facts) return { ok: false, why: facts.why };
    const why = whyNot(facts, subject);
    if (why !== null) return { ok: false, why };
    const projects = await projectsOf(context, facts.addresses);
    if (projects === 'not_listed' && intent.data.without_list === undefined)
      return {
        ok: false,
        why: 'The projects of the person are not listed yet, and private ones cannot be opened once the person is removed. List them in the offboarding first, or say why not (without_list).',
      };
    return {
      ok: true,
      title: `Remove from Claude: ${facts.accounts[0]?.name ?? address(subject)}`,
      plan: {
        target: TARGET,
        subject,
        intent: given,
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
        measured: { worksHere: facts.worksHere, observedOn: facts.observedOn, projects },
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
      return { is: 'differs', what: [`The members file still lists ${names(facts.listed)}.`] };
    if (!facts.invitations)
      return {
        is: 'differs',
        what: ['The members file does not list invitations, so it does not show that none is pending.'],
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

/** Where the projects of the person are: no offboarding is underway · they are not listed · so many are not settled. */
async function projectsOf(
  { services, client }: TargetContext,
  addresses: readonly string[],
): Promise<'no_offboarding' | 'not_listed' | number> {
  return services.store.read([client.id], async (tx) => {
    const leaving = (await openJourneys(tx, [client.id])).find(
      ({ kind, person_key }) => kind === 'leaving' && addresses.includes(address(person_key)),
    );
    if (leaving === undefined) return 'no_offboarding';
    const listed = (await projectLists(tx, client.id)).some((one) => one.person_journey_id === leaving.id);
    if (!listed) return 'not_listed';
    return (await leaverProjects(tx, client.id)).filter(
      (one) => one.person_journey_id === leaving.id && one.outcome === null,
    ).length;
  });
}

function whyNot({ accounts, synced }: MemberFacts, subject: string): string | null {
  if (accounts.length === 0)
    return `The newest list of members has no member and no invitation for “${address(subject)}”.`;
  const owner = accounts.find(({ role }) => role === 'owner' || role === 'primary_owner');
  if (owner !== undefined)
    return `${owner.name ?? owner.address} owns the organization. Have the ownership handed over in Claude first, have the members read again, and plan it then.`;
  const admin = accounts.find(({ role, roleText }) => role === 'admin' || STAY.includes(roleText ?? ''));
  if (admin !== undefined)
    return `${admin.name ?? admin.address} is an admin, and the vendor does not allow admins to be removed by a program. Give them the User role in Claude first, or remove them there manually.`;
  return synced
    ? 'Members are managed by directory sync, and Claude refuses to remove one. Remove the person from the group in the identity provider instead.'
    : null;
}

/** A member is removed where there is one whom the vendor lets be removed. Sending it twice removes nobody else. */
async function lookForMember(admin: AnthropicAdmin, email: string, sentAt: Date | null): Promise<Looked> {
  const member = await admin.member(email);
  if (member === undefined) return gone(sentAt, `no member with the address ${email}`);
  return STAY.includes(member.role ?? '')
    ? {
        is: 'refused',
        why: `${email} now has the role ${member.role?.replaceAll('_', ' ')} in the organization, and the vendor does not allow anyone with it to be removed by a program.`,
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
        why: `With the key that changes members Anthropic lists ${what}. Either it is already gone, which the next members file will show, or the key belongs to another organization. Nothing was changed.`,
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

export async function factsOf(
  { services, client }: Pick<TargetContext, 'services' | 'client'>,
  person: string,
  addresses: readonly string[],
): Promise<MemberFacts | { readonly why: string }> {
  const run = await services.verdicts.run(client.id, 'claudeMember', { person, addresses });
  return run?.result ?? { why: 'The members of the Claude organization have not been read.' };
}
// Guide: G6.6-03
