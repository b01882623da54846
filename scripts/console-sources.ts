import { globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the console is made of. It takes words and rules from the domain, and from features what operations are called by. */
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

/** Time of last change in ms; 0 where there is no such file. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whether web/dist is there, and newer than all that it is made of. */
export function consoleIsCurrent(): boolean {
  const built = changed(`${root}web/dist/index.html`);
  return (
    built > 0 &&
    globSync(SOURCES, { cwd: root }).every((path) => isTest(path) || changed(`${root}${path}`) <= built)
  );
}
