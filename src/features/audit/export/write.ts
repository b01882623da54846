import { createHash } from 'node:crypto';
import { evidenceOf, removedEvidenceOf } from '#store/audit/evidence.ts';
import { boundsOf, linksAfter, sizeOf } from '#store/audit/read.ts';
import { headOf } from '#store/audit.ts';
import type { Blobs } from '#store/blobs.ts';
import { unprocessable } from '../../problems.ts';
import { type Download, fileWord } from '../../shared/download.ts';
import { version } from '../../version.ts';
import { spanOf } from '../records.ts';
import type { Source } from '../source.ts';
import {
  ASSESSMENT,
  LINE_OVERHEAD,
  MANIFEST,
  MANIFEST_HASH,
  type Manifest,
  manifestHashText,
  manifestText,
  README,
  RECORDS,
  recordLine,
} from './manifest.ts';
import { readmeText } from './readme.ts';
import { END, padding, tarHeader } from './tar.ts';
import type { FoundFile } from './verify.ts';

export interface ExportInput {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly evidence: 'with' | 'without';
  /** What the archive is called in what it says of itself; left out: it is an archive of its own. */
  readonly within?: string | undefined;
  /** Assessment results as text; left out: none were asked for. */
  readonly assessment?: string | undefined;
}

interface Plan {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** Bytes of audit.jsonl. */
  readonly bytes: number;
  readonly head: { readonly seq: number; readonly hash: string };
}

const PAGE = 200;

/**
 * A chain as an archive that can be proved elsewhere. What it holds is settled first; then it is made piece by piece
 * as fast as it is taken, in short transactions, so that neither its size nor a slow line holds anything up.
 */
export async function exportChain(source: Source, blobs: Blobs, input: ExportInput): Promise<Download> {
  const plan = await planOf(source, input);
  const day = source.now.toISOString().slice(0, 10);
  return {
    name: `${fileWord(`${source.name ?? 'workspace'} audit`)}-${day}.tar`,
    type: 'application/x-tar',
    bytes: ReadableStream.from(archive(source, blobs, input, plan)),
  };
}

/** The files of an export of a whole chain with its evidence, for an archive that holds more. */
export async function membersOf(
  source: Source,
  blobs: Blobs,
  files: readonly FoundFile[],
  within: string,
): Promise<AsyncIterable<ExportMember>> {
  const input = { evidence: 'with', within } as const;
  return exportMembers(source, blobs, input, await planOf(source, input), files);
}

async function planOf(source: Source, input: ExportInput): Promise<Plan> {
  const { chain, zone } = source;
  const plan = await source.read(async (tx) => {
    const head = await headOf(tx, chain);
    const bounds = await boundsOf(tx, chain, spanOf(input, zone));
    if (bounds === null) return null;
    // Where no day was given, the ends are those of the chain, whatever the clock said.
    const first = input.from ? bounds.first : 1;
    const last = input.to ? bounds.last : Math.max(head.seq, bounds.last);
    const { records, bytes } = await sizeOf(tx, chain, first, last);
    return { first, last, count: records, bytes: bytes + records * LINE_OVERHEAD, head };
  });
  if (plan === null)
    throw unprocessable(
      input.from || input.to
        ? 'Nothing was recorded in these days. Choose others, or leave them out to take everything.'
        : 'Nothing was recorded yet, so there is nothing to export.',
    );
  return plan;
}

