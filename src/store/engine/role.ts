import type { Session } from './engine.ts';
import { errorCode, StoreProblem } from './problems.ts';

/** The role of all of the application's transactions. Row-level security always applies to it. */
export const APP_ROLE = 'bylaw_app';

/** Tables that the application never accesses, so that they need no row-level security. */
const OWN_TABLES = ['schema_migrations'];

/**
 * Creates the application's role if it is missing, and grants its privileges. Returns null if the database user may
 * not create roles but is itself subject to row-level security: transactions then run as that user.
 */
export async function prepareRole(session: Session): Promise<string | null> {
  // Roles belong to the whole server: another process may be creating this one for another database.
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await makeRole(session);
    } catch (error) {
      if (attempt === 5 || !CONCURRENT_CREATION_CODES.has(errorCode(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
  }
}

/** Duplicate role, duplicate row, and PostgreSQL's "tuple concurrently updated". */
const CONCURRENT_CREATION_CODES = new Set(['42710', '23505', 'XX000']);

async function makeRole(session: Session): Promise<string | null> {
  const { rows } = await session.query<{
    me: string;
    bypasses: boolean;
    exists: boolean;
    unsafe: boolean;
    member: boolean;
  }>(
    `select me.rolname as me, me.rolsuper or me.rolbypassrls as bypasses, app.rolname is not null as exists,
            coalesce(app.rolsuper or app.rolbypassrls, false) as unsafe,
            app.rolname is not null and pg_has_role(me.oid, app.oid, 'MEMBER') as member
       from pg_roles me left join pg_roles app on app.rolname = $1
      where me.rolname = current_user`,
    [APP_ROLE],
  );
  const found = rows[0];
  if (found === undefined) throw new Error('The database does not know its own user.');
  if (found.unsafe) {
    throw new StoreProblem(
      'unsafe',
      `The database role ${APP_ROLE} can read past row-level security, which would mix clients’ data. Remove SUPERUSER and BYPASSRLS from it and start again.`,
    );
  }
  try {
    if (!found.exists)
      await session.query(`create role ${APP_ROLE} nologin nosuperuser nobypassrls noinherit`);
    if (!found.member) await session.query(`grant ${APP_ROLE} to current_user`);
    return APP_ROLE;
  } catch (error) {
    if (errorCode(error) !== '42501') throw error;
    if (!found.bypasses) return null;
    throw new StoreProblem(
      'unsafe',
      `The database user ${found.me} can read past row-level security and may not make the role ${APP_ROLE}, so clients’ data could mix. Use a user without BYPASSRLS, or let an administrator run: CREATE ROLE ${APP_ROLE}; GRANT ${APP_ROLE} TO "${found.me}";`,
      { cause: error },
    );
  }
}

interface TableRights {
  readonly name: string;
  readonly forced: boolean;
  /** Privileges that the table's policies mention. */
  readonly wanted: string[];
  readonly held: string[];
}

/**
 * Grants the role the privileges that the tables' policies mention and revokes all others: a table whose policies only
 * cover select and insert can only be read and added to. Rejects a table without forced row-level security.
 */
export async function grantRights(session: Session, role: string | null): Promise<void> {
  const { rows } = await session.query<TableRights>(TABLE_RIGHTS, [role, OWN_TABLES]);
  const open = rows.filter((table) => !table.forced).map((table) => table.name);
  if (open.length > 0) {
    throw new StoreProblem(
      'unsafe',
      `Row-level security is not forced on ${open.join(', ')}, so clients’ data could mix. Restore the database from a backup, or ask who changed these tables.`,
    );
  }
  if (role === null) return;
  const statements = rows.flatMap(({ name, wanted, held }) => [
    ...wanted.filter((right) => !held.includes(right)).map((right) => `grant ${right} on ${name} to ${role}`),
    ...held
      .filter((right) => !wanted.includes(right))
      .map((right) => `revoke ${right} on ${name} from ${role}`),
  ]);
  if (statements.length > 0) await session.script(statements.join(';\n'));
  await session.script(
    `do $$ begin execute format('grant usage on schema %I to ${role}', current_schema()); end $$`,
  );
}

const TABLE_RIGHTS = `
  select format('%I', c.relname) as name, c.relrowsecurity and c.relforcerowsecurity as forced,
         array(select r from unnest(array['select', 'insert', 'update', 'delete']) r
                where exists (select from pg_policies p
                               where p.schemaname = current_schema() and p.tablename = c.relname
                                 and lower(p.cmd) in ('all', r))) as wanted,
         array(select r from unnest(array['select', 'insert', 'update', 'delete', 'truncate']) r
                where $1::text is not null and has_table_privilege($1::text, c.oid, r)) as held
    from pg_class c
   where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     and c.relname <> all ($2::text[])
   order by c.relname`;
