import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OIDC_CLIENT } from './provider.ts';

type Json = Readonly<Record<string, unknown>>;

/** Deviations of a malicious provider from an honest one; what is left out is as it should be. */
export interface Mischief {
  readonly description?: Json;
  readonly header?: Json;
  readonly claims?: Json;
  /** Key that signs the token; left out: the provider's published key. */
  readonly signWith?: 'nothing' | 'the public key' | 'the client secret' | 'another key';
  /** Answers the request for the key set instead. */
  readonly keys?: (response: ServerResponse) => void;
}

export interface HostileProvider {
  readonly issuer: string;
  behave(mischief: Mischief): void;
  /** The URL to which the browser is redirected, without any page in between; the nonce goes into the token. */
  back(start: string): URL;
  close(): Promise<void>;
}

/** An OpenID provider whose every answer a test can manipulate. `path`: path of its issuer URL. */
export async function hostileProvider(path = ''): Promise<HostileProvider> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const published = own.publicKey.export({ format: 'pem', type: 'spki' });
  let mischief: Mischief = {};
  let nonce: string | null = null;
  const server = createServer((request, response) => {
    const asked = request.url ?? '';
    if (asked.startsWith(`${path}/.well-known`))
      return json(response, { ...description(), ...mischief.description });
    if (asked === `${path}/keys`) {
      if (mischief.keys !== undefined) return mischief.keys(response);
      return json(response, {
        keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
      });
    }
    return json(response, {
      access_token: 'access',
      token_type: 'Bearer',
      expires_in: 60,
      id_token: idToken(),
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}${path}`;

  const description = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  });

  function idToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const header = { alg: 'RS256', kid: 'one', typ: 'JWT', ...mischief.header };
    const claims = {
      iss: issuer,
      sub: 'subject-of-dana',
      aud: OIDC_CLIENT.id,
      iat: now,
      exp: now + 300,
      nonce,
      email: 'dana@kestrel.example',
      email_verified: true,
      ...mischief.claims,
    };
    const signed = [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signed}.${signature(signed)}`;
  }

  function signature(text: string): string {
    switch (mischief.signWith) {
      case 'nothing':
        return '';
      case 'the public key':
        return createHmac('sha256', published).update(text).digest('base64url');
      case 'the client secret':
        return createHmac('sha256', OIDC_CLIENT.secret).update(text).digest('base64url');
      default: {
        const { privateKey } = mischief.signWith === 'another key' ? other : own;
        return createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url');
      }
    }
  }

  return {
    issuer,
    behave: (next) => {
      mischief = next;
    },
    back: (start) => {
      const asked = new URL(start).searchParams;
      nonce = asked.get('nonce');
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'code');
      back.searchParams.set('state', asked.get('state') ?? '');
      return back;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}
