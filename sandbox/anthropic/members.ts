import type { IncomingMessage } from 'node:http';
import { Refused } from './answers.ts';
import type { Organization } from './organization.ts';
import type { Sample } from './samples.ts';
import type { KeyOf } from './simulator.ts';

/** Days until an invitation expires. */
const INVITATION_DAYS = 21;
/** Roles whose members the API cannot remove. */
const STAY = ['owner', 'primary_owner', 'membership_admin', 'admin'];

interface Change {
  readonly method: string;
  readonly path: string;
  readonly body: Sample;
  readonly now: Date;
}

/** Users or invitations, with the vendor's documented filters. */
export function membersListed({ users, invites }: Organization, path: string, query: URLSearchParams) {
  const email = query.get('email');
  const statuses = query.getAll('statuses[]');
  const wanted = email === null ? null : normalized(email);
  return (path.endsWith('users') ? users : invites).filter(
    (one) =>
      (wanted === null || normalized(String(one.email)) === wanted) &&
      (one.type !== 'invite' ||
        (statuses.length === 0 ? one.status !== 'deleted' : statuses.includes(String(one.status)))),
  );
}

/** The vendor compares addresses without regard to case or to a plus suffix. */
function normalized(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*@/, '@');
}

/** Removes a member, withdraws an invitation or sends one; throws the vendor's refusals. */
export function changeMembers(
  organization: Organization,
  key: KeyOf | undefined,
  { method, path, body, now }: Change,
): Sample {
  if (key === undefined) throw new Refused(401, 'authentication_error', 'invalid x-api-key');
  if (key.kind !== 'admin' && !key.scopes.includes('write:members'))
    throw new Refused(
      403,
      'permission_error',
      `Missing required scopes. Got: ${JSON.stringify(key.scopes)} Needed: ["write:members"]`,
    );
  const [, what, id] = /^\/v1\/organizations\/(users|invites)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (method === 'DELETE' && id !== undefined) {
    const list = what === 'users' ? organization.users : organization.invites;
    const at = list.findIndex((one) => one.id === id);
    const one = list[at];
    if (one === undefined) throw new Refused(404, 'not_found_error', 'Not found');
    if (what === 'users') {
      if (STAY.includes(String(one.role)))
        throw new Refused(400, 'invalid_request_error', 'This member cannot be removed through the API');
      if (list.length === 1)
        throw new Refused(400, 'invalid_request_error', 'The only member', 'cannot_remove_last_member');
    } else if (one.status !== 'pending')
      throw new Refused(400, 'invalid_request_error', 'Only a pending invite can be deleted');
    list.splice(at, 1);
    return { type: what === 'users' ? 'user_deleted' : 'invite_deleted', id };
  }
  if (method === 'POST' && what === 'invites' && id === undefined) return invite(organization, body, now);
  throw new Refused(405, 'invalid_request_error', 'Method not allowed');
}

function invite({ users, invites, settings }: Organization, body: Sample, now: Date): Sample {
  const { email, role, ...more } = body;
  if (typeof email !== 'string' || !email.includes('@') || Object.keys(more).length > 0)
    throw new Refused(400, 'invalid_request_error', 'email: not valid');
  if (role !== 'user') throw new Refused(400, 'invalid_request_error', 'role: not accepted');
  const refused = (code: string) => new Refused(400, 'invalid_request_error', code, code);
  const same = (one: Sample) => normalized(String(one.email)) === normalized(email);
  if (users.some(same)) throw refused('already_member');
  if (invites.some((one) => one.status === 'pending' && same(one))) throw refused('invite_already_exists');
  const allowed = settings.find(({ name }) => name === 'allowed_invite_domains')?.value;
  if (Array.isArray(allowed) && !allowed.includes(email.split('@')[1]))
    throw refused('email_domain_not_allowed');
  const sent: Sample = {
    type: 'invite',
    id: `invite_${String(invites.length + 1).padStart(2, '0')}${now.getTime()}`,
    email,
    role,
    invited_at: now.toISOString(),
    expires_at: new Date(now.getTime() + INVITATION_DAYS * 86_400_000).toISOString(),
    accepted_at: null,
    status: 'pending',
    rbac_group_ids: [],
  };
  invites.push(sent);
  return sent;
}

/** The JSON body of a request; an empty object if there is none. */
export async function bodyOf(request: IncomingMessage): Promise<Sample> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Sample);
}
