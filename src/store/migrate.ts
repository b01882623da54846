import { createHash } from 'node:crypto';
import type { Session } from './engine/engine.ts';
import { errorCode, StoreProblem } from './engine/problems.ts';

/** One step of the schema. A released step never changes: databases store its checksum. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * Migrates the database to this version's schema and returns the names of the steps applied. Each step is atomic. A
 * database of a newer version, or one whose steps differ, is rejected unchanged.
 */
export async function migrate(
  session: Session,
  migrations: readonly Migration[],
  onProgress: (message: string) => void = () => {},
): Promise<string[]> {
  try {
    await createMigrationTable(session);
  } catch (error) {
    if (errorCode(error) !== '42501') throw error;
    throw new StoreProblem(
      'refused',
      'The database user may not make tables. Give it the database (ALTER DATABASE … OWNER TO …) or the right CREATE on its schema, and start again.',
      { cause: error },
    );
  }
  const applied = await appliedMigrations(session);
  compare(applied, migrations);
  const done = new Set(applied.map((row) => row.name));
  const missing = migrations.filter((migration) => !done.has(migration.name));
  if (missing.length > 0)
    onProgress(
      applied.length === 0
        ? 'Preparing the database. This happens once.'
        : `Bringing the database up to date: ${missing.length === 1 ? '1 step' : `${missing.length} steps`}.`,
    );
  for (const migration of missing) await apply(session, migration);
  return missing.map((migration) => migration.name);
}

/** What a person can do with data that this version cannot use: its backups contain the same steps. */
export const WAY_ON =
  'Go on with the version that made it, or move: with that version download the evidence, the charter, the journal and the attestations of each client, then start this version with an empty data folder (BYLAW_DATA) and import them. The audit log stays with the old version; keep a backup of it.';

/** Identifies a step by its content, independent of its name. */
export function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.statements.join('\0')).digest('hex');
}

function compare(
  applied: readonly { name: string; checksum: string }[],
  migrations: readonly Migration[],
): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const last = applied.at(-1)?.name ?? '';
  for (const { name, checksum } of applied) {
    const migration = known.get(name);
    if (migration === undefined) {
      throw new StoreProblem(
        'newer',
        `The database was used by a newer Bylaw (its step ${name} is unknown here). Start that version or a later one.`,
      );
    }
    if (checksum !== checksumOf(migration)) {
      throw new StoreProblem(
        'changed',
        `This Bylaw cannot carry the database on: its step ${name} is not the one that this version knows. Nothing was changed in it. ${WAY_ON}`,
      );
    }
  }
  const late = migrations.find(
    (migration) => migration.name < last && !applied.some((row) => row.name === migration.name),
  );
  if (late !== undefined) {
    throw new StoreProblem(
      'changed',
      `This Bylaw cannot carry the database on: it went past the step ${late.name} without taking it. Nothing was changed in it. ${WAY_ON}`,
    );
  }
}

async function apply(session: Session, migration: Migration): Promise<void> {
  await session.script('begin');
  try {
    // Row-level security applies to the tables' owner, too: without a scope, a step would change no row of any client.
    await session.script("select set_config('bylaw.scope', '*', true)");
    await applyMigration(session, migration);
  } catch (error) {
    await session.script('rollback');
    throw error;
  }
  await session.script('commit');
}

/** The table of applied steps. */
export async function createMigrationTable(session: Session): Promise<void> {
  await session.script(
    'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now(), checksum text not null)',
  );
}

/** The applied steps, in order. */
export async function appliedMigrations(
  session: Session,
): Promise<readonly { readonly name: string; readonly checksum: string }[]> {
  const { rows } = await session.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  );
  return rows;
}

/** Applies a step and records it, in the current transaction. */
export async function applyMigration(session: Session, migration: Migration): Promise<void> {
  await session.script(migration.statements.join(';\n'));
  await session.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
    migration.name,
    checksumOf(migration),
  ]);
}
