import { createHash } from 'node:crypto';
import { canonical, entriesOf, entryKey } from '#domain/catalogue-changes/entries.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { addRevision, type NewRevision } from '#store/revisions/revisions.ts';
import type { Services } from '../context.ts';

/** A catalogue in stored form: each entry by the hash of its content. */
export function revisionOf(catalogue: Catalogue, at: Date, bylawVersion: string): NewRevision {
  const entries = entriesOf(catalogue).map((entry) => ({
    ...entry,
    hash: sha256(`${entryKey(entry)}\n${canonical(entry.body)}`),
  }));
  const hashes = entries.map(({ hash }) => hash).sort();
  return {
    digest: sha256(hashes.join('\n')),
    at,
    bylawVersion,
    guide: catalogue.guide?.asOf ?? null,
    entries,
  };
}

/** Stores this server's catalogue if it differs from the last one. Call it once when the server starts. */
export async function keepCatalogue(
  services: Pick<Services, 'store' | 'catalogue' | 'clock' | 'config'>,
): Promise<void> {
  const revision = revisionOf(services.catalogue, services.clock(), services.config.version);
  await services.store.write('system', (tx) => addRevision(tx, revision));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
// Guide: G0-10
