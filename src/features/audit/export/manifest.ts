import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What an export says of itself: its last file but one. The last one is the SHA-256 of this. */
export const manifestSchema = z.strictObject({
  format: z.literal('bylaw-audit-export'),
  version: z.literal(1),
  madeWith: z.string(),
  /** Id of the client, or `workspace`. */
  chain: z.string(),
  client: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }).nullable(),
  /** What the person asked for; null days: from the first record, up to the last. */
  asked: z.strictObject({
    from: z.string().nullable(),
    to: z.string().nullable(),
    zone: z.string(),
    evidence: z.enum(['with', 'without']),
  }),
  takenAt: z.iso.datetime(),
  takenBy: z.string(),
  records: z.strictObject({
    count: z.number().int().min(1),
    first: z.strictObject({ seq: z.number().int().min(1), at: z.string(), prev: sha256 }),
    last: z.strictObject({ seq: z.number().int().min(1), at: z.string(), hash: sha256 }),
  }),
  /** The last record of the chain when the export was taken; later than `records.last` where days were asked for. */
  head: z.strictObject({ seq: z.number().int().min(0), hash: sha256 }),
  evidence: z.array(
    z.strictObject({
      sha256,
      name: z.string(),
      mediaType: z.string(),
      bytes: z.number().int(),
      how: z.string(),
      addedAt: z.string(),
      /**
       * left_out: not asked for; missing, damaged: the server no longer had it as it was; removed: retention took it
       * before, as a record of this chain tells that names it.
       */
      state: z.enum(['included', 'left_out', 'missing', 'damaged', 'removed']),
      file: z.string().nullable(),
      removed: z.strictObject({ on: z.string(), record: z.number().int().min(1) }).optional(),
    }),
  ),
  /** The files before this one, in their order. */
  files: z.array(z.strictObject({ name: z.string(), bytes: z.number().int(), sha256 })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const README = 'README.txt';
export const RECORDS = 'audit.jsonl';
/** Verdicts in NIST's OSCAL, where they were asked for; the third file then. */
export const ASSESSMENT = 'assessment-results.json';
export const MANIFEST = 'manifest.json';
export const MANIFEST_HASH = 'manifest.sha256';

/** The same manifest gives the same text. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** In the form that `sha256sum --check` reads. */
export function manifestHashText(hash: string): string {
  return `${hash}  ${MANIFEST}\n`;
}

/** One record as a line: the text that its hash covers stands in it as it is. */
export function recordLine(link: { prev: string; hash: string; body: string }): string {
  return `{"prev":"${link.prev}","hash":"${link.hash}","record":${link.body}}\n`;
}

/** Bytes of a line beside the record's own text. */
export const LINE_OVERHEAD = recordLine({ prev: '0'.repeat(64), hash: '0'.repeat(64), body: '' }).length;

const LINE = /^\{"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})","record":(\{.*\})\}$/s;

/** The parts of a line, or null where it is not one. */
export function lineParts(line: string): { prev: string; hash: string; body: string } | null {
  const [, prev, hash, body] = LINE.exec(line) ?? [];
  return prev === undefined || hash === undefined || body === undefined ? null : { prev, hash, body };
}
