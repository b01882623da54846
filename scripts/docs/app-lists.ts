import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Features used by the first pages, whose handlers are loaded at startup; the others are loaded on demand. */
const FIRST_PAGES: ReadonlySet<string> = new Set(['account', 'clients', 'fleet', 'home', 'shell', 'work']);
/** Line width of the formatter. */
const WIDTH = 110;
const NOTE = '// Written by "npm run docs" from the folders of src/features.\n';

/**
 * Generates `src/app/contracts.ts` and `handler-loaders.ts` from what each feature exports in its `contract.ts` and
 * `handlers.ts`.
 */
export function appLists(root: string): ReadonlyMap<string, string> {
  const features = readdirSync(join(root, 'src/features')).sort();
  return new Map([
    ['src/app/contracts.ts', contracts(features.flatMap((name) => exportsOf(root, name, 'Contract')))],
    [
      'src/app/handler-loaders.ts',
      handlerLoaders(features.flatMap((name) => exportsOf(root, name, 'Handlers'))),
    ],
  ]);
}

interface Exported {
  /** Name in the contract: `signIn` for `signInContract`. */
  readonly name: string;
  readonly constant: string;
  readonly from: string;
}

function exportsOf(root: string, feature: string, suffix: 'Contract' | 'Handlers'): readonly Exported[] {
  const file = `${feature}/${suffix.toLowerCase()}.ts`;
  if (!existsSync(join(root, 'src/features', file))) return [];
  const text = readFileSync(join(root, 'src/features', file), 'utf8');
  return [...text.matchAll(new RegExp(`^export const (\\w+)${suffix}\\b`, 'gmu'))]
    .map(([, name = '']) => ({ name, constant: `${name}${suffix}`, from: `#features/${file}` }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function contracts(exported: readonly Exported[]): string {
  const lines = [...Map.groupBy(exported, ({ from }) => from)].map(
    ([from, some]) =>
      `export { ${some.map(({ name, constant }) => `${constant} as ${name}`).join(', ')} } from '${from}';\n`,
  );
  return `${NOTE}\n/** The operations of each feature, under its name. */\n${lines.join('')}`;
}

function handlerLoaders(exported: readonly Exported[]): string {
  const first = exported.filter(({ name }) => FIRST_PAGES.has(name));
  const entries = exported.map((one) => {
    const { name, constant, from } = one;
    if (first.includes(one)) return `  ${name}: async () => ${constant},\n`;
    const [key, value] = [`  ${name}: async () =>`, `(await import('${from}')).${constant},\n`];
    return key.length + value.length > WIDTH ? `${key}\n    ${value}` : `${key} ${value}`;
  });
  return `${first.map(({ constant, from }) => `import { ${constant} } from '${from}';\n`).join('')}
${NOTE}
/**
 * The handlers of each feature, under its name in \`contracts.ts\`. Features that the first pages call are loaded at
 * startup; the others load on the first request to them, which keeps memory low on a server that uses only a few.
 */
export const HANDLER_LOADERS = {
${entries.join('')}} as const;
`;
}
