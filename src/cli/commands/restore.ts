import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkChain } from '#features/audit/check.ts';
import { sealedTexts } from '#features/keys/sealed-places.ts';
import type { ServerSettings } from '#features/server-settings.ts';
import { WORKSPACE } from '#store/audit.ts';
import { type RestoreResult, restore } from '#store/backup/restore.ts';
import { onStore, type PlaceFlags, placeOf } from '../place.ts';
import { safe, type Terminal } from '../terminal.ts';

/**
 * `bylaw restore FILE`: checks every byte of a backup, brings all of it back into an empty place or nothing, and then
 * proves the audit log. Exit code 0: all is whole; 1: it came back as it was saved, but a chain did not hold even then.
 */
export async function restoreCommand(file: string, flags: PlaceFlags, terminal: Terminal): Promise<number> {
  const settings = placeOf(flags);
  const { dataDir, databaseUrl, key, keyFile } = settings;
  const result = await restore(resolve(file), {
    dataDir,
    databaseUrl,
    ...(key === null ? { keyFile } : {}),
    onProgress: (words) => terminal.progress(words),
  });
  const rows = result.tables.reduce((sum, table) => sum + table.rows, 0);
  terminal.out(
    `Restored into ${databaseUrl === null ? dataDir : `the PostgreSQL database, evidence into ${dataDir}`}: the backup of ${result.made.slice(0, 16).replace('T', ' ')} UTC, made by Bylaw ${safe(result.version)}.`,
  );
  terminal.out(
    `${rows} rows and ${result.evidence} evidence files came back exactly as they were saved; all were read again and compared.`,
  );
  if (result.lost.length > 0)
    terminal.out(
      `Evidence that was gone or damaged before the backup was made: ${result.lost.map((sha) => sha.slice(0, 12)).join(', ')}.`,
    );
  const { chains, broken, sealed } = await look(settings, terminal);
  if (broken.length === 0) terminal.out(`Audit log: ${chains} ${chains === 1 ? 'chain' : 'chains'}, whole.`);
  for (const words of broken) terminal.error(words);
  const words = keyWords(result.key, sealed, settings);
  if (words !== null) terminal.out(words);
  return broken.length === 0 ? 0 : 1;
}

/** Opens what was restored, as the server will, and proves every chain of the audit log. */
function look(
  settings: ServerSettings,
  terminal: Terminal,
): Promise<{ chains: number; broken: string[]; sealed: number }> {
  return onStore(settings, terminal, async (store) => {
    terminal.progress('Proving the audit log');
    const heads = await store.read('system', (tx) =>
      tx.selectFrom('audit_heads').select('client_id').orderBy('client_id').execute(),
    );
    const broken: string[] = [];
    for (const { client_id } of heads) {
      const check = await checkChain((work) => store.read('system', work), client_id);
      if (!check.whole)
        broken.push(
          `Audit log of ${client_id === WORKSPACE ? 'the workspace' : `client ${safe(client_id)}`}: ${check.says}`,
        );
    }
    const texts = await store.read('system', (tx) => sealedTexts(tx, new Date()));
    return { chains: heads.length, broken, sealed: texts.length };
  });
}

function keyWords(state: RestoreResult['key'], sealed: number, settings: ServerSettings): string | null {
  switch (state) {
    case 'restored':
      return `The key was in the backup and is now in ${settings.keyFile}.`;
    case 'kept':
      return `The key in ${settings.keyFile} was there already and stayed as it is; the one in the backup was not used.`;
    case 'not_in_backup':
      if (sealed === 0 || settings.key !== null || existsSync(settings.keyFile)) return null;
      return `The key that opens ${sealed} sealed ${sealed === 1 ? 'secret is' : 'secrets are'} not in the backup. Put your copy of the key file at ${settings.keyFile} before you start the server; if it is lost for good, run "bylaw keys replace-lost".`;
  }
}
