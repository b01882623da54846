import { z } from 'zod';
import { StoreProblem } from '../engine/problems.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/**
 * Contents of a backup with the digests to check them against. Each row of a table is one line: a JSON array with every
 * column as PostgreSQL text.
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
      /** Of the lines before compression. */
      sha256,
      /** Sum of the lines' digests. Missing in the first format, whose lines are sorted by their bytes. */
      sum: sha256.optional(),
    }),
  ),
  sequences: z.array(z.strictObject({ name: z.string(), last: z.string().nullable() })),
  evidence: z.array(z.strictObject({ sha256, bytes: count })),
  /** Evidence that the database referred to but that was missing or damaged when the backup was made. */
  lost: z.array(sha256),
  keyIncluded: z.boolean(),
});

export type Manifest = z.infer<typeof schema>;

/** Parses a manifest, or throws `damaged`. */
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
