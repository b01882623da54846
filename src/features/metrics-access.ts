import { createHash, timingSafeEqual } from 'node:crypto';
import { isIn, rangeOf } from './networks.ts';

/** Characters that the token for `/metrics` has at least: nothing counts wrong ones. */
export const MIN_METRICS_TOKEN = 32;

/** Who may read `/metrics`: whoever has the token, asks from a network that is named, or both where both are set. */
export interface MetricsAccess {
  allows(request: {
    /** The visitor's address. */
    readonly ip: string;
    /** The `Authorization` header. */
    readonly authorization: string | undefined;
    /** It came through a proxy that nobody said may be believed, so that the address is the proxy's own. */
    readonly throughUnknownProxy: boolean;
  }): boolean;
}

/** null where neither is set: the address does not exist. */
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
