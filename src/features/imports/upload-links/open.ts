import { importGuideOf } from '#domain/model/import-guides.ts';
import { ALL_KINDS, KINDS } from '#domain/model/kinds.ts';
import { hashSecret } from '#store/identity/secrets.ts';
import type { Services } from '../../context.ts';
import { zoneOf } from '../../shared/moment.ts';
import { networkOf } from '../../shared/network.ts';
import { countRead, countWrong } from '../../shared/secret-limits.ts';
import { lastDayOf, SECRET } from '../../shared/secret-links.ts';

/** A link that is good, with what it needs to take a file. */
export interface OpenLink {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly askedBy: string;
  readonly endsOn: string;
  /** What is wanted, with where each is exported; empty: whatever the person has. */
  readonly wanted: readonly { readonly name: string; readonly steps: readonly string[] }[];
}

export type LinkFound =
  | { readonly kind: 'open'; readonly link: OpenLink }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'later'; readonly seconds: number };

/**
 * The link behind a secret. One that has ended, was revoked or was never made answers the same, and whoever asks too
 * often waits.
 */
export async function openUploadLink(services: Services, secret: string, ip: string): Promise<LinkFound> {
  const { store, clock, catalogue } = services;
  const now = clock();
  const hash = hashSecret(secret);
  const found = SECRET.test(secret)
    ? await store.read('system', (tx) =>
        tx
          .selectFrom('upload_links as l')
          .innerJoin('clients as c', 'c.id', 'l.client_id')
          .select(['l.id', 'l.client_id', 'l.kinds', 'l.expires_at', 'l.made_by_name', 'c.name', 'c.profile'])
          .where('l.token_hash', '=', hash)
          .where('l.revoked_at', 'is', null)
          .where('l.expires_at', '>', now)
          .executeTakeFirst(),
      )
    : undefined;
  const seconds =
    found === undefined ? countWrong(services, networkOf(ip), now) : countRead(services, hash, now);
  if (seconds > 0) return { kind: 'later', seconds };
  if (found === undefined) return { kind: 'nothing' };
  return {
    kind: 'open',
    link: {
      id: found.id,
      clientId: found.client_id,
      clientName: found.name,
      askedBy: found.made_by_name,
      endsOn: lastDayOf(found.expires_at, zoneOf(found.profile)),
      wanted: ALL_KINDS.filter((kind) => found.kinds.includes(kind)).map((kind) => ({
        name: KINDS[kind].label,
        steps: importGuideOf(catalogue.importGuides, kind).steps,
      })),
    },
  };
}
