import { existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { operations } from '#app/operations.ts';
import { OPERATOR } from '#features/keys/rotate.ts';
import type { Operation } from '#features/operation.ts';
import type { ServerSettings } from '#features/server-settings.ts';
import { version } from '#features/version.ts';
import { appendAudit, WORKSPACE } from '#store/audit.ts';
import { type BackupResult, backup } from '#store/backup/backup.ts';
import { inspectBackup } from '#store/backup/inspect.ts';
import { openBlobs } from '#store/blobs.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { openSealer } from '#store/seal.ts';
import { isThere, onStore, type PlaceFlags, placeOf } from '../place.ts';
import { Problem } from '../problem.ts';
import { request } from '../remote/request.ts';
import { currentSession, isSignedIn, type Session } from '../remote/session.ts';
import { safe, type Terminal } from '../terminal.ts';

export interface BackupFlags extends PlaceFlags {
  readonly withKey?: boolean;
}

/**
 * `bylaw backup FILE`: everything in one file. For a stopped server from its data directory; for a running one through
 * the server, with the token of `bylaw login`, since only one process can open the embedded database.
 */
export async function backupCommand(file: string, flags: BackupFlags, terminal: Terminal): Promise<number> {
  const target = resolve(file);
  if (existsSync(target)) throw new Problem(`${target} already exists. Give the backup another name.`);
  const settings = placeOf(flags);
  const named = flags.data !== undefined || flags.databaseUrl !== undefined;
  if (!named && isSignedIn() && !(await isThere(settings)))
    return fromServer(target, currentSession(), null, flags, terminal);
  try {
    return printResult(await fromPlace(target, settings, flags.withKey === true, terminal), terminal);
  } catch (error) {
    if (!(error instanceof StoreProblem && error.code === 'in_use')) throw error;
    if (!isSignedIn())
      throw new Problem(
        `${error.message} Or back up while it runs: make a token for backups in the console under your name > Tokens, run “bylaw login ${settings.origin}”, then this command again.`,
      );
    return fromServer(target, currentSession(), settings, flags, terminal);
  }
}

function fromPlace(
  target: string,
  settings: ServerSettings,
  withKey: boolean,
  terminal: Terminal,
): Promise<BackupResult> {
  return onStore(settings, terminal, async (store) => {
    const blobs = await openBlobs(join(settings.dataDir, 'evidence'), { beside: store.engine === 'server' });
    const keys = await openSealer({ ...settings, create: false }).catch((error: unknown) => {
      if (!withKey && error instanceof StoreProblem && error.code === 'key') return null;
      throw error;
    });
    terminal.progress('Writing the backup');
    const created = await backup(store, blobs, target, {
      version,
      ...(keys === null ? {} : { signer: keys.signer('backups') }),
      ...(keys === null || !withKey ? {} : { includeKey: keys.exported() }),
    });
    const { bytes, sha256, rows, evidence, lost, keyIncluded } = created;
    await store.write('system', (tx) =>
      appendAudit(tx, {
        chain: WORKSPACE,
        actor: OPERATOR,
        action: 'backup.make',
        subject: { kind: 'workspace', id: null },
        after: { bytes, sha256, rows, evidence, lost: lost.length, keyIncluded },
        at: new Date(),
      }),
    );
    return created;
  });
}

function printResult(made: BackupResult, terminal: Terminal): number {
  terminal.out(
    `Backup written: ${made.file} (${megabytes(made.bytes)}, ${made.rows} rows, ${made.evidence} evidence files).`,
  );
  terminal.out(`SHA-256: ${made.sha256}`);
  for (const note of made.notes) terminal.out(note);
  return 0;
}

/**
 * Backs up a running server. `settings` are those of the data directory that is in use, to make sure that it is that
 * server's.
 */
async function fromServer(
  target: string,
  session: Session,
  settings: ServerSettings | null,
  flags: BackupFlags,
  terminal: Terminal,
): Promise<number> {
  if (flags.withKey === true)
    throw new Problem(
      'The key is never sent over the network. Back up without --with-key and copy the key file yourself, or stop the server first.',
    );
  if (settings !== null) await requireSame(session, settings);
  terminal.progress(`Asking ${session.server} for a backup`);
  const unfinished = `${target}.part`;
  // Created with permissions for this user only.
  await (await open(unfinished, 'w', 0o600)).close();
  try {
    await request(session, { operation: operationOf('backup.make'), input: {}, out: unfinished });
    terminal.progress('Checking what came');
    const { manifest } = await inspectBackup(unfinished);
    const { size } = await stat(unfinished);
    await rename(unfinished, target);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    terminal.out(
      `Backup of ${session.server} written: ${target} (${megabytes(size)}, ${rows} rows, ${manifest.evidence.length} evidence files).`,
    );
    terminal.out(
      'The key that opens the secrets is not in this file. Keep a copy of the key file somewhere else.',
    );
    if (manifest.lost.length > 0)
      terminal.out(
        `Evidence that is gone or damaged and not in this backup: ${manifest.lost.map((sha) => safe(sha.slice(0, 12))).join(', ')}.`,
      );
    return 0;
  } finally {
    await rm(unfinished, { force: true });
  }
}

const ofServer = z.object({ server: z.object({ dataDir: z.string() }) });

async function requireSame(session: Session, { dataDir }: ServerSettings): Promise<void> {
  const reply = await request(session, { operation: operationOf('settings.get'), input: {} });
  const parsed = ofServer.safeParse(reply.is === 'data' ? reply.data : null);
  if (parsed.success && parsed.data.server.dataDir === dataDir) return;
  throw new Problem(
    `The data in ${dataDir} is in use by a server, but you are signed in to another one, ${session.server}. Run “bylaw login” with the address of the right one, or stop that server first.`,
  );
}

function operationOf(name: string): Operation {
  const found = operations().find(({ path }) => path.join('.') === name);
  if (found === undefined) throw new Error(`There is no operation ${name}.`);
  return found;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
