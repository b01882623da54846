import { type Grant, permissionsOf } from '#domain/access/permissions.ts';
import { CONTROL_ASSIGNMENTS, type Owner } from '#domain/work/facts.ts';
import type { WorkItem } from '#domain/work/items.ts';
import { activeGrants } from '#store/access/people.ts';
import { findUser, type UserRow } from '#store/identity/users.ts';
import type { ReminderMail } from '#store/reminders/work-reminders.ts';
import { findAssignment } from '#store/work/assignments.ts';
import type { HandlerContext } from '../../context.ts';
import { findControl } from '../../controls/index.ts';
import { wantsMail } from '../../mail/index.ts';
import { notFound } from '../../problems.ts';
import { isMine, KIND_NEEDS, placeOf, viewerOf, visibleItems, workAt } from '../../work/index.ts';
import type { Refusal } from './messages.ts';

/** An item of work whose owner someone wants to remind. */
export interface Reminding {
  readonly item: WorkItem;
  /** Page where it is done, without the client's part of the address. */
  readonly path: string;
  readonly owner: Owner;
  readonly user: Pick<UserRow, 'id' | 'name' | 'email'>;
  readonly mail: ReminderMail;
}

export type Found = { readonly refusal: Refusal; readonly item: WorkItem | null } | Reminding;

const CONTROL = /^control:/;

/**
 * Who receives a reminder of an item of work, or why none can be sent. `key` is that of the work, or `control:` with a
 * control's id for the finding that it belongs to.
 */
export async function whoIsReminded(context: HandlerContext, key: string): Promise<Found> {
  const { services, client, actor } = context;
  const [work] = await workAt(services, [client.id]);
  if (work === undefined) throw notFound();
  const viewer = viewerOf(context);
  const items = visibleItems(work, viewer.can);
  const item = CONTROL.test(key)
    ? await findingOf(context, items, key.replace(CONTROL, ''))
    : (items.find((one) => one.key === key) ?? null);
  if (item === 'nobody') return { refusal: { code: 'nobody' }, item: null };
  if (item === null) return { refusal: { code: 'settled' }, item };
  const { owner } = item;
  if (owner === null || item.when === 'itself') return { refusal: { code: 'nobody' }, item };
  if (isMine(item, client.id, viewer) || owner.user === actor.userId)
    return { refusal: { code: 'self' }, item };
  if (owner.user === null)
    return { refusal: { code: 'no_account', name: owner.name, mail: owner.mail }, item };
  const { user, grants } = await services.store.read('system', async (tx) => ({
    user: await findUser(tx, owner.user ?? ''),
    grants: (await activeGrants(tx)).get(owner.user ?? '') ?? [],
  }));
  const refusal = refusedFor(user, grants, { owner, item, clientId: client.id });
  if (user === null || refusal !== null) return { refusal: refusal ?? { code: 'nobody' }, item };
  const mail = client.sandbox
    ? 'sandbox'
    : !(await services.mail.configured())
      ? 'not_set_up'
      : (await wantsMail(services.store, user))
        ? 'sending'
        : 'declined';
  return { item, path: placeOf(item), owner, user, mail };
}

async function findingOf(
  context: HandlerContext,
  items: readonly WorkItem[],
  id: string,
): Promise<WorkItem | 'nobody' | null> {
  const { services, client } = context;
  const control = findControl(services.catalogue, id);
  const assigned = await context.read((tx) => findAssignment(tx, client.id, CONTROL_ASSIGNMENTS, control.id));
  if (assigned?.owner_name == null) return 'nobody';
  return items.find(({ kind, controls }) => kind === 'finding' && controls.includes(control.id)) ?? null;
}

interface Wanted {
  readonly owner: Owner;
  readonly item: WorkItem;
  readonly clientId: string;
}

function refusedFor(
  user: UserRow | null,
  grants: readonly Grant[],
  { owner, item, clientId }: Wanted,
): Refusal | null {
  if (user === null) return { code: 'no_access', name: owner.name };
  if (user.disabled_at !== null) return { code: 'disabled', name: user.name };
  const may = permissionsOf(grants, clientId);
  if (!may.has('work.read')) return { code: 'no_access', name: user.name };
  return may.has(KIND_NEEDS[item.kind]) ? null : { code: 'not_theirs', name: user.name };
}
