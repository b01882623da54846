import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { CONTENT_APPROVERS } from '#domain/charter/content-kept.ts';
import { addDays } from '#domain/model/day.ts';
import { dayWords } from '#domain/text/words.ts';
import {
  CONTENT_GONE,
  type ContentFileRow,
  contentFilePlace,
  contentFiles,
  destroyContentFile,
  findContentFile,
  insertContentFile,
} from '#store/activity/content-files.ts';
import { allOpenings, type OpeningRow } from '#store/activity/text-openings.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { findIncident, type IncidentRow, incidentsOf } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import { sealedSize, sealStream } from '#store/sealed-stream.ts';
import type { HandlerContext } from '../../context.ts';
import { isDisconnect, safeName, statedLength } from '../../imports/index.ts';
import { peopleOf } from '../../people/index.ts';
import { badRequest, notFound, tooLarge, unprocessable } from '../../problems.ts';
import { refuseHeld } from '../../retention/index.ts';
import { present } from '../../shared/moment.ts';
import { ownSession } from '../../shared/own-session.ts';
import { caseView, currentCase, recordInCase, textCases } from '../text/cases.ts';
import { lockForTexts } from '../text/key.ts';
import { approversIn, stateOf } from '../text/openings.ts';
import { MAX_CONTENT_DAYS, MAX_CONTENT_FILE } from './schemas.ts';

interface Attaching {
  readonly incident: string;
  readonly name: string;
  readonly until: string;
}

/**
 * Stores a file with content, encrypted while streaming with its own key, which is locked by the client's key.
 * Plaintext is never on disk.
 */
export async function attachContent(context: HandlerContext, { incident, name, until }: Attaching) {
  const { client, actor, now, request, services } = context;
  ownSession(context);
  if (request.body === null) throw badRequest('The request contains no file.');
  const { today } = present(now, client.timezone);
  if (until < today || until > addDays(today, MAX_CONTENT_DAYS))
    throw badRequest(`Its last day has to be from today to ${MAX_CONTENT_DAYS} days from today.`);
  const allowed = async (tx: Tx) => {
    await approversIn(tx, client.id);
    return currentCase(tx, context, incident);
  };
  // Checked before a large file is received, and again with the change.
  await context.read(allowed);
  const called = safeName(name);
  const stated = statedLength(request.body);
  if (stated !== null && stated > MAX_CONTENT_FILE) throw over(called);
  const id = randomUUID();
  const place = contentFilePlace({ client_id: client.id, id });
  const key = randomBytes(32);
  const plain = counted(request.body);
  const stored = await services.blobs
    .put(sealStream(plain.bytes, key, place), {
      maxBytes: sealedSize(MAX_CONTENT_FILE),
      signal: request.signal,
    })
    .catch((error: unknown) => {
      if (error instanceof StoreProblem && error.code === 'too_large') throw over(called);
      if (isDisconnect(error))
        throw badRequest('The connection was lost before the file was complete. Nothing from it was kept.');
      throw error;
    });
  const { size, sha256 } = plain.seen();
  if (size === 0) throw badRequest(`The file “${called}” is empty, so it was not accepted.`);
  await context.change(async (tx, recorder) => {
    const { code } = await allowed(tx);
    const lock = await lockForTexts(tx, services, client.id);
    await insertContentFile(tx, {
      client_id: client.id,
      id,
      incident_id: incident,
      name: called,
      bytes: size,
      sha256,
      blob_sha256: stored.sha256,
      locked: lock.seal(key.toString('base64'), place),
      until_day: until,
      added_by: actor.userId,
      added_by_name: actor.name,
      added_at: now,
    });
    await recorder.record({
      subject: { kind: 'content_file', id, name: called },
      after: { incident: code, bytes: size, sha256, until },
    });
    await recordInCase(tx, context, {
      incident,
      act: 'content_attached',
      note: `${called}, until ${dayWords(until)}`,
    });
  });
  services.events.publish({ client: client.id, topic: 'activity', id });
  return shownFile(context, id);
}

