import { insertToken, listTokens, markTokenRevoked, type Token } from '#store/access/tokens.ts';
import { latestCreation } from '#store/clock.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { TOKEN_PREFIX } from '#store/identity/tokens.ts';
import type { HandlerContext } from '../../context.ts';
import { forbidden, notFound, unprocessable } from '../../problems.ts';
import { needProof, ownSession } from '../../shared/own-session.ts';
import { changeAccess } from '../change.ts';
import { clientNamed } from '../rules.ts';
import { placeFor } from '../views.ts';
import { PURPOSES } from './contract.ts';

type Purpose = (typeof PURPOSES)[number];

/** Characters of the secret shown in lists: enough to distinguish tokens, useless for guessing the rest. */
const SHOWN = TOKEN_PREFIX.length + 6;
/** Maximum tokens per person, so that they keep an overview. */
const MAX_TOKENS = 50;
const DAY = 86_400_000;
/** Days until a token expires: default and maximum. */
export const TOKEN_DAYS = { default: 90, longest: 366 } as const;

export async function listOwnTokens({ actor, read, now }: HandlerContext) {
  const tokens = await read((tx) => listTokens(tx, actor.userId));
  const items = tokens.map((token) => tokenView(actor, token, now));
  return { items, total: items.length };
}

export async function listAllTokens({ actor, read, now }: HandlerContext) {
  const tokens = await read((tx) => listTokens(tx, null));
  const items = tokens.map((token) => ({ ...tokenView(actor, token, now), person: token.person }));
  return { items, total: items.length };
}

interface NewToken {
  readonly name: string;
  readonly purpose: Purpose;
  readonly forClient: string | null;
  /** Last day, YYYY-MM-DD in UTC; null: the default period. */
  readonly expiresOn: string | null;
}

/** Creates a token of one's own. The secret is in this answer only. */
export async function createToken(context: HandlerContext, input: NewToken) {
  const { actor, now } = context;
  if (actor.kind === 'token')
    throw forbidden(
      'A token cannot create another token. Sign in to Bylaw in the browser and create it there.',
    );
  ownSession(context);
  const expiresAt =
    input.expiresOn === null
      ? new Date(now.getTime() + TOKEN_DAYS.default * DAY)
      : new Date(`${input.expiresOn}T23:59:59.999Z`);
  if (expiresAt <= now) throw unprocessable(`${input.expiresOn} is over. Choose a later last day.`);
  if (expiresAt.getTime() > now.getTime() + TOKEN_DAYS.longest * DAY)
    throw unprocessable(
      `A token lasts ${TOKEN_DAYS.longest} days at most. Choose an earlier last day, and create a new one then.`,
    );
  if (input.purpose === 'backup' && (input.forClient !== null || !context.can('workspace.settings', null)))
    throw unprocessable(
      'A backup contains every client. Its token has to be created by an Owner and cannot be limited to one client.',
    );
  const secret = `${TOKEN_PREFIX}${newSecret()}`;
  return changeAccess(
    context,
    { action: 'tokens.create', permission: null, client: null },
    async (change) => {
      const { tx, own, record } = change;
      await needProof(context, tx);
      const client = await clientNamed(tx, own, input.forClient);
      const active = (await listTokens(tx, actor.userId)).filter((token) => stateOf(token, now) === 'active');
      if (active.length >= MAX_TOKENS)
        throw unprocessable(`You have ${MAX_TOKENS} tokens. Revoke one that you no longer use.`);
      const prefix = secret.slice(0, SHOWN);
      const id = await insertToken(tx, {
        name: input.name,
        purpose: input.purpose,
        userId: actor.userId,
        createdBy: actor.userId,
        clientId: client?.id ?? null,
        secret,
        prefix,
        expiresAt,
        now,
      });
      await record({
        subject: { kind: 'token', id, name: input.name },
        after: {
          purpose: input.purpose,
          client: client?.name ?? 'all that the person may see',
          prefix,
          expires: expiresAt.toISOString(),
        },
      });
      const made = (await listTokens(tx, actor.userId)).find((token) => token.id === id);
      if (made === undefined) throw notFound();
      return { token: tokenView(actor, made, now), secret };
    },
  );
}

/** Revokes a token; with `of`, only one of that person's. */
export async function revokeToken(context: HandlerContext, id: string, of: string | null) {
  const permission = of === null ? 'users.manage' : null;
  return changeAccess(
    context,
    { action: 'tokens.revoke', permission, client: null },
    async ({ tx, record }) => {
      const token = (await listTokens(tx, of)).find((one) => one.id === id);
      if (token === undefined) throw notFound();
      if (!(await markTokenRevoked(tx, id, context.now)))
        throw unprocessable(`“${token.name}” was revoked before.`);
      await record({
        subject: { kind: 'token', id, name: token.name },
        before: { person: token.person.name, purpose: token.purpose, prefix: token.prefix },
      });
      return { revoked: true as const };
    },
  );
}

function tokenView({ grants }: HandlerContext['actor'], token: Token, now: Date) {
  return {
    id: token.id,
    name: token.name,
    purpose: PURPOSES.find((purpose) => purpose === token.purpose) ?? 'mcp',
    client: placeFor(grants, token.clientId, token.client),
    prefix: token.prefix,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    state: stateOf(token, now),
  };
}

function stateOf({ revokedAt, createdAt, expiresAt }: Token, now: Date): 'active' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  if (createdAt > latestCreation(now)) return 'expired';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}
