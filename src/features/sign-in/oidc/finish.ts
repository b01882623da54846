import { z } from 'zod';
import { takeChallenge } from '#store/identity/challenges.ts';
import { findProvider, type ProviderRow } from '#store/identity/providers.ts';
import { newSecret } from '#store/identity/secrets.ts';
import type { HandlerContext } from '../../context.ts';
import {
  begunGrant,
  discover,
  type Identity,
  identityFrom,
  redeemGrant,
  redirectUri,
  settingsOf,
} from '../../credentials/index.ts';
import { notifyOfSignIn } from '../../mail/index.ts';
import { OIDC_COOKIE, setCookie } from '../cookies.ts';
import { giveSession } from '../session.ts';
import { comeIn, linkTo } from './account.ts';
import type { OidcProblem } from './problems.ts';
import { OIDC_PATH } from './start.ts';

const started = begunGrant.extend({
  provider: z.string(),
  link: z.string().nullable(),
  returnTo: z.string(),
});
type Started = z.infer<typeof started>;

interface Redirect {
  readonly status: 302;
  readonly headers: { readonly location: string };
}

/**
 * Processes a provider's answer and redirects the browser: to the requested page, or back with a problem code. The page
 * chooses the sentence for the code, so that no URL can inject text.
 */
export async function finishOidc(
  context: HandlerContext,
  answer: Readonly<Record<string, unknown>>,
): Promise<Redirect> {
  const { services, now, request } = context;
  const browser = request.cookies[OIDC_COOKIE] ?? '';
  const taken = started.safeParse(
    await services.store.write('system', (tx) => takeChallenge(tx, 'oidc', browser, now)),
  );
  setCookie(context, OIDC_COOKIE, '', { path: OIDC_PATH, maxAge: 0 });
  if (!taken.success) return problemAt('/sign-in', 'expired');
  const begun = taken.data;
  const back = begun.link === null ? '/sign-in' : '/me';
  // Linking must be completed by the person who started it, in the same browser.
  if (begun.link !== null && context.signedIn?.userId !== begun.link) return problemAt('/sign-in', 'expired');
  const provider = await context.read((tx) => findProvider(tx, begun.provider));
  if (provider === null || !provider.enabled) return problemAt(back, 'off');
  if (answer.error === 'access_denied') return problemAt(back, 'canceled');
  const identity = await identityOf(context, provider, begun, answer);
  if (identity === null) return problemAt(back, 'failed');
  if (begun.link !== null) {
    const done = await linkTo(context, begun.link, identity, provider);
    if (done !== null && done !== 'linked') return problemAt(back, done);
    if (done === 'linked')
      notifyOfSignIn(context, { userId: begun.link, event: { kind: 'provider_linked', of: provider.name } });
    return sendTo('/me?linked=yes');
  }
  const opened = await comeIn(context, identity, provider, newSecret());
  if (typeof opened === 'string') return problemAt(back, opened);
  giveSession(context, opened);
  if (opened.linked)
    notifyOfSignIn(context, { userId: opened.userId, event: { kind: 'provider_linked', of: provider.name } });
  return sendTo(begun.returnTo);
}

/** Redeems the code and returns the identity. null if the provider's answer is not valid. */
async function identityOf(
  { services }: HandlerContext,
  provider: ProviderRow,
  begun: Started,
  answer: Readonly<Record<string, unknown>>,
): Promise<Identity | null> {
  const oidc = await import('openid-client');
  try {
    const configuration = await discover(services, settingsOf(services, provider));
    const tokens = await redeemGrant(configuration, redirectUri(services.config), begun, answer);
    const claims = tokens.claims();
    if (claims === undefined) return null;
    const more =
      claims.email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
    return identityFrom(provider.issuer, { ...more, ...claims });
  } catch (error) {
    services.log.warn({ err: error, provider: provider.id }, 'the answer of a sign-in provider was refused');
    return null;
  }
}

function sendTo(location: string): Redirect {
  return { status: 302, headers: { location } };
}

function problemAt(page: string, problem: OidcProblem): Redirect {
  return sendTo(`${page}?problem=${problem}`);
}
