import { importGuideOf } from '#domain/model/import-guides.ts';
import { ALL_KINDS, KINDS } from '#domain/model/kinds.ts';
import { latestCreation } from '#store/clock.ts';
import type { Services } from '../../context.ts';
import { type BehindSecret, behindSecret } from '../../shared/behind-secret.ts';
import { zoneOf } from '../../shared/moment.ts';
import { lastDayOf } from '../../shared/secret-links.ts';

/** A valid link, with what it needs to accept a file. */
export interface OpenLink {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly askedBy: string;
  readonly endsOn: string;
  /** Requested kinds, with where to export each; empty: anything. */
  readonly wanted: readonly { readonly name: string; readonly steps: readonly string[] }[];
}

export type LinkFound =
  | { readonly kind: 'open'; readonly link: OpenLink }
  | Exclude<BehindSecret<OpenLink>, { readonly kind: 'found' }>;

/** The link with this secret, if it is valid at this moment. */
export async function openUploadLink(services: Services, secret: string, ip: string): Promise<LinkFound> {
  const { catalogue } = services;
  const behind = await behindSecret(services, { secret, ip }, (tx, { hash, now }) =>
    tx
      .selectFrom('upload_links as l')
      .innerJoin('clients as c', 'c.id', 'l.client_id')
      .select(['l.id', 'l.client_id', 'l.kinds', 'l.expires_at', 'l.made_by_name', 'c.name', 'c.profile'])
      .where('l.token_hash', '=', hash)
      .where('l.revoked_at', 'is', null)
      .where('l.expires_at', '>', now)
      .where('l.made_at', '<=', latestCreation(now))
      .executeTakeFirst(),
  );
  if (behind.kind !== 'found') return behind;
  const { found } = behind;
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
