import { ORPCError, os } from '@orpc/server';
import { type Permission, permissionsOf } from '#domain/access/permissions.ts';
import { appendAudit, WORKSPACE } from '#store/audit.ts';
import { cached } from '#store/cache.ts';
import { recordChanged } from '#store/idempotency/keys.ts';
import { BACKUP_PURPOSE } from '#store/identity/tokens.ts';
import { findUser } from '#store/identity/users.ts';
import type { Scope, Tx } from '#store/open.ts';
import type { Actor, ClientRef, RecordEntry, Recorder, RequestContext, Secured } from './context.ts';
import { keyOf, once, takesIdempotencyKey } from './idempotency.ts';
import { tooLong } from './input-bounds.ts';
import { unfitText } from './input-text.ts';
import type { OperationMeta } from './operation.ts';
import { cursorIn, paged } from './paging.ts';
import { badInput, badRequest, forbidden, notFound, unauthorized } from './problems.ts';
import { forgetActors } from './shared/actor-cache.ts';
import { zoneOf } from './shared/moment.ts';
import { holdOwnSession, needProof } from './shared/own-session.ts';
import { recordRefused, recordWrongToken } from './shared/refused.ts';
import { whyNoWord } from './shared/second-person.ts';

/**
 * The access check. Every operation passes it before its input is validated: who is calling, what may they do, for
 * which client. What they may not see answers as if it did not exist.
 */
export const secured = os
  .$context<RequestContext>()
  .$meta<OperationMeta>(PUBLIC_META())
  .middleware(async ({ context, procedure, path, next }, input) => {
    const meta = procedure['~orpc'].meta;
    const { actor, services } = context;
    const now = services.clock();
    if (meta.permission !== 'public' && actor === null) {
      if (context.request.wrongToken === true) await recordWrongToken(context);
      throw unauthorized();
    }
    // Before any query uses values of the input. File names are not checked here; uploads sanitize them.
    const unfit = unfitText(input, meta.audit !== null && meta.transport !== 'upload');
    if (unfit !== null) throw badInput(unfit.field, unfit.says);
    const operation = path.join('.');
    const beyond = actor === null ? null : refusalByPurpose(actor, meta);
    if (actor !== null && beyond !== null) {
      await recordRefused(context, actor, { operation, client: null, own: false });
      throw forbidden(beyond);
    }
    if (
      actor?.lacksSecondFactor === true &&
      meta.permission !== 'public' &&
      meta.beforeSecondFactor !== true
    ) {
      await recordRefused(context, actor, { operation, client: null, own: false, because: 'second_factor' });
      throw forbidden(
        'Your role needs a second factor. Set up a passkey or an authenticator app under your account first.',
      );
    }
    const client =
      meta.scope === 'client' ? await clientFor(context, meta, clientNamed(input), operation) : null;
    if (meta.scope !== 'client' && actor !== null && !isAllowed(actor, meta)) {
      await recordRefused(context, actor, { operation, client: null, own: false });
      throw forbidden('Your role does not include this. An Owner can grant it to you under Access.');
    }
    if (asksForProof(meta) && actor !== null) {
      if (actor.sessionId === null && meta.proof === 'in_person')
        await recordRefused(context, actor, { operation, client, own: true });
      if (actor.sessionId !== null || meta.proof === 'in_person')
        await services.store.read('system', (tx) => needProof({ actor, now }, tx));
    }
    if (meta.verifiedAccount === true && actor !== null) {
      const why = whyNoWord(await services.store.read('system', (tx) => findUser(tx, actor.userId)));
      if (why !== null) {
        await recordRefused(context, actor, { operation, client, own: true, because: 'circumstances' });
        throw forbidden(why);
      }
    }
    const long = tooLong(procedure['~orpc'].inputSchema, input);
    if (long !== null) throw badInput(long.field, long.says);
    const scope: Scope = client === null ? 'system' : [client.id];
    const add = (onceId: string | null): Secured => ({
      actor: actor ?? absent<Actor>(`a ${meta.permission} operation asked for its actor`),
      signedIn: actor,
      client: client ?? absent<ClientRef>('an operation of no client asked for its client'),
      now,
      can: (permission, where = client?.id ?? null) => actor !== null && may(actor, permission, where),
      read: (work) => services.store.read(scope, work),
      change: (work) => change(context, { meta, client, scope, onceId }, work),
      scope,
    });
    // The role allows it but the operation refused, for a reason only it knows: who made the request, or a token's
    // limits.
    const refusedWithin = async (error: unknown): Promise<never> => {
      if (actor !== null && error instanceof ORPCError && error.code === 'FORBIDDEN')
        await recordRefused(context, actor, {
          operation,
          client,
          own: client !== null,
          because: 'circumstances',
        });
      throw error;
    };
    const act = (onceId: string | null) =>
      Promise.resolve(next({ context: add(onceId) })).catch(refusedWithin);
    const key = actor === null ? null : keyFor(context, meta, procedure['~orpc'].route.method);
    if (key !== null && actor !== null) {
      const asked = { services, scope, userId: actor.userId, clientId: client?.id ?? null };
      const reply = await once({ ...asked, key, operation, input, now }, async (id) => {
        const { output } = await act(id);
        return output;
      });
      if (reply.again) context.setHeader('idempotency-replayed', 'true');
      return { output: reply.output, context: add(null) };
    }
    const answer = await act(null);
    const { list } = meta;
    if (list === undefined) return answer;
    const output: unknown = list.paged === undefined ? paged(answer.output, list, input) : answer.output;
    const cursor = cursorIn(output);
    if (cursor !== null) context.linkNext(cursor);
    return { ...answer, output };
  });

