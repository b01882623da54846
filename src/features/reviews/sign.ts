import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { coveredAreas } from '#domain/reviews/check.ts';
import { gapWords } from '#domain/reviews/words.ts';
import { paperOf } from '#domain/text/paper.ts';
import { count } from '#domain/text/words.ts';
import { nextDue } from '#domain/work/cadence.ts';
import { addEvidence, type EvidenceRow } from '#store/evidence/evidence.ts';
import { findReview, isOpenReview, signReview } from '#store/reviews/reviews.ts';
import type { MinutesFile } from '#store/schema/reviews.ts';
import { putRhythm } from '#store/work/cadence.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { makeSignedRecord, signatureWords, signedRecordFile } from '../signed-records/index.ts';
import { stampDue, stampsWanted } from '../time-stamps/index.ts';
import { writeDone } from '../work/index.ts';
import { minutesHtml } from './minutes/html.ts';
import { type Minutes, minutesOf } from './minutes/view.ts';
import { gapsIn, type ReviewView, showReview, wholeReview } from './show.ts';
import { signsAs, whyNotSign } from './signers.ts';

/** Kind of evidence of minutes. */
const MINUTES = 'review';

export interface Signing {
  readonly review: string;
  readonly version: number;
  readonly next: string | null;
}

/**
 * Signs a review as the signed-in person. In one transaction, its minutes become evidence, its recurring task is
 * recorded as done, and the day of the next review is set.
 */
export async function signOne(context: HandlerContext, input: Signing): Promise<ReviewView> {
  const { services, client, actor, now } = context;
  const whole = await wholeReview(context, input.review);
  const { row, template, reads, answers, rhythm, signers, today } = whole;
  const signer = signsAs(signers, actor);
  if (signer === null) throw forbidden(whyNotSign(row.kind, signers));
  if (!isOpenReview(row) || row.version !== input.version) throw editConflict(row);
  const blocking = gapsIn(whole).filter(({ blocks }) => blocks);
  const [first] = blocking;
  if (first !== undefined)
    throw unprocessable(
      `${row.items.find(({ id }) => id === first.item)?.title ?? first.item}: ${gapWords(first)}${blocking.length === 1 ? '' : ` ${count(blocking.length - 1, 'more gap')} to close.`}`,
    );
  if (input.next !== null && input.next <= today)
    throw badRequest('The day of the next review has to be in the future.');
  const task = services.catalogue.cadence.tasks.find(({ id }) => id === template.task);
  if (task === undefined) throw notFound('The catalogue no longer has the recurring task of this review.');
  const next = input.next ?? nextDue(task, rhythm?.months ?? null, today);
  const minutes = minutesOf(whole, {
    client: client.name,
    zone: client.timezone,
    by: actor.name,
    as: signer.as,
    at: now,
    next,
    paper: paperOf(client.timezone) === 'letter' ? 'us-letter' : 'a4',
  });
  const { rows, files, certificate } = await filesOf(context, minutes, `${row.kind}-review`);
  const stamp = await stampsWanted(context);
  const areas = coveredAreas(row.items, reads, answers);
  const record = randomUUID();
  await context.change(async (tx, recorder) => {
    await addEvidence(tx, client.id, rows);
    for (const { format, sha256 } of files) if (format === 'pdf') await stamp(tx, sha256);
    const done = await writeDone(context, tx, task, {
      id: record,
      on: today,
      note: minutes.headline,
      areas,
      evidence: files.map(({ sha256 }) => sha256),
      next,
    });
    if (rhythm === null)
      await putRhythm(
        tx,
        {
          client_id: client.id,
          task: task.id,
          active: true,
          months: null,
          reason: null,
          owner_user: actor.userId,
          owner_name: actor.name,
          owner_mail: actor.email,
          due_on: next,
          changed_by: actor.userId,
          changed_by_name: actor.name,
          changed_at: now,
        },
        0,
      );
    const signed = await signReview(tx, row, {
      signed_by: actor.userId,
      signed_by_name: actor.name,
      signed_as: signer.as,
      signed_at: now,
      signed_on: today,
      snapshot: JSON.stringify(reads),
      minutes: JSON.stringify(files),
      record_id: record,
      next_on: next,
    });
    if (!signed) throw editConflict(await findReview(tx, client.id, row.id));
    await recorder.record({
      subject: { kind: 'review', id: row.id, name: template.title },
      before: { due: done.before },
      after: {
        kind: row.kind,
        as: signer.as,
        areas,
        countsAs: done.countsAs,
        minutes: files,
        certificate,
        record,
        next,
      },
    });
    await recorder.facts();
  });
  await stampDue(services, client.id);
  services.events.publish({ client: client.id, topic: 'work', id: row.id });
  return showReview(context, row.id);
}

function editConflict(
  row: {
    readonly signed_by_name: string | null;
    readonly signed_at: Date | null;
    readonly version: number;
  } | null,
) {
  return conflict('The review changed after you opened it. Look at the current version, then sign.', {
    by: row?.signed_by_name ?? null,
    at: row?.signed_at ?? null,
    version: row?.version ?? null,
  });
}

/** The minutes in each format, stored but not yet evidence. The PDF is signed by this server. */
async function filesOf(context: HandlerContext, minutes: Minutes, name: string) {
  const { services, actor, now } = context;
  const { row: pdf, certificate } = await makeSignedRecord(context, {
    how: MINUTES,
    name,
    reason: minutes.title,
    template: new URL('minutes/minutes.typ', import.meta.url),
    view: (fingerprint) => ({
      ...minutes,
      signature: signatureWords(fingerprint),
    }),
  });
  const keep = async (ending: string, mediaType: string, bytes: Uint8Array): Promise<EvidenceRow> => ({
    ...(await services.blobs.put(Readable.from([bytes]), { maxBytes: bytes.length })),
    name: pdf.name.replace(/\.pdf$/u, `.${ending}`),
    mediaType,
    how: MINUTES,
    addedBy: actor.userId,
    addedByName: actor.name,
    addedAt: now,
  });
  // Imported only now, because the library takes several megabytes.
  const { minutesDocx } = await import('./minutes/docx.ts');
  const rows = [
    pdf,
    await keep('html', 'text/html; charset=utf-8', new TextEncoder().encode(minutesHtml(minutes))),
    await keep(
      'docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      await minutesDocx(minutes),
    ),
  ];
  const formats = ['pdf', 'html', 'docx'] as const;
  const files = rows.map(({ sha256 }, at): MinutesFile => ({ format: formats[at] ?? 'pdf', sha256 }));
  return { rows, files, certificate };
}

/** The minutes of a signed review, as they were created. */
export async function minutesFile(
  context: HandlerContext,
  { review, format }: { readonly review: string; readonly format: MinutesFile['format'] },
) {
  const row = await context.read((tx) => findReview(tx, context.client.id, review));
  const file = row?.minutes?.find((one) => one.format === format);
  if (file === undefined) throw notFound();
  return signedRecordFile(context, MINUTES, file.sha256);
}
// Guide: G7.1-00
