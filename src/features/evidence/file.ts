import { Readable } from 'node:stream';
import { LIMITS, megabytes } from '#sources/exports/read/limits.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { addEvidence, findEvidence } from '#store/evidence/evidence.ts';
import type { HandlerContext } from '../context.ts';
import { isDisconnect, mediaType, safeName, statedLength } from '../imports/index.ts';
import { badRequest, tooLarge, unprocessable } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import { readEvidence } from './list.ts';

/** The file as a download, always as an attachment. The stream is aborted if the content does not match its SHA-256. */
export async function downloadEvidence(context: HandlerContext, sha256: string) {
  const { read, services } = context;
  const { row } = await read((tx) => readEvidence(tx, context, sha256));
  const { stream } = await openOrSay(services.blobs, sha256);
  return asDownload({
    name: row.name.slice(row.name.lastIndexOf('/') + 1),
    type: row.mediaType,
    bytes: Readable.toWeb(stream) as ReadableStream<Uint8Array>,
  });
}

async function openOrSay(blobs: HandlerContext['services']['blobs'], sha256: string) {
  try {
    return await blobs.open(sha256);
  } catch (error) {
    if (error instanceof StoreProblem && error.code === 'missing') throw unprocessable(error.message);
    throw error;
  }
}

const SAYS = {
  whole: 'Intact: every byte is as it was when it was stored.',
  damaged: 'Damaged: the file is not what it was when it was stored. Restore it from a backup.',
  missing: 'Missing: the file is not in the evidence folder. Restore it from a backup.',
} as const;

/** Reads the whole file and reports whether it still matches its SHA-256. */
export async function verifyEvidence(context: HandlerContext, sha256: string) {
  const { read, services, now } = context;
  await read((tx) => readEvidence(tx, context, sha256));
  const state = await services.blobs.verify(sha256);
  return { state, says: SAYS[state], checkedAt: now.toISOString() };
}

/** Stores a file unchanged. Uploading the same content again gives the existing evidence, with its existing name. */
export async function uploadEvidence(context: HandlerContext, name: string) {
  const { client, actor, now, request, services } = context;
  if (request.body === null) throw badRequest('The request contains no file.');
  const called = safeName(name);
  const stated = statedLength(request.body);
  if (stated !== null && stated > LIMITS.fileBytes) throw over(called);
  const stored = await services.blobs
    .put(request.body, { maxBytes: LIMITS.fileBytes, signal: request.signal })
    .catch((error: unknown) => {
      if (error instanceof StoreProblem && error.code === 'too_large') throw over(called);
      if (isDisconnect(error))
        throw badRequest('The connection was lost before the file was complete. Nothing from it was kept.');
      throw error;
    });
  if (stored.bytes === 0) throw badRequest(`The file “${called}” is empty, so it was not accepted.`);
  return context.change(async (tx, recorder) => {
    const known = await findEvidence(tx, client.id, stored.sha256);
    if (known !== null) {
      recorder.unchanged();
      return { sha256: stored.sha256, name: known.name, bytes: stored.bytes, known: true };
    }
    await addEvidence(tx, client.id, [
      {
        ...stored,
        name: called,
        mediaType: mediaType(called),
        how: 'upload',
        addedBy: actor.userId,
        addedByName: actor.name,
        addedAt: now,
      },
    ]);
    await recorder.record({
      subject: { kind: 'evidence', id: stored.sha256, name: called },
      after: { name: called, sha256: stored.sha256, bytes: stored.bytes },
    });
    return { sha256: stored.sha256, name: called, bytes: stored.bytes, known: false };
  });
}

function over(name: string) {
  return tooLarge(`“${name}” is larger than ${megabytes(LIMITS.fileBytes)}, so it was not accepted.`);
}
