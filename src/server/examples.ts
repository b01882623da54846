import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A request that an operation takes and its answer, of invented people, for the OpenAPI document. */
export const exampleSchema = z.strictObject({
  /** `answer`: what a server took and answered; `schema`: made from the schemas, where no test gets so far. */
  from: z.enum(['answer', 'schema']),
  /** What is in the path, the query and the body; of an upload the file is not part of it. */
  input: z.record(z.string(), z.unknown()),
  /** Media type of the answer; null: it has no body. */
  type: z.string().nullable(),
  /** File name of a download, as the header Content-Disposition gives it. */
  disposition: z.string().nullable(),
  /** The answer; of a text its first characters; null where it is binary or nothing. */
  output: z.unknown(),
});
export type Example = z.infer<typeof exampleSchema>;

const lineSchema = exampleSchema.extend({ operation: z.string(), madeOn: z.iso.date() });
export type ExampleLine = z.infer<typeof lineSchema>;

/** One example a line. */
export const EXAMPLES_FILE = fileURLToPath(new URL('examples.jsonl', import.meta.url));

/** The example of each operation by its name in the contract; `npm run examples` makes them. */
export function examples(): ReadonlyMap<string, ExampleLine> {
  const lines = readFileSync(EXAMPLES_FILE, 'utf8').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => lineSchema.parse(JSON.parse(line)))
      .map((line) => [line.operation, line]),
  );
}
