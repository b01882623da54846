import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { importsOf } from './boundaries.ts';

/**
 * What is left to untangle, as counts that may only go down: whoever brings one below its ceiling lowers the ceiling.
 * `edges`: pairs of features that import one another, directly or around a circle; `faces`: imports of another
 * feature's file that is not its public face; `files`: files that cannot be loaded without loading each other.
 */
export const CEILINGS = { edges: 0, faces: 319, files: 8 };

/** An import of a file by another, both as paths below `src`. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** It is there while the file is loaded: neither a type alone nor `import()`. */
  readonly atLoad: boolean;
}

export interface Tangles {
  readonly edges: readonly string[];
  readonly faces: readonly string[];
  readonly files: readonly string[];
}

/** Every import between files of `src` but those of tests, read from the sources themselves. */
export function arrowsOf(root: string): Arrow[] {
  const src = join(root, 'src');
  return files(src)
    .map((path) => relative(src, path))
    .filter((path) => !/\.test\.tsx?$|(^|\/)testing(-\w+)?(\/|\.ts$)/.test(path))
    .flatMap((from) =>
      importsOf(readFileSync(join(src, from), 'utf8')).flatMap(({ target, typeOnly, lazy }) => {
        const to = target.startsWith('#')
          ? target.slice(1)
          : target.startsWith('.')
            ? relative(src, resolve(src, dirname(from), target))
            : null;
        return to === null || to.startsWith('..') ? [] : [{ from, to, atLoad: !typeOnly && !lazy }];
      }),
    );
}

/** What all features are built with: the files that lie in no feature, and the folder of that name. */
const SHARED = 'shared';

/** The feature that a file is part of; null: none. */
export function featureOf(path: string): string | null {
  const [ring, folder, ...rest] = path.split('/');
  if (ring !== 'features' || folder === undefined) return null;
  return rest.length === 0 ? SHARED : folder;
}

/** Circles between features and between files, and imports past a public face, a sentence each. */
export function tanglesOf(arrows: readonly Arrow[]): Tangles {
  const between = arrows.flatMap((arrow) => {
    const [from, to] = [featureOf(arrow.from), featureOf(arrow.to)];
    return from === null || to === null || from === to ? [] : [{ ...arrow, features: [from, to] as const }];
  });
  const features = graphOf(between.map(({ features }) => features));
  const files = graphOf(arrows.filter(({ atLoad }) => atLoad).map(({ from, to }) => [from, to] as const));
  return {
    edges: circlesIn(features).flatMap((circle) =>
      circle.flatMap((from) =>
        circle
          .filter((to) => features.get(from)?.has(to))
          .map((to) => {
            const by = between.find(({ features }) => features[0] === from && features[1] === to);
            return `features/${from} and features/${to} need each other (${by?.from} imports ${by?.to})`;
          }),
      ),
    ),
    faces: between
      .filter(({ to, features }) => features[1] !== SHARED && !/^features\/[^/]+\/index\.ts$/.test(to))
      .map(({ from, to }) => `${from}: imports ${to}, past that feature's public face, its index.ts`),
    files: circlesIn(files).flatMap((circle) =>
      circle.map((file) => `${file}: is part of a circle of imports: ${circle.join(', ')}`),
    ),
  };
}

/** Sentences for whatever is over its ceiling, or so far below that the ceiling is to be lowered. */
export function checkModules(root: string, ceilings: typeof CEILINGS = CEILINGS): string[] {
  const tangles = tanglesOf(arrowsOf(root));
  return (['edges', 'faces', 'files'] as const).flatMap((kind) => {
    const found = tangles[kind];
    if (found.length > ceilings[kind])
      return [...found, `${found.length} ${kind}, where scripts/checks/modules.ts allows ${ceilings[kind]}`];
    return [];
  });
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

function graphOf(pairs: readonly (readonly [string, string])[]): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of pairs) {
    const known = graph.get(from) ?? new Set();
    graph.set(from, known.add(to));
    if (!graph.has(to)) graph.set(to, new Set());
  }
  return graph;
}

/** Groups of nodes that reach each other, each sorted: Tarjan's strongly connected components of two and more. */
function circlesIn(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    let lowest = own;
    stack.push(node);
    for (const next of graph.get(node) ?? [])
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? own);
    if (lowest === own) {
      const circle = stack.splice(stack.indexOf(node));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return lowest;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return circles;
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
