import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../src/app/operations.ts';
import { aboutGroup } from '../../src/cli/remote/groups.ts';
import type { Operation } from '../../src/features/operation.ts';
import { type Example, examples } from '../../src/server/examples.ts';
import { consoleUse } from './console-use.ts';

/**
 * Reports operations that no test carries out. `npm run examples` records a test's request and answer as the
 * operation's example; if the example is missing or generated, no test has shown that the operation works.
 */
export function checkCalls(
  root: string,
  all: readonly Operation[] = operations(),
  known: ReadonlyMap<string, Pick<Example, 'from'>> = examples(),
): string[] {
  const contracts = readFileSync(join(root, 'src/app/contracts.ts'), 'utf8');
  return all.flatMap(({ path, meta }) => {
    // A stream has no end, so it cannot be recorded.
    if (meta.transport === 'stream') return [];
    const name = path.join('.');
    const from = known.get(name)?.from ?? null;
    if (from === 'answer') return [];
    const feature = `src/features/${folderOf(path[0] ?? '', contracts)}`;
    return [
      `${name}: ${from === null ? 'has no example' : 'its example is made up'}, so no test has carried it out: call it in a test of ${feature}, then run "npm run examples ${feature}"`,
    ];
  });
}

/** Reports operations that no page uses and that do not say why, and those that say so although a page uses them. */
export function checkPages(root: string, all: readonly Operation[] = operations()): string[] {
  const pages = consoleUse(join(root, 'web/src'));
  return all.flatMap((operation) => {
    const isUsed = pages.uses(operation);
    if (isUsed !== ((operation.meta.noPage ?? '') !== '')) return [];
    const name = operation.path.join('.');
    return isUsed
      ? [`${name}: a page uses it, although its contract says under \`noPage\` why none does: remove that`]
      : [
          `${name}: no page uses it: call it from a page, or say in its contract under \`noPage\` why none does`,
        ];
  });
}

/** Reports groups of commands without a description for the help, without which no command starts. */
export function checkGroups(_root: string, all: readonly Operation[] = operations()): string[] {
  const commands = new Set(all.map(({ meta }) => meta.cli));
  const groups = all.flatMap(({ meta }) => {
    const words = meta.cli?.split(' ') ?? [];
    return words.slice(0, -1).map((_, at) => words.slice(0, at + 1).join(' '));
  });
  return [...new Set(groups)].flatMap((group) => {
    // A group that is itself a command describes itself.
    if (commands.has(group)) return [];
    try {
      aboutGroup(group);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
}

/** The folder whose contract has the operations with this name. */
function folderOf(name: string, contracts: string): string {
  return new RegExp(`\\bas ${name}\\b[^;]*'#features/([^/]+)/`, 'u').exec(contracts)?.[1] ?? name;
}
