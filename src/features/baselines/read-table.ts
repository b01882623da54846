import { profilesOf } from '#store/baselines/followers.ts';
import type { HandlerContext } from '../context.ts';
import { readForeign, refusing } from '../foreign/index.ts';
import { badRequest } from '../problems.ts';
import { visibleClients } from '../shared/visible-clients.ts';
import { bodyOf } from '../uploaded.ts';
import { checkRows } from './rows.ts';

/** Maximum size in bytes. A table of clients is small, so a larger file is the wrong one. */
const MAX_BYTES = 5 * 1024 * 1024;

/** Reads and checks a table of new clients. Stores nothing; problems are reported by row and column. */
export async function readTable(context: HandlerContext) {
  const bytes = await bodyOf(
    context.request.body,
    MAX_BYTES,
    'The table is larger than 5 MB, and no list of clients is that large. Is this the right file?',
  );
  const table = await refusing(readForeign('clientTable', { bytes }), {
    refuse: ({ message, row, column }) => {
      const place = [
        row === null ? null : `Row ${row}`,
        column === null ? null : `column “${column}”`,
      ].filter((part) => part !== null);
      return badRequest(place.length === 0 ? message : `${place.join(', ')}: ${message}`);
    },
  });
  const known = await visibleClients(context, 'client.read');
  const clients = await context.services.store.read(known, (tx) => profilesOf(tx, known));
  const checked = checkRows(table.rows, clients);
  return {
    rows: table.rows.map((row) => ({ ...row, domains: [...row.domains] })),
    problems: [...table.problems, ...checked.problems].toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    offers: [...checked.offers],
    columns: [...table.columns],
    unused: [...table.unused],
    total: table.rows.length,
  };
}
