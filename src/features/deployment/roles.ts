import { ADMIN_ROLES, type AdminRole, reaches } from '#domain/model/admin-roles.ts';
import { address } from '#domain/people/names.ts';
import { assignmentsOf } from '#store/work/assignments.ts';
import type { HandlerContext } from '../context.ts';
import { peopleNowWith } from '../owners/index.ts';
import { notFound } from '../problems.ts';
import { readProfile } from '../shared/profile.ts';
import type { ClaudeRoles } from './roles-task.ts';
import { showDeployment } from './show.ts';
import { isWork, JOURNEY } from './status.ts';

type Member = ClaudeRoles['members'][number];

/**
 * Who holds the administrative roles in Claude, what each role may do, and which open tasks no one on the delivery team
 * has the role for. The delivery team is everyone who may work on the deployment here or was assigned one of its tasks.
 */
export async function showRoles(context: HandlerContext) {
  const { services, client } = context;
  const run = await services.verdicts.run(client.id, 'claudeRoles', undefined);
  const found = run?.result ?? null;
  const roles = services.catalogue.capabilities.find(({ id }) => id === 'claude.roles')?.vendor;
  if (found === null || roles === undefined) throw notFound();
  const { plan, assigned } = await context.read(async (tx) => ({
    plan: (await readProfile(tx, client.id)).claudePlan,
    assigned: await assignmentsOf(tx, client.id, JOURNEY),
  }));
  const able = await peopleNowWith(services, client.id, 'deployment.work');
  const team = new Map(able.map(({ name, email }) => [address(email), name]));
  for (const { owner_mail, owner_name } of assigned)
    if (owner_mail !== null && !team.has(address(owner_mail)))
      team.set(address(owner_mail), owner_name ?? owner_mail);
  const byAddress = new Map(found.members.map((member) => [member.email, member]));
  const known = found.read.why === null;
  const held = (needed: AdminRole): boolean | null => {
    if (!known) return null;
    const own = [...team.keys()].flatMap((email) => byAddress.get(email) ?? []);
    if (own.some((member) => acts(member, needed))) return true;
    // A custom role may include any right, and a role missing from the list may be any, so the answer is not known.
    return own.some(({ role }) => role === null || role === 'custom') ? null : false;
  };
  const { tasks } = await showDeployment(context);
  return {
    plan,
    asOf: roles.asOf,
    sources: roles.sources.map(({ title, url }) => ({ title, url })),
    read: found.read,
    roles: ADMIN_ROLES.map((role) => ({
      role,
      may: (roles.rights ?? [])
        .filter((right) => right.roles.includes(role) && (right.plans?.includes(plan) ?? true))
        .map(({ does }) => does),
      people: found.members
        .filter((member) => member.role === role)
        .map(({ email, name, pending }) => ({ email, name, pending, delivers: team.has(email) })),
    })),
    unknown: found.members.filter(({ role }) => role === null || role === 'custom').length,
    team: [...team].map(([email, name]) => ({ email, name, role: byAddress.get(email)?.role ?? null })),
    tasks: tasks
      .filter(({ state }) => isWork(state) || state === 'locked')
      .flatMap(({ id, title, at }) => {
        const needed = ADMIN_ROLES.find((role) => at.some((place) => place.role === role));
        return needed === undefined ? [] : [{ id, title, role: needed, held: held(needed) }];
      }),
  };
}

function acts({ role, pending }: Member, needed: AdminRole): boolean {
  return !pending && ADMIN_ROLES.some((one) => one === role && reaches(one, needed));
}
// Guide: G1.1-01
