import type { z } from 'zod';
import { type Grant, type Permission, permissionsOf, type Role } from '#domain/access/permissions.ts';
import { atOnce } from '#store/at-once.ts';
import { cached } from '#store/cache.ts';
import { listPasskeys } from '#store/identity/passkeys.ts';
import { findSession } from '#store/identity/sessions.ts';
import { updateUser } from '#store/identity/users.ts';
import type { Actor, HandlerContext } from '../context.ts';
import { JsonAnswer } from '../json-answer.ts';
import { conflict } from '../problems.ts';
import { ownRow, ownSession, provedUntil } from '../shared/own-session.ts';
import { meSchema, preferences } from './contract.ts';

interface Kept {
  readonly clients: number;
  readonly written: Promise<JsonAnswer<z.infer<typeof meSchema>>>;
}

/** Beside the actor, who is forgotten with every change and after seconds: no answer is older than what they may do. */
const kept = new WeakMap<Actor, Kept>();

/** Who is signed in and what they may open: all that the frame around the pages needs. */
export async function me(context: HandlerContext): Promise<JsonAnswer<z.infer<typeof meSchema>>> {
  const { actor, services } = context;
  const clients = services.store.mark('clients');
  const known = kept.get(actor);
  if (known !== undefined && known.clients === clients) return known.written;
  const written = makeMe(context).then((answer) => new JsonAnswer(meSchema, answer));
  if (clients !== null) kept.set(actor, { clients, written });
  return written;
}

async function makeMe(context: HandlerContext): Promise<z.infer<typeof meSchema>> {
  const { actor } = context;
  const rows = await clientsShown(context);
  return context.read(async (tx) => {
    const { user, workspace, session, keys } = await atOnce({
      user: ownRow(context, tx),
      workspace: tx.selectFrom('workspace').select('name').executeTakeFirst(),
      session: actor.sessionId === null ? null : findSession(tx, actor.userId, actor.sessionId),
      keys: listPasskeys(tx, actor.userId),
    });
    const provider =
      user.oidc_issuer === null
        ? null
        : ((
            await tx
              .selectFrom('identity_providers')
              .select('name')
              .where('issuer', '=', user.oidc_issuer)
              .executeTakeFirst()
          )?.name ?? user.oidc_issuer);
    const limited = actor.limits.client;
    const sets = new DistinctSets();
    return {
      id: user.id,
      name: user.name,
      email: user.email,
      version: user.version,
      createdAt: user.created_at.toISOString(),
      workspace: workspace?.name ?? 'Bylaw',
      roles: rolesIn(actor.grants, null),
      permissions: limited === null ? [...permissionsOf(actor.grants, null)] : [],
      clients: rows.flatMap(({ id, ...shown }) => {
        const permissions = permissionsOf(actor.grants, id);
        if (permissions.size === 0 || (limited !== null && limited !== id)) return [];
        return [{ ...shown, roles: rolesIn(actor.grants, id), permissionSet: sets.indexOf(permissions) }];
      }),
      permissionSets: sets.all,
      preferences: readPreferences(user.preferences),
      proven: user.proven_at !== null,
      signIn: {
        method: session?.method ?? null,
        password: user.password !== null,
        totpSince: user.totp_since?.toISOString() ?? null,
        recoveryCodesLeft: user.recovery_codes.length,
        passkeys: keys.length,
        secondFactorNeeded: actor.lacksSecondFactor === true,
        provider,
        provedUntil: session === null ? null : provedUntil(session, context.now).toISOString(),
      },
    };
  });
}

/** Every client as the frame shows it, by name. Shared between requests: each person gets those of their own. */
async function clientsShown({ services }: HandlerContext) {
  const { store } = services;
  return cached(store, 'clients', { key: 'clients in the frame' }, async () => {
    const rows = await store.read('system', (tx) =>
      tx.selectFrom('clients').select(['id', 'slug', 'name', 'profile', 'sandbox']).orderBy('name').execute(),
    );
    return rows.map(({ profile, ...row }) => ({ ...row, ...shownOf(profile) }));
  });
}

export interface Update {
  readonly version: number;
  readonly name?: string | undefined;
  readonly preferences?: ReturnType<typeof readPreferences> | undefined;
}

/** Changes what others see of a person, and how their console behaves. */
export async function updateMe(context: HandlerContext, input: Update): Promise<{ version: number }> {
  ownSession(context);
  return context.change(async (tx, recorder) => {
    const user = await ownRow(context, tx);
    if (user.version !== input.version)
      throw conflict('Your account was changed in another window. Load the page again to see it.', {
        by: user.name,
        at: null,
        version: user.version,
      });
    const before = { name: user.name, preferences: readPreferences(user.preferences) };
    const after = { name: input.name ?? before.name, preferences: input.preferences ?? before.preferences };
    if (JSON.stringify(before) === JSON.stringify(after)) {
      recorder.unchanged();
      return { version: user.version };
    }
    const former =
      after.name === before.name ? user.former_names : [...new Set([...user.former_names, before.name])];
    await updateUser(tx, user.id, {
      name: after.name,
      former_names: JSON.stringify(former),
      preferences: JSON.stringify(after.preferences),
    });
    await recorder.record({ subject: { kind: 'user', id: user.id, name: after.name }, before, after });
    return { version: user.version + 1 };
  });
}

/** Hundreds of clients share a handful of sets; each is sent once. */
class DistinctSets {
  readonly all: Permission[][] = [];
  readonly #seen = new Map<ReadonlySet<Permission>, number>();
  readonly #known = new Map<string, number>();

  indexOf(permissions: ReadonlySet<Permission>): number {
    const index = this.#seen.get(permissions) ?? this.#add([...permissions].sort());
    this.#seen.set(permissions, index);
    return index;
  }

  #add(sorted: Permission[]): number {
    const key = sorted.join();
    const index = this.#known.get(key) ?? this.all.push(sorted) - 1;
    this.#known.set(key, index);
    return index;
  }
}

/** What is stored, with what is missing or not understood at its default. */
function readPreferences(stored: unknown) {
  const read = preferences.safeParse(stored);
  return read.success ? read.data : preferences.parse({});
}

function rolesIn(grants: readonly Grant[], client: string | null): Role[] {
  const roles = grants
    .filter((grant) => grant.effect === 'allow' && (grant.client === null || grant.client === client))
    .flatMap(({ role }) => (role === null ? [] : [role]));
  return [...new Set(roles)];
}

function shownOf(profile: unknown): { domain: string | null; timezone: string } {
  if (typeof profile !== 'object' || profile === null) return { domain: null, timezone: 'UTC' };
  const domain = 'domains' in profile && Array.isArray(profile.domains) ? profile.domains[0] : null;
  const timezone = 'timezone' in profile ? profile.timezone : null;
  return {
    domain: typeof domain === 'string' ? domain : null,
    timezone: typeof timezone === 'string' ? timezone : 'UTC',
  };
}
