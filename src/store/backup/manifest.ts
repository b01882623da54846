import { z } from 'zod';
import { StoreProblem } from '../engine/problems.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/**
 * What a backup holds, and the digests that it is checked against. Rows of a table are JSON lists with the text of
 * every column as PostgreSQL writes it, one row a line.
 */
const schema = z.strictObject({
  format: z.enum(['bylaw-backup-1', 'bylaw-backup-2']),
  version: z.string(),
  made: z.iso.datetime(),
  migrations: z.array(z.strictObject({ name: z.string(), checksum: sha256 })),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      columns: z.array(z.string()),
      rows: count,
      /** Of the lines as they are before they are compressed. */
      sha256,
      /** The digests of the lines added up. Missing in the first format, whose lines are in the order of their bytes. */
      sum: sha256.optional(),
    }),
  ),
  sequences: z.array(z.strictObject({ name: z.string(), last: z.string().nullable() })),
  evidence: z.array(z.strictObject({ sha256, bytes: count })),
  /** Evidence that the database names but that was gone or damaged when the backup was made. */
  lost: z.array(sha256),
  keyIncluded: z.boolean(),
});

export type Manifest = z.infer<typeof schema>;

/** Reads a manifest, or throws `damaged`. */
export function parseManifest(text: string): Manifest {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new StoreProblem(
      'damaged',
      'The backup’s list of contents cannot be read, so nothing was restored. Use another copy of the backup, or a newer Bylaw.',
      { cause: error },
    );
  }
}