/** The idempotency key of the request; null: it has none, or the operation changes nothing. */
function keyFor({ request }: RequestContext, meta: OperationMeta, method: string | undefined): string | null {
  const key = keyOf(request.idempotencyKey);
  if (key === null || method !== 'POST' || meta.audit === null) return null;
  if (!takesIdempotencyKey(method, meta))
    throw badRequest(
      `This operation takes no Idempotency-Key. ${meta.replyNotKept ?? 'Send the request without it.'}`,
    );
  return key;
}

/**
 * A placeholder that throws when any of its properties is read. A throwing getter on the context would not work:
 * contexts are merged by spreading, which evaluates every getter.
 */
function absent<T extends object>(mistake: string): T {
  return new Proxy({} as T, {
    get: () => {
      throw new Error(mistake);
    },
  });
}

function PUBLIC_META(): OperationMeta {
  return { scope: 'self', permission: 'signed_in', audit: null, cli: null, mcp: false };
}

/** Whether the actor has a permission for a client (or, with null, for the workspace). */
export function may(actor: Actor, permission: Permission, client: string | null): boolean {
  if (actor.limits.client !== null && actor.limits.client !== client) return false;
  return permissionsOf(actor.grants, client).has(permission);
}

/** Why a token may not do this, whatever its person's permissions, as a sentence; null: nothing prevents it. */
function refusalByPurpose({ limits }: Actor, meta: OperationMeta): string | null {
  if (limits.purpose === BACKUP_PURPOSE)
    return meta.backupToken === true ? null : 'This token only makes backups.';
  return limits.readOnly && (meta.audit !== null || meta.scope === 'self')
    ? 'This token may only read.'
    : null;
}

function isAllowed(actor: Actor, { permission }: OperationMeta): boolean {
  return permission === 'public' || permission === 'signed_in' || may(actor, permission, null);
}

function clientNamed(input: unknown): string {
  if (typeof input !== 'object' || input === null || !('client' in input)) throw notFound();
  return String(input.client);
}

