import { Readable } from 'node:stream';
import { addEvidence, findEvidence } from '#store/evidence/evidence.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound, unprocessable } from '../../problems.ts';
import { asDownload, fileWord } from '../../shared/download.ts';
import { present } from '../../shared/moment.ts';
import { recordPages, signingKey, signPdf } from '../../signed-records/index.ts';
import { RECORD, wholeNow } from '../list.ts';
import { statisticsOf } from '../views.ts';
import { recordView } from './view.ts';

const TEMPLATE = new URL('record.typ', import.meta.url);

/** Makes the record of the personal accounts as they stand, signs it and keeps it as evidence. */
export async function makeRecord(context: HandlerContext, paper: 'a4' | 'letter') {
  const { services, client, actor, now } = context;
  const whole = await wholeNow(context);
  const { reading } = whole;
  if (reading.reports.length === 0)
    throw unprocessable(
      `There is nothing to prove yet: no Domain memberships report was brought. ${reading.gap?.howToGet ?? ''}`.trim(),
    );
  const key = await signingKey(services);
  const view = recordView(whole, {
    client: client.name,
    by: actor.name,
    at: now,
    zone: client.timezone,
    fingerprint: key.fingerprint,
    paper: paper === 'letter' ? 'us-letter' : 'a4',
  });
  const pdf = await signPdf(await recordPages(view, TEMPLATE), key, {
    name: `Bylaw, for ${actor.name}`,
    reason: `Record of personal accounts of ${client.name}`,
    at: now,
  });
  const stored = await services.blobs.put(Readable.from([pdf]), { maxBytes: pdf.length });
  const name = `personal-accounts-${fileWord(client.name)}-${present(now, client.timezone).today}.pdf`;
  await context.change(async (tx, recorder) => {
    await addEvidence(tx, client.id, [
      {
        ...stored,
        name,
        mediaType: 'application/pdf',
        how: RECORD,
        addedBy: actor.userId,
        addedByName: actor.name,
        addedAt: now,
      },
    ]);
    await recorder.record({
      subject: { kind: 'evidence', id: stored.sha256, name },
      after: {
        sha256: stored.sha256,
        bytes: stored.bytes,
        certificate: key.fingerprint,
        ...statisticsOf(reading.entries, reading.today),
      },
    });
  });
  services.events.publish({ client: client.id, topic: 'people', id: null });
  return {
    sha256: stored.sha256,
    name,
    bytes: stored.bytes,
    at: now.toISOString(),
    certificate: key.fingerprint,
  };
}

/** A record as it was made. Any other file of the client is none and is not found here. */
export async function recordFile({ client, read, services }: HandlerContext, sha256: string) {
  const row = await read((tx) => findEvidence(tx, client.id, sha256));
  if (row === null || row.how !== RECORD) throw notFound();
  const { stream } = await services.blobs.open(sha256);
  return asDownload({
    name: row.name,
    type: row.mediaType,
    bytes: Readable.toWeb(stream) as ReadableStream<Uint8Array>,
  });
}
