import { z } from 'zod';
import { keptToken, TokenProblem } from '#domain/microsoft/token.ts';
import type { Reach } from '../../source.ts';
import { tokenByCredentials } from './client-credentials.ts';
import { type Cloud, hostsOf } from './clouds.ts';
import { GraphProblem, problemOfToken } from './problem.ts';

/** An application that signs in to a tenant. */
export interface Application {
  readonly cloud: Cloud;
  /** Tenant ID, or one of its domains. */
  readonly tenant: string;
  readonly application: string;
  /** The client secret, or certificate and private key as PEM. */
  readonly secret: string;
}

/** Whether a secret is a certificate with its key. */
export function isCertificate(secret: string): boolean {
  return secret.includes('-----BEGIN ');
}

/** What a token says of itself; what is not known is null. */
export interface Claims {
  /** Tenant ID. */
  readonly tenant: string | null;
  /** Application permissions that an administrator consented to. */
  readonly roles: readonly string[] | null;
}

/** Tokens of an application by client credentials; one is kept until it is about to end. */
export function graphTokens(application: Application, reach: Pick<Reach, 'address' | 'fetch' | 'clock'>) {
  const kept = keptToken();
  const { login, graph } = hostsOf(application.cloud);
  const asks = {
    login: reach.address(login),
    tenant: application.tenant,
    application: application.application,
    // A permission is for the cloud's own host, whatever stands in for it.
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
      // Nothing can be signed with what was entered.
      throw new GraphProblem('credential_refused', error instanceof Error ? { message: error.message } : {});
    }
  }

  return {
    /** Throws a {@link GraphProblem}. */
    async get(): Promise<string> {
      const now = reach.clock();
      return kept.get('', now.getTime(), () => ask(now));
    },
    /** The token was refused: the next one is asked for again. */
    forget: kept.forget,
  };
}

/** Nobody answered; Bylaw's own refusal to ask says better why, and stays the same however often it is asked. */
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
 * What a token says of tenant and permissions. It is read to say what is missing before Graph refuses it, and decides
 * nothing: Microsoft may change the form of its tokens, and then nothing is known.
 */
export function claimsOf(token: string): Claims {
  const [, part = ''] = token.split('.');
  try {
    const claims = claimsSchema.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    // A token for an application without any permission has no such member.
    return { tenant: claims.tid ?? null, roles: claims.roles ?? [] };
  } catch {
    return { tenant: null, roles: null };
  }
}
