import { type Grant, mayManage, permissionsOf } from '#domain/access/permissions.ts';
import type { ClientName } from '#store/access/clients.ts';
import { insertGrant, listPeople, type Person, peopleAt, removeGrant } from '#store/access/people.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound, unprocessable } from '../../problems.ts';
import { type AccessChange, changeAccess } from '../change.ts';
import {
  clientNamed,
  type GrantInput,
  grantOf,
  keepAnOwner,
  personNamed,
  refuseBeyondOwn,
  refuseUnmanageable,
} from '../rules.ts';
import { grantRecord, grantView, grantWords, permissionsView } from '../views.ts';

interface PersonGrant extends GrantInput {
  readonly user: string;
  readonly reason: string;
}
interface RevokeInput {
  readonly user: string;
  readonly grant: string;
  readonly reason: string;
}

/** Lets an Owner grant or deny anything to anyone, anywhere. */
export async function grantInWorkspace(
  context: HandlerContext,
  input: PersonGrant & { forClient: string | null },
) {
  const needs = { action: 'access.grant', permission: 'users.manage', client: null } as const;
  return changeAccess(context, needs, async (change) => {
    const person = await personNamed(change.tx, input.user);
    const client = await clientNamed(change.tx, change.own, input.forClient);
    refuseUnmanageable(change.own, context.actor.userId, person, 'everywhere');
    return give(context, change, { person, client, input });
  });
}

/** For people who may give access to one client, to someone who already has some. Others are invited. */
export async function grantForClient(context: HandlerContext, input: PersonGrant) {
  const { client } = context;
  const needs = { action: 'access.grant', permission: 'access.grant', client: client.id } as const;
  return changeAccess(context, needs, async (change) => {
    const person = await personHere(change.tx, client.id, input.user);
    refuseUnmanageable(change.own, context.actor.userId, person, { client: client.id });
    return give(context, change, { person, client, input });
  });
}

async function give(
  { actor, now }: HandlerContext,
  { tx, own, record }: AccessChange,
  { person, client, input }: { person: Person; client: ClientName | null; input: PersonGrant },
) {
  const { name, id: userId } = person.row;
  const grant = grantOf(input, client?.id ?? null);
  refuseBeyondOwn(own, grant);
  if (person.grants.some((one) => same(one, grant)))
    throw unprocessable(`${name} has this already: ${grantWords(grant, client)}.`);
  const id = await insertGrant(tx, { userId, grant, by: actor.userId, now });
  if (grant.effect === 'deny') await keepAnOwner(tx, name);
  await record({
    ...(client === null ? {} : { chain: client.id }),
    subject: { kind: 'user', id: userId, name },
    reason: input.reason,
    after: grantRecord(grant, client),
  });
  return grantView(own, { ...grant, id, userId, place: client, grantedBy: actor.name, at: now });
}

function same(one: Grant, other: Grant): boolean {
  return (
    one.client === other.client &&
    one.effect === other.effect &&
    one.role === other.role &&
    one.permission === other.permission
  );
}

/** Lets an Owner remove a role or a denial. */
export async function revokeInWorkspace(context: HandlerContext, input: RevokeInput) {
  const needs = { action: 'access.take', permission: 'users.manage', client: null } as const;
  return changeAccess(context, needs, async (change) => {
    const person = await personNamed(change.tx, input.user);
    refuseUnmanageable(change.own, context.actor.userId, person, 'everywhere');
    return take(change, person, input);
  });
}

/** Lets people who may give access to one client remove what was granted for it, but not grants for all clients. */
export async function revokeForClient(context: HandlerContext, input: RevokeInput) {
  const { client } = context;
  const needs = { action: 'access.take', permission: 'access.grant', client: client.id } as const;
  return changeAccess(context, needs, async (change) => {
    const person = await personHere(change.tx, client.id, input.user);
    if (!person.grants.some((one) => one.id === input.grant && one.client === client.id)) throw notFound();
    refuseUnmanageable(change.own, context.actor.userId, person, { client: client.id });
    return take(change, person, input);
  });
}

async function take({ tx, own, record }: AccessChange, person: Person, input: RevokeInput) {
  const { name } = person.row;
  const grant = person.grants.find((one) => one.id === input.grant);
  if (grant === undefined) throw notFound();
  refuseBeyondOwn(own, grant);
  await removeGrant(tx, grant.id);
  if (grant.effect === 'allow') await keepAnOwner(tx, name);
  await record({
    ...(grant.client === null ? {} : { chain: grant.client }),
    subject: { kind: 'user', id: person.row.id, name },
    reason: input.reason,
    before: grantRecord(grant, grant.place),
  });
  return { taken: true as const };
}

/** People with access to the client, including those of the workspace, without what they may do elsewhere. */
export async function listHere({ actor, client, can, services }: HandlerContext) {
  const people = await services.store.read('system', async (tx) =>
    listPeople(tx, await peopleAt(tx, client.id)),
  );
  const here = people
    .map((whole) => atClient(whole, client.id))
    .filter((person) => belongs(person, client.id));
  const items = here.map((person) => {
    const self = person.row.id === actor.userId;
    return {
      id: person.row.id,
      name: person.row.name,
      email: person.row.email,
      grants: person.grants.map((grant) => grantView(actor.grants, grant)),
      disabled: person.row.disabled_at !== null,
      changeable:
        !self && can('access.grant') && mayManage(actor.grants, person.grants, { client: client.id }),
      self,
    };
  });
  return { items, total: items.length };
}

/** What someone with access to the client may do there. */
export async function mayHere({ actor, client, services }: HandlerContext, user: string) {
  const person = await services.store.read('system', (tx) => personHere(tx, client.id, user));
  return permissionsView(person, client.id, actor.grants);
}

/** Someone with access to the client, limited to what applies there. */
async function personHere(tx: Tx, clientId: string, user: string): Promise<Person> {
  const person = atClient(await personNamed(tx, user), clientId);
  if (!belongs(person, clientId)) throw notFound();
  return person;
}

/** Whether someone has any permission at the client or a grant specific to it: denials have to be visible, too. */
function belongs({ grants }: Person, clientId: string): boolean {
  return grants.some(({ client }) => client === clientId) || permissionsOf(grants, clientId).size > 0;
}

function atClient(person: Person, clientId: string): Person {
  return {
    ...person,
    grants: person.grants.filter(({ client }) => client === null || client === clientId),
  };
}
