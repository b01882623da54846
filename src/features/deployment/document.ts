import { stringify } from 'yaml';
import { ownValue } from '#domain/model/own-value.ts';
import { TEMPLATES } from '#sources/exports/documents/templates.ts';
import type { HandlerContext } from '../context.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { newestDocument } from './documents.ts';

/** The current charter or journal, to be edited and imported again; the commented template if there is none. */
export async function documentFile(context: HandlerContext, kind: 'charter' | 'journal') {
  const { client } = context;
  const stored = await context.read((tx) => newestDocument(tx, client.id, kind));
  const text =
    stored === null
      ? (ownValue(TEMPLATES, `${kind}.yaml`) ?? '')
      : `# ${kind === 'charter' ? 'Charter' : 'Journal'} of this client, version ${stored.version} in Bylaw. Edit it and import it; the whole file replaces the current one.\n${stringify(stored.value, { lineWidth: 110 })}`;
  return asDownload({
    name: `${kind}-${fileWord(client.name)}.yaml`,
    type: 'application/yaml',
    bytes: Buffer.from(text, 'utf8'),
  });
}
