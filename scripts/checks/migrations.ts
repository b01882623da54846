import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksumOf, type Migration } from '../../src/store/migrate.ts';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';

/** One line per migration, in order of application: its name, and a checksum of its content. */
const LIST = 'src/store/migrations/committed.txt';

const lineOf = (migration: Migration): string => `${migration.name} ${checksumOf(migration)}`;

/**
 * A committed migration must not be changed or removed, and no new one may precede it: existing databases and backups
 * could not be opened anymore. Reports violations.
 *
 * @param committed lines of the checked-in list
 */
export function checkMigrations(migrations: readonly Migration[], committed: readonly string[]): string[] {
  const lines = migrations.map(lineOf);
  const problems = committed.flatMap((line, at) => {
    if (lines[at] === line) return [];
    const [name = ''] = line.split(' ');
    const found = migrations.find((migration) => migration.name === name);
    if (found === undefined) return [`${name} was committed and is gone. Put it back.`];
    if (lineOf(found) !== line)
      return [
        `${name} was committed and does something else now. Undo that, and add a migration at the end.`,
      ];
    return [`${name} was committed as number ${at + 1}. Put new migrations behind the last one.`];
  });
  const names = migrations.map(({ name }) => name);
  for (const [at, name] of names.entries())
    if (at > 0 && name <= (names[at - 1] ?? '')) problems.push(`${name} does not follow ${names[at - 1]}.`);
  if (problems.length > 0) return problems;
  return migrations
    .slice(committed.length)
    .map(({ name }) => `${name} is not on ${LIST} yet. Add it: node scripts/checks/migrations.ts`);
}

/** {@link checkMigrations} for this program. */
export function checkOwnMigrations(root: string): string[] {
  return checkMigrations(MIGRATIONS, committedIn(root));
}

function committedIn(root: string): string[] {
  return readFileSync(join(root, LIST), 'utf8').split('\n').filter(Boolean);
}

/** Appends new migrations to the list; throws if there is another problem. */
function addNew(root: string): void {
  const committed = committedIn(root);
  const known = MIGRATIONS.slice(0, committed.length);
  const problems = checkMigrations(known, committed);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  writeFileSync(join(root, LIST), `${MIGRATIONS.map(lineOf).join('\n')}\n`);
}

if (import.meta.main) addNew(join(import.meta.dirname, '../..'));
