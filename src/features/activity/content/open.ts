import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { type ContentFileRow, contentFilePlace, findContentFile } from '#store/activity/content-files.ts';
import type { Tx } from '#store/open.ts';
import { openStream } from '#store/sealed-stream.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound, unprocessable } from '../../problems.ts';
import { asDownload } from '../../shared/download.ts';
import { ownSession } from '../../shared/own-session.ts';
import { accountsOf } from '../../shared/second-person.ts';
import { recordInCase } from '../text/cases.ts';
import { openTexts } from '../text/key.ts';
import { agreementsTo, askToOpen } from '../text/openings.ts';

interface Kept extends ContentFileRow {
  readonly locked: string;
  readonly blob_sha256: string;
}

async function keptFile(tx: Tx, { client }: HandlerContext, id: string): Promise<Kept> {
  const row = await findContentFile(tx, client.id, id);
  if (row === undefined) throw notFound();
  const { locked, blob_sha256 } = row;
  if (locked === null || blob_sha256 === null)
    throw unprocessable(`The file “${row.name}” was destroyed, so it cannot be opened.`);
  return { ...row, locked, blob_sha256 };
}

/** Asks two people named in the charter to agree to opening a file. This opens nothing. */
export async function askForContent(
  context: HandlerContext,
  { contentFile, reason }: { readonly contentFile: string; readonly reason: string },
): Promise<{ opening: string }> {
  return askToOpen(context, reason, async (tx) => {
    const { id, name, sha256, incident_id: incident } = await keptFile(tx, context, contentFile);
    return {
      incident,
      of: { content_file_id: id },
      name,
      after: { file: name, sha256 },
      act: 'content_asked',
    };
  });
}

/** The file itself, with a record of who opened it, why, and with whose agreement. */
export async function openContent(
  context: HandlerContext,
  { contentFile, opening }: { readonly contentFile: string; readonly opening: string },
) {
  const { client, services, request } = context;
  ownSession(context);
  const { blob_sha256: address, name } = await context.read((tx) => keptFile(tx, context, contentFile));
  if (!(await services.blobs.has(address)))
    throw unprocessable(`The file “${name}” is not on the disk of this server. Restore it from a backup.`);
  const accounts = await accountsOf(services);
  const { key, row } = await context.change(async (tx, recorder) => {
    const found = await keptFile(tx, context, contentFile);
    const asked = { opening, of: { content_file_id: found.id } };
    const { reason, incident, agreed } = await agreementsTo(tx, context, asked, accounts);
    const lock = await openTexts(tx, services, client.id);
    if (lock === null) throw notFound();
    await recorder.record({
      subject: { kind: 'content_file', id: found.id, name: found.name },
      reason,
      after: { sha256: found.sha256, agreed, incident: incident.code },
    });
    await recordInCase(tx, context, { incident: incident.id, act: 'content_opened', note: found.name });
    const opened = lock.open(found.locked, contentFilePlace(found));
    return { key: Buffer.from(opened, 'base64'), row: found };
  });
  const { stream } = await services.blobs.open(row.blob_sha256);
  const plain = Readable.from(openStream(stream, key, contentFilePlace(row)), { objectMode: false });
  const hungUp = () => plain.destroy();
  request.signal.addEventListener('abort', hungUp, { once: true });
  const download = asDownload({
    name: row.name,
    type: 'application/octet-stream',
    bytes: Readable.toWeb(plain) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>,
  });
  return { ...download, headers: { ...download.headers, 'content-length': String(row.bytes) } };
}
// Guide: G5.2-04 G8-14 GB-09
