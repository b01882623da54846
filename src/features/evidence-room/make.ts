import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { evidenceOf } from '#store/audit/evidence.ts';
import { sizeOf } from '#store/audit/read.ts';
import { headOf } from '#store/audit.ts';
import { assessmentText, clientSource, type FoundFile, membersOf } from '../audit/index.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden, unprocessable } from '../problems.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { present } from '../shared/moment.ts';
import { signCms, signingKey } from '../signed-records/index.ts';
import { version } from '../version.ts';
import { factsOf } from './facts.ts';
import {
  AUDIT,
  ROOM_MANIFEST,
  ROOM_README,
  ROOM_SIGNATURE,
  ROOM_STAMPS,
  roomManifestText,
} from './manifest.ts';
import { roomPage } from './page.ts';
import { roomReadme } from './readme.ts';
import { MAX_FILES, MAX_WITHOUT_ZIP64 } from './zip.ts';
import { zipFile } from './zip-file.ts';

/** Permissions needed in addition to reading the audit log. */
const NEEDS = [
  'evidence.read',
  'controls.read',
  'exceptions.read',
  'charter.read',
  'incidents.read',
  'policy.read',
] as const;

/** Whether the person may read everything in an evidence room. */
export function mayMake({ can }: Pick<HandlerContext, 'can'>): boolean {
  return NEEDS.every((permission) => can(permission));
}

/** Reserve for everything except evidence and audit log, in bytes and in files. */
const MORE_BYTES = 256 * 1024 * 1024;
const MORE_FILES = 20;
/** Folder in the data directory for archives being sent. */
const SENDING = 'sending';

/**
 * Creates an evidence room, records that in the audit log, and sends it. The archive is complete on disk before its
 * first byte is sent, and is deleted after sending or when the client disconnects.
 */
export async function makeRoom(context: HandlerContext) {
  const { services, client, now, request } = context;
  if (!mayMake(context))
    throw forbidden(
      'An evidence room holds evidence, controls, exceptions, charter, incidents and policy, and your role does not include all of them.',
    );
  await needRoom(context);
  const sending = join(services.config.dataDir, SENDING);
  await mkdir(sending, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(sending, 'room-'));
  const away = () => void rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'room');
    const created = await writeRoom(context, path);
    await context.change((_tx, recorder) =>
      recorder.record({ subject: { kind: 'client', id: client.id, name: client.name }, after: created }),
    );
    const stream = createReadStream(path, { highWaterMark: 1 << 18 });
    stream.once('close', away);
    const hungUp = () => stream.destroy();
    if (request.signal.aborted) hungUp();
    else request.signal.addEventListener('abort', hungUp, { once: true });
    const download = asDownload({
      name: `${fileWord(client.name)}-evidence-room-${present(now, client.timezone).today}.zip`,
      type: 'application/zip',
      bytes: Readable.toWeb(stream) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>,
    });
    return { ...download, headers: { ...download.headers, 'content-length': String(created.bytes) } };
  } catch (error) {
    away();
    throw error;
  }
}

/** Throws if the room would exceed the limits of a ZIP archive. */
async function needRoom({ read, client }: HandlerContext): Promise<void> {
  const { bytes, files } = await read(async (tx) => {
    const evidence = await evidenceOf(tx, client.id);
    const { seq } = await headOf(tx, client.id);
    const records = await sizeOf(tx, client.id, 1, seq);
    return {
      bytes: evidence.reduce((sum, one) => sum + one.bytes, 2 * records.bytes),
      files: evidence.length,
    };
  });
  if (bytes > MAX_WITHOUT_ZIP64 - MORE_BYTES || files > MAX_FILES - MORE_FILES)
    throw unprocessable(
      'The evidence of this client is larger than the 4 GB or 65,000 files that a ZIP archive holds. Export the chain of the audit log with its evidence instead, by days.',
    );
}

async function writeRoom(context: HandlerContext, path: string) {
  const { services, client, actor, now } = context;
  const key = await signingKey(services);
  const facts = await factsOf(context);
  const zip = await zipFile(path, now);
  try {
    const files: FoundFile[] = [];
    const add = async (name: string, content: string) =>
      void files.push(await zip.add(name, [Buffer.from(content)]));
    const json = (name: string, value: unknown) => add(name, `${JSON.stringify(value, null, 2)}\n`);
    const takenAt = now.toISOString();
    const said = { client: client.name, takenBy: actor.name, certificate: key.fingerprint };
    await add(ROOM_README, roomReadme({ ...said, takenAt }));
    await add('index.html', await roomPage(facts, { ...said, takenAt: now }));
    await json('verdicts.json', facts.verdicts);
    await add(
      'assessment-results.json',
      assessmentText({
        client,
        controls: services.catalogue.controls,
        verdicts: facts.current,
        at: now,
      }),
    );
    await json('exceptions.json', facts.exceptions);
    await json('charters.json', facts.charters);
    await json('reviews.json', facts.reviews);
    await json('incidents.json', facts.incidents);
    await json('policy.json', facts.policy);
    await json(ROOM_STAMPS, facts.stamps);
    const ofAudit: FoundFile[] = [];
    const members = await membersOf(clientSource(context), services.blobs, ofAudit, 'THE-EVIDENCE-ROOM.zip');
    for await (const { name, content } of members) {
      const file = await zip.add(`${AUDIT}${name}`, content);
      files.push(file);
      ofAudit.push({ ...file, name });
    }
    const manifest = Buffer.from(
      roomManifestText({
        format: 'bylaw-evidence-room',
        version: 1,
        madeWith: `Bylaw ${version}`,
        client: { id: client.id, slug: client.slug, name: client.name },
        zone: client.timezone,
        takenAt,
        takenBy: actor.name,
        certificate: key.fingerprint,
        files,
      }),
    );
    const { sha256 } = await zip.add(ROOM_MANIFEST, [manifest]);
    await zip.add(ROOM_SIGNATURE, [await signCms(manifest, key, now)]);
    return {
      bytes: await zip.end(),
      files: files.length + 2,
      manifest: sha256,
      certificate: key.fingerprint,
    };
  } finally {
    await zip.close();
  }
}
