import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** The account that is signed in at the provider. */
export interface TestAccount {
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface TestProvider {
  readonly issuer: string;
  /** Sets the account for further sign-ins; null: the person declines. */
  setAccount(account: TestAccount | null): void;
  /** Follows the provider's pages as a browser does and returns the URL to which it redirects back. */
  visit(url: string): Promise<URL>;
  close(): Promise<void>;
}

export const OIDC_CLIENT = { id: 'bylaw', secret: 'a-secret-for-tests-only-0123456789' } as const;

/** A real OpenID provider on loopback. */
export async function testProvider(redirectUri: string): Promise<TestProvider> {
  let account: TestAccount | null = null;
  const server: Server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT.id,
        client_secret: OIDC_CLIENT.secret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    cookies: { keys: ['only-for-tests'] },
    features: { devInteractions: { enabled: false } },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub, ...account?.claims }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const grant = new context.oidc.provider.Grant({
        ...(client === undefined ? {} : { clientId: client.clientId }),
        ...(session?.accountId === undefined ? {} : { accountId: session.accountId }),
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    const result =
      account === null
        ? { error: 'access_denied', error_description: 'the person said no' }
        : { login: { accountId: account.sub } };
    void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });

  return {
    issuer,
    setAccount: (next) => {
      account = next;
    },
    visit: async (start) => {
      const jar = new Map<string, string>();
      let url = new URL(start);
      for (let hop = 0; hop < 10; hop++) {
        if (url.href.startsWith(redirectUri)) return url;
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
        const page = await fetch(url, { redirect: 'manual', headers: { cookie } });
        for (const set of page.headers.getSetCookie()) {
          const [pair = ''] = set.split(';');
          jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
        }
        const location = page.headers.get('location');
        if (location === null)
          throw new Error(`the provider shows a page: ${page.status} ${await page.text()}`);
        url = new URL(location, url);
      }
      throw new Error('the provider sends the browser in circles');
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
