import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { operations } from '../../src/app/operations.ts';
import { nameOf } from '../../src/features/access/testing/input.ts';
import { counting } from '../../src/features/imports/testing/importing.ts';
import { tableFormat } from '../../src/features/shared/table-format.ts';
import type { Filled } from '../../tests/surfaces/filled.ts';
import { writeLargeFolder } from '../large-folder.ts';
import { requestOf } from './operations.ts';
import type { Sent } from './sender.ts';

/**
 * Searches that match nothing, so that every row is checked; that match everything; and that are expensive to
 * case-fold.
 */
const SEARCHES = ['zzzz', 'a', '@', 'İ'.repeat(200), '%_\\'.repeat(60), `${'a'.repeat(199)}!`];

/** A client with 3,000 people and a log of 200,000 rows: each of its pages and lists, and their searches. */
export async function* largestClient(
  { bylaw, inputOf }: Filled,
  folder: string,
): AsyncGenerator<readonly [what: string, request: Sent]> {
  const client = await bylaw.client('Large Association', {
    domains: ['large.example.org'],
    claudePlan: 'enterprise',
    claudeSeats: 3_000,
    m365: 'e5',
    timezone: 'America/Chicago',
  });
  writeLargeFolder(folder);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })),
  );
  await counting(bylaw, client.id, files);
  await bylaw.services.verdicts.ensureCurrent([client.id]);
  const headers = {
    cookie: bylaw.owner.cookie,
    origin: bylaw.services.config.origin,
    'accept-encoding': 'br, gzip',
  };
  for (const operation of operations()) {
    const { meta, method } = operation;
    if (method !== 'GET' || meta.scope !== 'client' || meta.transport === 'stream') continue;
    let input: Readonly<Record<string, unknown>>;
    try {
      input = { ...inputOf(operation), client: client.slug };
    } catch {
      continue;
    }
    const what = `${nameOf(operation)} of the largest client`;
    yield [what, requestOf(operation, input, headers, null)];
    const schema = operation.procedure['~orpc'].inputSchema;
    if (takes(schema, 'format'))
      for (const format of tableFormat.options)
        yield [`${what} as ${format}`, requestOf(operation, { ...input, format }, headers, null)];
    if (!takes(schema, 'search')) continue;
    for (const search of SEARCHES)
      yield [
        `${what}, searched for ${search.slice(0, 8)}`,
        requestOf(operation, { ...input, search }, headers, null),
      ];
  }
}

function takes(schema: unknown, field: string): boolean {
  return typeof schema === 'object' && schema !== null && 'shape' in schema
    ? Object.hasOwn(schema.shape as object, field)
    : false;
}
