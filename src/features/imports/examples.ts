import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importGuideOf } from '#domain/model/import-guides.ts';
import type { Kind } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { CATALOGUE_FOLDER } from '#sources/catalogue/load.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import { readProfile } from '../shared/profile.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
};
/** The email domain of the catalogue's samples. */
const INVENTED = /\bexample\.org\b/g;

/** Only tables are filled in by hand; API answers are exported and have no template. */
export function hasTemplate(sample: string): boolean {
  return sample.endsWith('.csv');
}

/**
 * The template of a kind, or its sample with the client's own domain, so that it can be imported like the client's own
 * file.
 */
export async function downloadExample(
  { client, read, services }: HandlerContext,
  { kind, as }: { readonly kind: string; readonly as: 'template' | 'sample' },
) {
  const { sample } = importGuideOf(services.catalogue.importGuides, kind as Kind);
  const ending = sample.slice(sample.lastIndexOf('.') + 1);
  if (as === 'template' && !hasTemplate(sample))
    throw unprocessable(
      'This kind of file is exported as it is, so there is no template to fill in. Take the sample.',
    );
  const {
    domains: [domain = 'example.org'],
  } = await read((tx) => readProfile(tx, client.id));
  const text = await readFile(join(CATALOGUE_FOLDER, 'imports', 'samples', sample), 'utf8');
  const content = as === 'template' ? `${text.split('\n', 1)[0]}\n` : text.replaceAll(INVENTED, domain);
  return asDownload({
    name: `${as}-${kind}.${ending}`,
    type: ownValue(MEDIA_TYPES, ending) ?? 'application/octet-stream',
    bytes: Buffer.from(content),
  });
}