async function clientFor(
  context: RequestContext,
  meta: OperationMeta,
  slug: string,
  operation: string,
): Promise<ClientRef> {
  const { actor, services } = context;
  if (actor === null) throw unauthorized();
  const row = await clientOf(services, slug);
  // The same answer for a client that does not exist and for one the actor may not see.
  if (row === undefined) throw notFound();
  const elsewhere = actor.limits.client !== null && actor.limits.client !== row.id;
  if (elsewhere || permissionsOf(actor.grants, row.id).size === 0) {
    await recordRefused(context, actor, { operation, client: row, own: false });
    throw notFound();
  }
  if (meta.permission === 'public' || meta.permission === 'signed_in') return row;
  if (!may(actor, meta.permission, row.id)) {
    await recordRefused(context, actor, { operation, client: row, own: true });
    throw forbidden(`Your role for ${row.name} does not include this.`);
  }
  return row;
}

async function clientOf({ store }: RequestContext['services'], slug: string): Promise<ClientRef | undefined> {
  return cached(store, 'clients', { key: `client ${slug}` }, async () => {
    const row = await store.read('system', (tx) =>
      tx
        .selectFrom('clients')
        .select(['id', 'slug', 'name', 'profile', 'sandbox'])
        .where('slug', '=', slug)
        .executeTakeFirst(),
    );
    return (
      row && {
        id: row.id,
        slug: row.slug,
        name: row.name,
        timezone: zoneOf(row.profile),
        sandbox: row.sandbox,
      }
    );
  });
}

/** Thrown inside a transaction to roll it back if there was nothing to change; carries the answer. */
class Unchanged<T> extends Error {
  readonly result: T;
  constructor(result: T) {
    super('unchanged');
    this.result = result;
  }
}

interface Changing {
  readonly meta: OperationMeta;
  readonly client: ClientRef | null;
  readonly scope: Scope;
  /** Id of the request's idempotency key; null: it has none. */
  readonly onceId: string | null;
}

/**
 * Whether an operation may create or change a way to sign in, which a session that was ended a moment ago must not do.
 */
function changesAccount(meta: OperationMeta): boolean {
  const { permission, scope } = meta;
  return permission !== 'public' && (scope === 'self' || (scope === 'workspace' && asksForProof(meta)));
}

function asksForProof({ proof }: OperationMeta): boolean {
  return proof === 'in_person' || proof === 'fresh';
}

async function change<T>(
  { services, actor, request }: RequestContext,
  { meta, client, scope, onceId }: Changing,
  work: (tx: Tx, recorder: Recorder) => Promise<T>,
): Promise<T> {
  let factsChanged = false;
  try {
    const result = await services.store.write(scope, async (tx) => {
      let records = 0;
      let unchanged = false;
      factsChanged = false;
      const recorder: Recorder = {
        record: async (entry: RecordEntry) => {
          const action = entry.action ?? meta.audit;
          if (action === null) throw new Error('a change without an action in its contract');
          await appendAudit(tx, {
            ...entry,
            action,
            chain: entry.chain ?? client?.id ?? WORKSPACE,
            actor:
              entry.actor ??
              (actor === null
                ? { kind: 'system', id: null, name: 'Not signed in' }
                : { kind: actor.kind, id: actor.userId, name: actor.name }),
            // Not the time of the request: earlier steps may have taken long and left records of their own.
            at: services.clock(),
          });
          records += 1;
        },
        facts: async () => {
          if (client === null) throw new Error('facts belong to a client');
          factsChanged = true;
          await tx
            .updateTable('clients')
            .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
            .where('id', '=', client.id)
            .execute();
        },
        unchanged: () => {
          unchanged = true;
        },
      };
      if (actor !== null && changesAccount(meta)) await holdOwnSession(actor, tx);
      const value = await work(tx, recorder);
      if (unchanged) throw new Unchanged(value);
      if (records === 0)
        throw new Error(`${meta.audit ?? 'a change'} left no audit record (request ${request.id})`);
      if (onceId !== null) await recordChanged(tx, onceId);
      return value;
    });
    forgetActors(services);
    if (factsChanged && client !== null) await services.verdicts.refresh(client.id);
    return result;
  } catch (error) {
    if (error instanceof Unchanged) return error.result as T;
    throw error;
  }
}
// Guide: G0-00
