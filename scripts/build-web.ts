import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { OperationMeta } from '../src/features/operation.ts';

/**
 * `npm run build:web`: builds the console into web/dist. With `--if-needed` only where it is missing or older than what
 * it is made of; with `--contract` it prints what the console's client has to know of the operations, and builds nothing.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'web/src/**/*',
  'web/public/*',
  'web/index.html',
  'web/mask.html',
  'web/check.html',
  'web/*.ts',
  'catalogue/dlp/*.yaml',
  'src/domain/dlp/*.ts',
  'src/features/**/contract.ts',
  'docs/**/*.md',
  'package-lock.json',
];

/** Bytes below which compressing gains nothing. */
const SMALL = 1024;

/** Leaves each asset beside itself as compressed as it gets, which would take too long at every answer. */
function compress(): void {
  for (const path of globSync(`${root}web/dist/assets/*.{js,css}`)) {
    const bytes = readFileSync(path);
    if (bytes.byteLength < SMALL) continue;
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Leaves out what only the server, the reference and the command line need of an operation. */
function onlyWhereToCall(key: string, value: unknown): unknown {
  if (key === '~orpc' && typeof value === 'object' && value !== null && 'route' in value)
    return { ...value, meta: { list: listIn(value) }, route: { ...(value.route as object), ...WORDS } };
  return value;
}
/** Name of the list that an operation answers with in pages. */
function listIn(operation: object): string | undefined {
  const list = 'meta' in operation ? (operation.meta as OperationMeta).list : undefined;
  return list === undefined || list.endless ? undefined : (list.in ?? 'items');
}
const WORDS = { summary: undefined, description: undefined, tags: undefined };

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
  const { contract } = await import('../src/app/contract.ts');
  process.stdout.write(JSON.stringify(minifyContractRouter(contract), onlyWhereToCall));
} else if (asked.has('--if-needed') && upToDate()) console.log('The console is built and up to date.');
else {
  const { build } = await import('vite');
  await build({ configFile: `${root}web/vite.config.ts`, logLevel: 'warn' });
  compress();
  console.log('The console is built in web/dist.');
}
