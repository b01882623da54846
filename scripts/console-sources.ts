import { globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Sources of the console. It uses words and rules of the domain, and from features the routes of operations. */
const SOURCES = [
  'web/src/**/*',
  'web/public/*',
  'web/*.html',
  'web/*.ts',
  'src/app/**/*.ts',
  'src/domain/**/*.ts',
  'src/features/**/*.ts',
  'catalogue/dlp/*.yaml',
  'docs/**/*.md',
  'package-lock.json',
];
const isTest = (path: string) => /\.test\.tsx?$/.test(path);

/** Modification time in ms; 0 if the file does not exist. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whether web/dist exists and is newer than all of its sources. */
export function consoleIsCurrent(): boolean {
  const built = changed(`${root}web/dist/index.html`);
  return (
    built > 0 &&
    globSync(SOURCES, { cwd: root }).every((path) => isTest(path) || changed(`${root}${path}`) <= built)
  );
}
