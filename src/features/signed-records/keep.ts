import { Readable } from 'node:stream';
import { addEvidence, type EvidenceRow, findEvidence } from '#store/evidence/evidence.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { present } from '../shared/moment.ts';
import { recordPages } from './pages.ts';
import { signingKey, signPdf } from './signing.ts';

/** A record of a client that this server signs and keeps as evidence. */
export interface SignedRecord {
  /** As which kind of evidence it is kept; records are found again by it. */
  readonly how: string;
  /** Its file is `<name>-<client>-<day>.pdf`. */
  readonly name: string;
  /** What the signature says of it. */
  readonly reason: string;
  /** The Typst file that sets it. */
  readonly template: URL;
  /** What it prints, as text only. `fingerprint`: SHA-256 of the certificate it is signed with. */
  view(fingerprint: string): object;
  /** What the audit log holds beside the hashes of file and certificate. */
  readonly after: object;
  /** What else is stored with it, in the same transaction. */
  readonly also?: (tx: Tx, sha256: string) => Promise<void>;
}

/** Sets a record and signs it. Its file is stored; it is evidence once whoever asked for it adds the row. */
export async function makeSignedRecord(
  {
    services,
    client,
    actor,
    now,
    request,
  }: Pick<HandlerContext, 'services' | 'client' | 'actor' | 'now' | 'request'>,
  record: Omit<SignedRecord, 'after' | 'also'>,
): Promise<{ readonly row: EvidenceRow; readonly certificate: string }> {
  const key = await signingKey(services);
  const pages = await recordPages(record.view(key.fingerprint), record.template, request.signal);
  const pdf = await signPdf(pages, key, { name: `Bylaw, for ${actor.name}`, reason: record.reason, at: now });
  const stored = await services.blobs.put(Readable.from([pdf]), { maxBytes: pdf.length });
  return {
    row: {
      ...stored,
      name: `${record.name}-${fileWord(client.name)}-${present(now, client.timezone).today}.pdf`,
      mediaType: 'application/pdf',
      how: record.how,
      addedBy: actor.userId,
      addedByName: actor.name,
      addedAt: now,
    },
    certificate: key.fingerprint,
  };
}

/** Sets a record, signs it and keeps it; the entry of the audit log is written in the same transaction. */
export async function keepSignedRecord(context: HandlerContext, record: SignedRecord) {
  const { row, certificate } = await makeSignedRecord(context, record);
  const { sha256, name, bytes } = row;
  await context.change(async (tx, recorder) => {
    await addEvidence(tx, context.client.id, [row]);
    await record.also?.(tx, sha256);
    await recorder.record({
      subject: { kind: 'evidence', id: sha256, name },
      after: { sha256, bytes, certificate, ...record.after },
    });
  });
  return { sha256, name, bytes, at: context.now.toISOString(), certificate };
}

/** A record as it was made. Any other file of the client is none and is not found here. */
export async function signedRecordFile(
  { client, read, services }: HandlerContext,
  how: string,
  sha256: string,
) {
  const row = await read((tx) => findEvidence(tx, client.id, sha256));
  if (row === null || row.how !== how) throw notFound();
  const { stream } = await services.blobs.open(sha256);
  return asDownload({
    name: row.name,
    type: row.mediaType,
    bytes: Readable.toWeb(stream) as ReadableStream<Uint8Array>,
  });
}
