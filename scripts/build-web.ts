import { globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * `npm run build:web`: builds the console into web/dist. With `--if-needed` only where it is missing or older than what
 * it is made of; with `--contract` it prints what the console's client has to know of the operations, and builds nothing.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'web/src/**/*',
  'web/public/*',
  'web/index.html',
  'web/vite.config.ts',
  'src/features/**/contract.ts',
  'package-lock.json',
];

/** Time of last change in ms; 0 where there is no such file. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function upToDate(): boolean {
  const built = changed(`${root}web/dist/index.html`);
  return built > 0 && globSync(SOURCES, { cwd: root }).every((path) => changed(`${root}${path}`) <= built);
}

const asked = new Set(process.argv.slice(2));
// Each act loads what it needs: looking whether anything is to be built comes before every start.
if (asked.has('--contract')) {
  const { minifyContractRouter } = await import('@orpc/contract');
  const { contract } = await import('../src/features/contract.ts');
  process.stdout.write(JSON.stringify(minifyContractRouter(contract)));
} else if (asked.has('--if-needed') && upToDate()) console.log('The console is built and up to date.');
else {
  const { build } = await import('vite');
  await build({ configFile: `${root}web/vite.config.ts`, logLevel: 'warn' });
  console.log('The console is built in web/dist.');
}