/** A file of an export, its size known before its content is made. */
export interface ExportMember {
  readonly name: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

async function* archive(
  source: Source,
  blobs: Blobs,
  input: ExportInput,
  plan: Plan,
): AsyncGenerator<Uint8Array> {
  const time = Math.floor(source.now.getTime() / 1000);
  const files: FoundFile[] = [];
  for await (const { name, bytes, content } of exportMembers(source, blobs, input, plan, files)) {
    const hash = createHash('sha256');
    let written = 0;
    yield tarHeader({ name, bytes, time });
    for await (const piece of content) {
      hash.update(piece);
      written += piece.byteLength;
      yield piece;
    }
    if (written !== bytes) throw new Error(`${name} has ${written} bytes where ${bytes} were announced`);
    yield padding(bytes);
    files.push({ name, bytes, sha256: hash.digest('hex') });
  }
  yield END;
}

/**
 * The files of an export in their order. Whoever takes one adds to `files` what it was before it takes the next, since
 * the last ones list them.
 */
async function* exportMembers(
  source: Source,
  blobs: Blobs,
  input: ExportInput,
  plan: Plan,
  files: readonly FoundFile[],
): AsyncGenerator<ExportMember> {
  const text = (name: string, words: string): ExportMember => {
    const bytes = Buffer.from(words);
    return { name, bytes: bytes.byteLength, content: [bytes] };
  };
  yield text(
    README,
    readmeText({
      file: input.within ?? 'THIS-FILE.tar',
      client: source.name,
      from: input.from ?? null,
      to: input.to ?? null,
      zone: source.zone,
      takenAt: source.now.toISOString(),
      takenBy: source.person,
      evidence: input.evidence,
      assessment: input.assessment !== undefined,
      head: plan.head,
    }),
  );
  const seen: Seen = { first: null, last: null, named: new Set() };
  yield { name: RECORDS, bytes: plan.bytes, content: lines(source, plan, seen) };
  if (seen.first === null || seen.last === null) throw new Error('the records of the export went away');

  if (input.assessment !== undefined) yield text(ASSESSMENT, input.assessment);

  const evidence: Manifest['evidence'] = [];
  for (const { sha256, name, media_type, bytes, how, added_at } of await evidenceFor(source, input, seen)) {
    const path = evidencePath({ sha256, name });
    const state = input.evidence === 'without' ? 'left_out' : await stateOf(blobs, sha256);
    // Retention may have taken it since the list was made; then it is told of below.
    if (state === 'missing' && (await isRemoved(source, sha256))) continue;
    if (state === 'included') {
      const blob = await blobs.open(sha256);
      yield { name: path, bytes: blob.bytes, content: blob.stream };
    }
    evidence.push({
      sha256,
      name,
      mediaType: media_type,
      bytes,
      how,
      addedAt: added_at.toISOString(),
      state,
      file: state === 'included' ? path : null,
    });
  }
  for (const { sha256, name, bytes, addedOn, removed } of await removedFor(source, input, seen))
    evidence.push({
      sha256,
      name,
      mediaType: 'application/octet-stream',
      bytes,
      how: 'import',
      addedAt: addedOn,
      state: 'removed',
      file: null,
      removed,
    });
  // In the order of manifestSchema, in which a verifier writes it again.
  const manifest = manifestText({
    format: 'bylaw-audit-export',
    version: 1,
    madeWith: `Bylaw ${version}`,
    chain: source.chain,
    client: source.client,
    asked: { from: input.from ?? null, to: input.to ?? null, zone: source.zone, evidence: input.evidence },
    takenAt: source.now.toISOString(),
    takenBy: source.person,
    records: { count: plan.count, first: seen.first, last: seen.last },
    head: plan.head,
    evidence,
    files: [...files],
  });
  yield text(MANIFEST, manifest);
  yield text(MANIFEST_HASH, manifestHashText(createHash('sha256').update(manifest).digest('hex')));
}

interface Seen {
  first: Manifest['records']['first'] | null;
  last: Manifest['records']['last'] | null;
  /** Every SHA-256 that a record names. */
  readonly named: Set<string>;
}

async function* lines(source: Source, plan: Plan, seen: Seen): AsyncGenerator<Uint8Array> {
  let after = plan.first - 1;
  while (after < plan.last) {
    const page = { after, last: plan.last, limit: PAGE };
    const links = await source.read((tx) => linksAfter(tx, source.chain, page));
    if (links.length === 0) return;
    for (const { seq, at, prev, hash, body } of links) {
      seen.first ??= { seq, at: at.toISOString(), prev };
      seen.last = { seq, at: at.toISOString(), hash };
      for (const [sha256] of body.matchAll(/\b[0-9a-f]{64}\b/g)) seen.named.add(sha256);
      yield Buffer.from(recordLine({ prev, hash, body }));
      after = seq;
    }
  }
}

/** All of the client's evidence with the whole chain; with days, what was added in them and what their records name. */
async function evidenceFor(source: Source, input: ExportInput, seen: Seen) {
  const { client } = source;
  if (client === null) return [];
  const all = await source.read((tx) => evidenceOf(tx, client.id));
  const { from, until } = spanOf(input, source.zone);
  return all.filter(
    ({ sha256, added_at }) =>
      seen.named.has(sha256) ||
      ((from === undefined || added_at >= from) && (until === undefined || added_at < until)),
  );
}

/** What retention removed of the evidence that would be in this export. */
async function removedFor(source: Source, input: ExportInput, seen: Seen) {
  const { client } = source;
  if (client === null) return [];
  const whole = input.from === undefined && input.to === undefined;
  const all = await source.read((tx) => removedEvidenceOf(tx, client.id));
  return all.filter(({ sha256 }) => whole || seen.named.has(sha256));
}

async function isRemoved({ client, read }: Source, sha256: string): Promise<boolean> {
  if (client === null) return false;
  return (await read((tx) => removedEvidenceOf(tx, client.id))).some((one) => one.sha256 === sha256);
}

/** A file that the server has lost or that was changed there is not passed on as if it were the evidence. */
async function stateOf(blobs: Blobs, sha256: string): Promise<'included' | 'missing' | 'damaged'> {
  const state = await blobs.verify(sha256);
  return state === 'whole' ? 'included' : state;
}

/** Where a file of evidence lies in an export. */
export function evidencePath({ sha256, name }: { readonly sha256: string; readonly name: string }): string {
  return `evidence/${sha256}${ending(name)}`;
}

/** The ending of a file's name where it is a plain one, so that the file opens by a double click. */
function ending(name: string): string {
  return /\.[a-z0-9]{1,8}$/.exec(name.toLowerCase())?.[0] ?? '';
}
