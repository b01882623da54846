import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { DateTime } from 'luxon';
import { backup } from '#store/backup/backup.ts';
import { BACKUP_PURPOSE } from '#store/identity/tokens.ts';
import type { HandlerContext, Services } from '../context.ts';
import { roomFor } from '../foreign/index.ts';
import { forbidden, unprocessable } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import { needProof } from '../shared/own-session.ts';
import { takeTurn } from './turns.ts';

/** Where a backup lies while it is sent, within the data directory. */
const SENDING = 'sending';
/** What a backup takes beside the server, in megabytes. */
const BACKUP_MB = 120;
const making = new WeakSet<Services['store']>();

/**
 * Makes a backup, records it, and sends it. It is a whole file on the disk before its first byte leaves, and goes away
 * when it was sent or the other side hung up.
 */
export async function sendBackup(context: HandlerContext) {
  const { services, actor, now, request } = context;
  const { store, blobs, config, clock, sealer } = services;
  if (actor.sessionId !== null) await context.read((tx) => needProof(context, tx));
  else if (actor.limits.purpose !== BACKUP_PURPOSE)
    throw forbidden(
      'A backup contains everything for every client, so this token cannot create one. Create a token for backups under your name > Tokens.',
    );
  if (making.has(store))
    throw unprocessable('A backup is being made right now. Wait for it to finish, then request another.');
  making.add(store);
  const sending = join(config.dataDir, SENDING);
  await mkdir(sending, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(sending, 'backup-'));
  const away = () => void rm(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'backup');
    const created = await takeTurn(services, async () => {
      await roomFor(BACKUP_MB);
      return backup(store, blobs, file, {
        version: config.version,
        now: clock,
        signer: sealer.signer('backups'),
      });
    });
    await context.change(async (_tx, recorder) => {
      const { bytes, sha256, rows, evidence, lost } = created;
      await recorder.record({
        subject: { kind: 'workspace', id: null },
        after: { bytes, sha256, rows, evidence, lost: lost.length },
      });
    });
    const stream = createReadStream(file, { highWaterMark: 1 << 18 });
    stream.once('close', away);
    const hungUp = () => stream.destroy();
    if (request.signal.aborted) hungUp();
    else request.signal.addEventListener('abort', hungUp, { once: true });
    const name = `bylaw-backup-${DateTime.fromJSDate(now, { zone: 'utc' }).toFormat('yyyy-MM-dd-HHmm')}.tar`;
    const bytes = Readable.toWeb(stream) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>;
    // Its parts are compressed already; what is sent under an unknown type would be compressed once more.
    const download = asDownload({ name, type: 'application/x-tar', bytes });
    return { ...download, headers: { ...download.headers, 'content-length': String(created.bytes) } };
  } catch (error) {
    away();
    throw error;
  } finally {
    making.delete(store);
  }
}

const DAY_MS = 24 * 3_600_000;

/** Removes backups that a killed process was sending. */
export async function sweepSending({ config, clock }: Pick<Services, 'config' | 'clock'>): Promise<void> {
  const sending = join(config.dataDir, SENDING);
  for (const name of await readdir(sending).catch(() => [])) {
    const path = join(sending, name);
    const { mtimeMs } = await stat(path);
    if (clock().getTime() - mtimeMs > DAY_MS) await rm(path, { recursive: true, force: true });
  }
}
