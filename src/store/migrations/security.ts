/**
 * Row-level security is enabled and forced on every table, so that not even the tables' owner reads past it. The scope
 * of a transaction is the setting `bylaw.scope`: client ids with commas between them, or `*` for work that belongs to
 * no client (sign-in, jobs, backup). Without a scope nothing is visible.
 */
const EVERYTHING = `(select current_setting('bylaw.scope', true) = '*')`;

/** Each of the two is a query of its own so that it is answered once per statement, not once per row. */
const inScope = (column: string): string =>
  `${EVERYTHING} or ${column} = any ((select string_to_array(current_setting('bylaw.scope', true), ','))::text[])`;

/** A table whose rows belong to a client. `column` holds the client's id. */
export function clientTable(
  name: string,
  columns: string,
  more: readonly string[] = [],
  column = 'client_id',
): string[] {
  return [...table(name, columns, inScope(column)), ...more];
}

/** A table of people, sessions and tokens: seen only by work in no client's name. */
export function identityTable(name: string, columns: string, more: readonly string[] = []): string[] {
  return [...table(name, columns, EVERYTHING), ...more];
}

/** A table of the workspace whose rows are added and read but never changed or removed. */
export function keptTable(name: string, columns: string): string[] {
  return [
    `create table ${name} (${columns})`,
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy seen on ${name} for select using (${EVERYTHING})`,
    `create policy added on ${name} for insert with check (${EVERYTHING})`,
  ];
}

/**
 * A client's table whose rows are added and read but never changed or removed: no policy lets the application do so,
 * and its role has no such right.
 */
export function recordTable(name: string, columns: string, more: readonly string[] = []): string[] {
  const visible = inScope('client_id');
  return [
    `create table ${name} (${columns})`,
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy seen on ${name} for select using (${visible})`,
    `create policy added on ${name} for insert with check (${visible})`,
    ...more,
  ];
}

/**
 * A client's table whose rows are added and read, never changed, and removed only by work in no client's name, which is
 * retention.
 */
export function retainedTable(name: string, columns: string, more: readonly string[] = []): string[] {
  return recordTable(name, columns, [
    `create policy removed on ${name} for delete using (${EVERYTHING})`,
    ...more,
  ]);
}

/**
 * Lets rows of a client's record table be changed into ones for which `blank` is true, and into no others: a person's
 * name goes, and the row stays.
 */
export function blankable(name: string, blank: string): string[] {
  const visible = inScope('client_id');
  return [
    `create policy blanked on ${name} for update using (${visible}) with check ((${visible}) and (${blank}))`,
  ];
}

/**
 * A client's log, partitioned by the instant in `by`: rows are added and read, never changed, and removed only by work in
 * no client's name, which is retention. Its default partition takes what no other does.
 */
export function logTable(name: string, columns: string, by: string, more: readonly string[] = []): string[] {
  const visible = inScope('client_id');
  return [
    `create table ${name} (${columns}) partition by range (${by})`,
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy seen on ${name} for select using (${visible})`,
    `create policy added on ${name} for insert with check (${visible})`,
    `create policy removed on ${name} for delete using (${EVERYTHING})`,
    ...more,
    ...partition(`${name}_default`, `${name} default`),
  ];
}

/**
 * A partition, `of` a table and its bounds. It is reached through its table alone: without a policy nobody that is held
 * by row-level security sees into it by its own name.
 */
export function partition(name: string, of: string): string[] {
  return [
    `create table ${name} partition of ${of}`,
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
  ];
}

/**
 * A table of the workspace that work in any client's name sees and adds to, because what it says holds for all of them.
 * It names no client. Only work in no client's name changes or removes a row.
 */
export function workspaceTable(name: string, columns: string, more: readonly string[] = []): string[] {
  const somebody = `(select coalesce(current_setting('bylaw.scope', true), '') <> '')`;
  return [
    `create table ${name} (${columns})`,
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy seen on ${name} for select using (${somebody})`,
    `create policy added on ${name} for insert with check (${somebody})`,
    `create policy changed on ${name} for update using (${EVERYTHING}) with check (${EVERYTHING})`,
    `create policy removed on ${name} for delete using (${EVERYTHING})`,
    ...more,
  ];
}

function table(name: string, columns: string, visible: string): string[] {
  return [
    `create table ${name} (${columns})`,
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy scope on ${name} using (${visible}) with check (${visible})`,
  ];
}
