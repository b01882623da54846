import { createHash, timingSafeEqual } from 'node:crypto';
import { isIn, rangeOf } from './networks.ts';

/** Minimum length of the token for `/metrics`: wrong guesses are not counted or limited. */
export const MIN_METRICS_TOKEN = 32;

/** Decides who may read `/metrics`: requests with the token or from a listed network, or both if both are set. */
export interface MetricsAccess {
  allows(request: {
    /** Address of the visitor. */
    readonly ip: string;
    /** Value of the `Authorization` header. */
    readonly authorization: string | undefined;
    /** The request came through a proxy that is not trusted, so that `ip` is the proxy's address. */
    readonly throughUnknownProxy: boolean;
  }): boolean;
}

/** null if neither is set: `/metrics` then answers 404. */
export function metricsAccess(token: string | null, networks: readonly string[]): MetricsAccess | null {
  if (token === null && networks.length === 0) return null;
  const expected = token === null ? null : digest(token);
  const ranges = networks.map(rangeOf);
  return {
    allows: ({ ip, authorization, throughUnknownProxy }) =>
      (expected === null || timingSafeEqual(expected, digest(bearerOf(authorization)))) &&
      (ranges.length === 0 || (!throughUnknownProxy && isIn(ip, ranges))),
  };
}

function bearerOf(header: string | undefined): string {
  return /^bearer\s+(.+)$/i.exec(header ?? '')?.[1]?.trim() ?? '';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
