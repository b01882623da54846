import { z } from 'zod';
import { keptToken, TokenProblem } from '#domain/microsoft/token.ts';
import type { Reach } from '../../source.ts';
import { tokenByCredentials } from './client-credentials.ts';
import { type Cloud, hostsOf } from './clouds.ts';
import { GraphProblem, problemOfToken } from './problem.ts';

/** An application that signs in to a tenant. */
export interface Application {
  readonly cloud: Cloud;
  /** Tenant id, or one of its domains. */
  readonly tenant: string;
  readonly application: string;
  /** Client secret, or certificate and private key as PEM. */
  readonly secret: string;
}

/** Whether a secret is a certificate with its key. */
export function isCertificate(secret: string): boolean {
  return secret.includes('-----BEGIN ');
}

/** Claims of a token; null: not known. */
export interface Claims {
  /** Tenant id. */
  readonly tenant: string | null;
  /** Application permissions that an administrator consented to. */
  readonly roles: readonly string[] | null;
}

/** Tokens of an application by client credentials. One is cached until shortly before it expires. */
export function graphTokens(application: Application, reach: Pick<Reach, 'address' | 'fetch' | 'clock'>) {
  const kept = keptToken();
  const { login, graph } = hostsOf(application.cloud);
  const asks = {
    login: reach.address(login),
    tenant: application.tenant,
    application: application.application,
    // The scope always names the cloud's own host, even if another one stands in for it.
    scope: `https://${graph}/.default`,
  };

  const { secret } = application;
  const credential = isCertificate(secret) ? { certificate: secret } : { secret };

  async function ask(now: Date) {
    let asked = false;
    try {
      return await tokenByCredentials(asks, credential, {
        now,
        ask: (url, request) => {
          asked = true;
          return reach.fetch(url, request);
        },
      });
    } catch (error) {
      if (error instanceof TokenProblem) throw problemOfToken(error);
      if (asked) throw unreachable(error);
      // The configured credential cannot sign anything.
      throw new GraphProblem('credential_refused', error instanceof Error ? { message: error.message } : {});
    }
  }

  return {
    /** Throws a {@link GraphProblem}. */
    async get(): Promise<string> {
      const now = reach.clock();
      return kept.get('', now.getTime(), () => ask(now));
    },
    /** Discards a rejected token, so that the next call requests a new one. */
    forget: kept.forget,
  };
}

/** Network error. If Bylaw itself refused to connect, that message explains it better, and retrying is pointless. */
export function unreachable(cause: unknown): GraphProblem {
  const refused = cause instanceof Error && cause.name === 'OutboundRefused' ? cause.message : null;
  return new GraphProblem('unreachable', {
    retry: refused === null,
    cause,
    ...(refused === null ? {} : { message: refused }),
  });
}

const claimsSchema = z.looseObject({
  tid: z.string().nullish(),
  roles: z.array(z.string()).nullish(),
});

/**
 * Tenant and permissions in a token. They are used only to report what is missing before Graph refuses it: Microsoft
 * may change the format of tokens, and then they are unknown.
 */
export function claimsOf(token: string): Claims {
  const [, part = ''] = token.split('.');
  try {
    const claims = claimsSchema.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    // A token of an application without permissions lacks this claim.
    return { tenant: claims.tid ?? null, roles: claims.roles ?? [] };
  } catch {
    return { tenant: null, roles: null };
  }
}
