import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Prints the expressions that the sources put together when they are loaded, as JSON. A process of its own: it watches
 * every expression that is made, and loads files that begin a program.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const LEFT_OUT = [
  'src/cli/**',
  'src/server/{main,run}.ts',
  '**/*.test.ts',
  '**/testing/**',
  '**/testing*.ts',
  '**/*.d.ts',
];

const made = new Map<string, { file: string; source: string; flags: string }>();
const note = (one: RegExp): RegExp => {
  const file = /\/(src\/[^:]+):\d+/.exec(new Error().stack?.split('\n').slice(3).join('\n') ?? '')?.[1];
  if (file !== undefined) made.set(String(one), { file, source: one.source, flags: one.flags });
  return one;
};
const Native = RegExp;
globalThis.RegExp = new Proxy(Native, {
  construct: (_target, [pattern, flags]) => note(new Native(pattern, flags)),
  apply: (_target, _this, [pattern, flags]) => note(new Native(pattern, flags)),
});

// What begins a thread throws where there is none; by then, what it imports was loaded.
process.on('unhandledRejection', () => {});
for (const file of globSync('src/**/*.ts', { cwd: root, exclude: LEFT_OUT }))
  await import(pathToFileURL(`${root}${file}`).href).catch(() => {});
process.stdout.write(JSON.stringify([...made.values()]), () => process.exit(0));
