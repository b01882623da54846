import { hashSecret } from '#store/identity/secrets.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';
import { networkOf } from './network.ts';
import { countRead, countWrong } from './secret-limits.ts';
import { SECRET } from './secret-links.ts';

/** What a secret URL leads to, which anyone may request; `later`: it, or wrong secrets, were requested too often. */
export type BehindSecret<Found> =
  | { readonly kind: 'found'; readonly found: Found; readonly now: Date }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'later'; readonly seconds: number };

/**
 * Looks up a secret by its hash. An expired, a revoked and a nonexistent one give the same answer. A network may have
 * many people, some of whom request old URLs, so a valid secret is never delayed by the limit for wrong ones.
 *
 * @param find returns what the hash leads to at this moment; null or undefined: nothing
 */
export async function behindSecret<Found extends object>(
  services: Pick<Services, 'store' | 'clock'>,
  { secret, ip }: { readonly secret: string; readonly ip: string },
  find: (tx: Tx, at: { readonly hash: string; readonly now: Date }) => Promise<Found | null | undefined>,
): Promise<BehindSecret<Found>> {
  const now = services.clock();
  const hash = hashSecret(secret);
  const found = SECRET.test(secret)
    ? ((await services.store.read('system', (tx) => find(tx, { hash, now }))) ?? null)
    : null;
  const seconds = found === null ? countWrong(services, networkOf(ip), now) : countRead(services, hash, now);
  if (seconds > 0) return { kind: 'later', seconds };
  return found === null ? { kind: 'nothing' } : { kind: 'found', found, now };
}
