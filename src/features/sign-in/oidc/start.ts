import { addChallenge } from '#store/identity/challenges.ts';
import { findProvider } from '#store/identity/providers.ts';
import { newSecret } from '#store/identity/secrets.ts';
import type { HandlerContext } from '../../context.ts';
import { beginGrant, discover, redirectUri, settingsOf } from '../../credentials/index.ts';
import { notFound, unauthorized, unprocessable } from '../../problems.ts';
import { needProof } from '../../shared/own-session.ts';
import { OIDC_COOKIE, setCookie } from '../cookies.ts';

const MINUTES = 10;
export const OIDC_PATH = '/api/v1/sign-in/oidc';

/**
 * Starts a sign-in at a provider. The values that its answer has to match are stored here and bound to this browser.
 */
export async function startOidc(
  context: HandlerContext,
  input: { readonly provider: string; readonly link: boolean; readonly returnTo: string },
): Promise<{ url: string }> {
  const { services, now, signedIn } = context;
  if (input.link && (signedIn === null || signedIn.sessionId === null))
    throw unauthorized('Sign in first; then link a provider from your account.');
  if (input.link) await context.read((tx) => needProof(context, tx));
  const provider = await context.read((tx) => findProvider(tx, input.provider));
  if (provider === null || !provider.enabled)
    throw notFound('This way to sign in no longer exists. Reload the page to see the available ones.');
  const configuration = await discover(services, settingsOf(services, provider)).catch((error: unknown) => {
    services.log.warn({ err: error, provider: provider.id }, 'a sign-in provider cannot be reached');
    throw unprocessable(
      `${provider.name} does not answer at ${provider.issuer}. Try again, or sign in another way; your administrator can find the cause in the server log.`,
    );
  });
  const { url, begun } = await beginGrant(configuration, redirectUri(services.config));
  const browser = newSecret();
  await services.store.write('system', (tx) =>
    addChallenge(tx, {
      kind: 'oidc',
      secret: browser,
      data: {
        provider: provider.id,
        ...begun,
        link: input.link ? (signedIn?.userId ?? null) : null,
        returnTo: localPath(input.returnTo),
      },
      now,
      minutes: MINUTES,
    }),
  );
  setCookie(context, OIDC_COOKIE, browser, { path: OIDC_PATH, maxAge: MINUTES * 60 });
  return { url };
}

/** A path within this console, never a URL elsewhere (open redirect). */
function localPath(path: string): string {
  const base = 'http://bylaw.invalid';
  if (!path.startsWith('/') || !URL.canParse(path, base)) return '/';
  const url = new URL(path, base);
  return url.origin === base && !url.pathname.startsWith('//')
    ? `${url.pathname}${url.search}${url.hash}`
    : '/';
}
