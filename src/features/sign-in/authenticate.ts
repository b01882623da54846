import { isWithin } from '#store/clock.ts';
import { type Holder, holderOfSession, holderOfToken } from '#store/identity/actors.ts';
import { hashSecret } from '#store/identity/secrets.ts';
import { LAST_USE_INTERVAL_MS, markSeen } from '#store/identity/sessions.ts';
import { CHANGING_PURPOSES, markTokenUsed, TOKEN_PREFIX } from '#store/identity/tokens.ts';
import type { Actor, Services } from '../context.ts';
import { rememberedActor } from '../shared/actor-cache.ts';
import { SESSION_COOKIE } from './cookies.ts';
import { needsSecondFactor, secondFactorRoles } from './second-factor.ts';

export interface Credentials {
  /** The `Authorization` header, as sent. */
  readonly authorization: string | undefined;
  readonly cookies: Readonly<Record<string, string>>;
}

/**
 * Who sends a request: the holder of the token in `Authorization: Bearer byl_…`, otherwise of the session in the
 * cookie. null if there is no valid credential. With an invalid token in the header, the cookie is ignored.
 */
export async function authenticate(
  services: Pick<Services, 'store' | 'clock' | 'log' | 'config'>,
  { authorization, cookies }: Credentials,
): Promise<Actor | null> {
  if (authorization !== undefined) {
    const token = /^Bearer\s+(\S+)$/iu.exec(authorization)?.[1];
    if (token === undefined || !token.startsWith(TOKEN_PREFIX)) return null;
    return actorOf(services, 'token', hashSecret(token));
  }
  const secret = cookies[SESSION_COOKIE];
  if (secret === undefined || secret === '') return null;
  return actorOf(services, 'user', hashSecret(secret));
}

function actorOf(
  services: Pick<Services, 'store' | 'clock' | 'log' | 'config'>,
  kind: Actor['kind'],
  hash: string,
): Promise<Actor | null> {
  return rememberedActor(services, `${kind}:${hash}`, async () => {
    const now = services.clock();
    const holder = await services.store.read('system', (tx) =>
      kind === 'token' ? holderOfToken(tx, hash, now) : holderOfSession(tx, hash, now),
    );
    if (holder === null) return null;
    await recordUse(services, kind, holder, now);
    return {
      kind,
      userId: holder.userId,
      name: holder.name,
      email: holder.email,
      grants: holder.grants,
      sessionId: kind === 'user' ? holder.id : null,
      tokenId: kind === 'token' ? holder.id : null,
      limits: {
        // A purpose unknown to this version gets the least permissions.
        readOnly: kind === 'token' && !CHANGING_PURPOSES.includes(holder.purpose ?? ''),
        client: kind === 'token' ? holder.clientId : null,
        purpose: kind === 'token' ? holder.purpose : null,
      },
      lacksSecondFactor:
        !holder.secondFactor &&
        needsSecondFactor(holder.grants, secondFactorRoles(services.config, holder.settings)),
    };
  });
}

/** Writes the last use at most once a minute. A failed write must not cause a refusal. */
async function recordUse(
  { store, log }: Pick<Services, 'store' | 'log'>,
  kind: Actor['kind'],
  holder: Holder,
  now: Date,
): Promise<void> {
  if (holder.lastUsedAt !== null && isWithin(holder.lastUsedAt, now, LAST_USE_INTERVAL_MS)) return;
  try {
    await store.write('system', (tx) =>
      kind === 'token' ? markTokenUsed(tx, holder.id, now) : markSeen(tx, holder.id, holder.userId, now),
    );
  } catch (error) {
    log.warn({ err: error }, 'the last use of a session or token could not be noted');
  }
}