/** Passes bytes on while computing their hash and size. */
function counted(body: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let size = 0;
  return {
    bytes: (async function* () {
      for await (const chunk of body) {
        size += chunk.byteLength;
        if (size > MAX_CONTENT_FILE) throw new StoreProblem('too_large', 'The file is too large.');
        hash.update(chunk);
        yield chunk;
      }
    })(),
    seen: () => ({ size, sha256: hash.digest('hex') }),
  };
}

function over(name: string) {
  return tooLarge(`“${name}” is larger than ${MAX_CONTENT_FILE / 1024 ** 3} GB, so it was not accepted.`);
}

/** Attached files, newest first, including deleted ones. */
export async function listContent(context: HandlerContext, { incident }: { readonly incident?: string }) {
  const { client } = context;
  return context.read(async (tx) => {
    if (incident !== undefined && (await findIncident(tx, client.id, incident)) === undefined)
      throw notFound();
    const known = await knownOf(tx, context);
    const rows = await contentFiles(tx, client.id);
    const items = rows
      .filter((row) => incident === undefined || row.incident_id === incident)
      .map((row) => view(row, known, context));
    const cases = context.can('content.open') ? await textCases(tx, context) : [];
    return { items, total: items.length, cases };
  });
}

/** Deletes a file before its last day. */
export async function removeContent(
  context: HandlerContext,
  { contentFile, reason }: { readonly contentFile: string; readonly reason: string },
) {
  const { client, actor, now, services } = context;
  const people = await peopleOf(context, client, { masked: false });
  await context.change(async (tx, recorder) => {
    const row = await findContentFile(tx, client.id, contentFile, { lock: true });
    if (row === undefined) throw notFound();
    if (row.removed_at !== null) throw unprocessable(`The file “${row.name}” is gone already.`);
    const incident = await findIncident(tx, client.id, row.incident_id);
    await refuseHeld(tx, context, people, incident?.person ?? null);
    await destroyContentFile(tx, row, {
      at: now,
      by: { id: actor.userId, name: actor.name },
      why: 'by_hand',
    });
    await recorder.record({
      subject: { kind: 'content_file', id: row.id, name: row.name },
      reason,
      before: { bytes: Number(row.bytes), sha256: row.sha256, until: row.until_day },
      after: { destroyed: true },
    });
  });
  services.events.publish({ client: client.id, topic: 'activity', id: contentFile });
  return shownFile(context, contentFile);
}

async function shownFile(context: HandlerContext, id: string) {
  return context.read(async (tx) => {
    const row = await findContentFile(tx, context.client.id, id);
    if (row === undefined) throw notFound();
    return view(row, await knownOf(tx, context), context);
  });
}

interface Known {
  readonly incidents: ReadonlyMap<string, IncidentRow>;
  readonly openings: readonly OpeningRow[];
}

async function knownOf(tx: Tx, { client }: HandlerContext): Promise<Known> {
  return {
    incidents: new Map((await incidentsOf(tx, client.id)).map((row) => [row.id, row])),
    openings: await allOpenings(tx, client.id),
  };
}

function view(row: ContentFileRow, { incidents, openings }: Known, { actor, can, now }: HandlerContext) {
  const incident = incidents.get(row.incident_id);
  if (incident === undefined) throw notFound();
  const asked = openings.find((one) => one.content_file_id === row.id && one.asked_by === actor.userId);
  const state = asked === undefined ? 'over' : stateOf(asked, now);
  return {
    id: row.id,
    incident: caseView(incident),
    name: row.name,
    bytes: Number(row.bytes),
    sha256: row.sha256,
    until: row.until_day,
    added: { by: row.added_by_name, at: row.added_at.toISOString() },
    gone:
      row.removed_at === null
        ? null
        : {
            by: row.removed_by_name ?? '',
            at: row.removed_at.toISOString(),
            why: CONTENT_GONE.find((one) => one === row.removed_why) ?? 'over',
          },
    opening:
      asked === undefined || state === 'over' || row.removed_at !== null
        ? null
        : {
            id: asked.id,
            state,
            agreed: asked.answers.filter(({ agree }) => agree).length,
            needed: CONTENT_APPROVERS,
          },
    canOpen: can('content.open'),
  };
}
// Guide: G5.2-04 G8-14
