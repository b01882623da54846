import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { count } from '#domain/text/words.ts';
import { checkChain } from '#features/audit/check.ts';
import { OPERATOR } from '#features/keys/rotate.ts';
import { sealedTexts } from '#features/keys/sealed-places.ts';
import type { ServerSettings } from '#features/server-settings.ts';
import { appendAudit, WORKSPACE } from '#store/audit.ts';
import { unprovenWords } from '#store/backup/proof.ts';
import { type RestorePlan, type RestoreResult, restore } from '#store/backup/restore.ts';
import { openSealer } from '#store/seal.ts';
import { onStore, type PlaceFlags, placeOf } from '../place.ts';
import { safe, type Terminal } from '../terminal.ts';

export interface RestoreFlags extends PlaceFlags {
  /** Also restores what cannot be verified here. */
  readonly acceptUnproven?: boolean;
}

/**
 * `bylaw restore FILE`: verifies every byte of a backup, restores it atomically into an empty place, and then verifies
 * the audit log. Exits with 0 if everything is intact; 1 if it was restored as saved, but a chain was already broken
 * then.
 */
export async function restoreCommand(file: string, flags: RestoreFlags, terminal: Terminal): Promise<number> {
  const settings = placeOf(flags);
  const { dataDir, databaseUrl, key, keyFile } = settings;
  const result = await restore(resolve(file), {
    dataDir,
    databaseUrl,
    ...(key === null ? { keyFile } : {}),
    trusted: await trustedKeys(settings),
    acceptUnproven: flags.acceptUnproven === true,
    onChecked: (plan) => {
      for (const line of planLines(plan, settings)) terminal.out(safe(line));
    },
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
  for (const line of endedLines(result)) terminal.out(line);
  const { chains, broken, sealed } = await look(settings, result, terminal);
  if (broken.length === 0) terminal.out(`Audit log: ${chains} ${chains === 1 ? 'chain' : 'chains'}, intact.`);
  for (const words of broken) terminal.error(words);
  const words = keyWords(result.key, sealed, settings);
  if (words !== null) terminal.out(words);
  return broken.length === 0 ? 0 : 1;
}

/** The local keys, with which backups are verified; none if there are none yet. */
async function trustedKeys(settings: ServerSettings): Promise<{ keys: readonly string[]; place: string }> {
  const place = settings.key === null ? settings.keyFile : 'BYLAW_KEY';
  if (settings.key === null && !existsSync(settings.keyFile)) return { keys: [], place };
  return { keys: (await openSealer({ ...settings, create: false })).publicKeys('backups'), place };
}

/** Shown before anything is written: what the backup is, and which parts will not be usable. */
function planLines(plan: RestorePlan, settings: ServerSettings): readonly string[] {
  const { made, version, rows, evidence, lost, proof, keyIncluded } = plan;
  const place = settings.key === null ? settings.keyFile : 'BYLAW_KEY';
  const noKey = !keyIncluded && settings.key === null && !existsSync(settings.keyFile);
  return [
    `Backup of ${made.slice(0, 16).replace('T', ' ')} UTC, made by Bylaw ${version}: ${count(rows, 'row')}, ${count(evidence, 'evidence file')}.`,
    proof === 'proven'
      ? `Its signature is that of a key in ${place}: no one without that key made or changed it.`
      : `NOT PROVEN, but restored: ${unprovenWords(proof, place)}`,
    'All sessions, tokens, invitations, links, calendar addresses, recovery codes and enrolled devices in it will end: anything ended or used since then would become valid again.',
    'People, their roles, passwords, passkeys and authenticator apps, and what sources and sinks are connected to will be as they were then. Anyone disabled since then has to be disabled again, and anything revoked or removed since then, such as a lost phone or a known password, has to be removed again.',
    ...(lost.length === 0
      ? []
      : [
          `${count(lost.length, 'evidence file was', 'evidence files were')} gone or damaged before the backup was made and will not come back.`,
        ]),
    ...(noKey
      ? [
          `The key that opens its secrets is not here: passwords of mail and sign-in stay closed until your copy of the key file is at ${place}.`,
        ]
      : []),
  ];
}

function endedLines({ ended }: RestoreResult): readonly string[] {
  const {
    sessions,
    tokens,
    invitations,
    calendars,
    reportLinks,
    uploadLinks,
    policyPages,
    devices,
    recoveryCodes,
    changes,
  } = ended;
  return [
    `Ended: ${count(sessions, 'session')}, ${count(tokens, 'token')}, ${count(invitations, 'invitation')}, ${count(calendars, 'calendar address', 'calendar addresses')}, ${count(reportLinks, 'link to a report', 'links to reports')}, ${count(uploadLinks, 'link for handing in files', 'links for handing in files')}, ${count(policyPages, 'address of a staff page', 'addresses of staff pages')}, ${count(devices, 'device that signs tests', 'devices that sign tests')}. Everyone has to sign in again; make new tokens for commands, Claude and telemetry and hand them out, and enroll devices again, each with a new key.`,
    ...(recoveryCodes === 0
      ? []
      : [
          `Recovery codes of ${count(recoveryCodes, 'person', 'people')} ended, because some may have been used since. Authenticator apps still work; each makes new codes under “Account”.`,
        ]),
    ...(changes === 0
      ? []
      : [
          `Stopped: ${count(changes, 'change that was', 'changes that were')} being carried out in a system outside. Compare each with the system itself, then plan it again.`,
        ]),
  ];
}

/** Opens what was restored in the same way as the server, and verifies every chain of the audit log. */
function look(
  settings: ServerSettings,
  { made, proof, ended }: RestoreResult,
  terminal: Terminal,
): Promise<{ chains: number; broken: string[]; sealed: number }> {
  return onStore(settings, terminal, async (store) => {
    await store.write('system', (tx) =>
      appendAudit(tx, {
        chain: WORKSPACE,
        actor: OPERATOR,
        action: 'backup.restore',
        subject: { kind: 'workspace', id: null },
        after: { made, proof, ended },
        at: new Date(),
      }),
    );
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
      return `The key that opens ${sealed} sealed ${sealed === 1 ? 'secret is' : 'secrets are'} not in the backup. Put your copy of the key file at ${settings.keyFile} before you start the server; if it is lost for good, run “bylaw keys replace-lost”.`;
  }
}
