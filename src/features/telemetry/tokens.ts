import { insertToken, markTokenRevoked } from '#store/access/tokens.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { INGEST_PREFIX, INGEST_PURPOSE } from '#store/identity/tokens.ts';
import { type IngestToken, ingestTokens } from '#store/telemetry/tokens.ts';
import { changeAccess } from '../access/index.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';
import { forgetIngestTokens } from './door.ts';

/** Characters of the secret that lists show. */
const SHOWN = INGEST_PREFIX.length + 6;
const MAX_TOKENS = 50;

export async function listIngestTokens({ services, client, now }: HandlerContext) {
  const tokens = await services.store.read('system', (tx) => ingestTokens(tx, client.id));
  const items = tokens.map((token) => tokenView(token, now));
  return { items, total: items.length };
}

/** Creates a token for a client's telemetry. The secret is returned here and is not stored. */
export async function createIngestToken(
  context: HandlerContext,
  input: { readonly name: string; readonly expiresOn: string | null },
) {
  const { actor, client, now, services } = context;
  const expiresAt = input.expiresOn === null ? null : new Date(`${input.expiresOn}T23:59:59.999Z`);
  if (expiresAt !== null && expiresAt <= now)
    throw unprocessable(`${input.expiresOn} has passed. Choose a later end date, or none.`);
  const secret = `${INGEST_PREFIX}${newSecret()}`;
  const created = await changeAccess(
    context,
    { action: 'telemetry.create_token', permission: 'connections.edit', client: client.id },
    async ({ tx, record }) => {
      const active = (await ingestTokens(tx, client.id)).filter((token) => stateOf(token, now) === 'active');
      if (active.length >= MAX_TOKENS)
        throw unprocessable(
          `${client.name} has ${MAX_TOKENS} tokens for telemetry. Revoke one that is no longer used.`,
        );
      const prefix = secret.slice(0, SHOWN);
      const id = await insertToken(tx, {
        name: input.name,
        purpose: INGEST_PURPOSE,
        userId: null,
        createdBy: actor.userId,
        clientId: client.id,
        secret,
        prefix,
        expiresAt,
        now,
      });
      await record({
        subject: { kind: 'token', id, name: input.name },
        after: {
          purpose: INGEST_PURPOSE,
          client: client.name,
          prefix,
          expires: expiresAt?.toISOString() ?? null,
        },
      });
      const token = (await ingestTokens(tx, client.id)).find((one) => one.id === id);
      if (token === undefined) throw notFound();
      return { token: tokenView(token, now), secret };
    },
  );
  forgetIngestTokens(services);
  return created;
}

export async function revokeIngestToken(context: HandlerContext, id: string) {
  const { client, now, services } = context;
  await changeAccess(
    context,
    { action: 'telemetry.revoke_token', permission: 'connections.edit', client: client.id },
    async ({ tx, record }) => {
      const token = (await ingestTokens(tx, client.id)).find((one) => one.id === id);
      if (token === undefined) throw notFound();
      if (!(await markTokenRevoked(tx, id, now))) throw unprocessable(`“${token.name}” was revoked before.`);
      await record({
        subject: { kind: 'token', id, name: token.name },
        before: { purpose: INGEST_PURPOSE, prefix: token.prefix },
      });
    },
  );
  forgetIngestTokens(services);
  return { revoked: true as const };
}

function tokenView(token: IngestToken, now: Date) {
  return {
    id: token.id,
    name: token.name,
    prefix: token.prefix,
    createdAt: token.createdAt.toISOString(),
    createdBy: token.createdBy,
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    state: stateOf(token, now),
  };
}

export function stateOf({ revokedAt, expiresAt }: IngestToken, now: Date): 'active' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}
// Guide: G1.1-11
