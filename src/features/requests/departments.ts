import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { readingNow } from '../people/index.ts';

/** A department that wants the requested connector. */
interface Department {
  readonly department: string;
  readonly people: string;
  readonly purpose: string;
}

/** Records that a department wants the requested connector, or updates what it needs it for. */
export async function addDepartment(
  tx: Tx,
  clientId: string,
  request: string,
  wish: Department & { readonly by: string; readonly at: Date },
): Promise<void> {
  const { department, people, purpose, by, at } = wish;
  const said = { people, purpose, asked_by_name: by, asked_at: at };
  const same = (await departmentsOf(tx, clientId)).find(
    (one) => one.request === request && fold(one.department) === fold(department),
  );
  await tx
    .insertInto('connector_request_departments')
    .values({
      client_id: clientId,
      connector_request_id: request,
      department: same?.department ?? department,
      ...said,
    })
    .onConflict((on) => on.columns(['client_id', 'connector_request_id', 'department']).doUpdateSet(said))
    .execute();
}

/** The departments and what they want, in the order of their requests. */
export async function departmentsOf(tx: Tx, clientId: string) {
  const rows = await tx
    .selectFrom('connector_request_departments')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('asked_at')
    .orderBy('department')
    .execute();
  return rows.map((row) => ({
    request: row.connector_request_id,
    department: row.department,
    people: row.people,
    purpose: row.purpose,
    by: row.asked_by_name,
    at: row.asked_at.toISOString(),
  }));
}

/** Departments of the roster, and others that asked, each with the number of connectors it wants. */
export async function departmentsHere(
  context: HandlerContext,
  wanting: readonly Pick<Department, 'department'>[],
): Promise<{ name: string; requests: number }[]> {
  const reading = context.can('people.read') ? await readingNow(context, context.client) : null;
  const roster = (reading?.rows ?? []).flatMap((row) =>
    row.roster.flatMap(({ department }) => department?.trim() || []),
  );
  const named = new Map<string, string>();
  for (const one of [...roster, ...wanting.map(({ department }) => department)])
    if (!named.has(fold(one))) named.set(fold(one), one);
  return [...named.values()]
    .map((name) => ({
      name,
      requests: wanting.filter(({ department }) => fold(department) === fold(name)).length,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

function fold(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}
// Guide: G2.1-03
