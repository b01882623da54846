import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { importsOf } from './boundaries.ts';
import { LAYERS, type Layer } from './layers.ts';

/** An import of one file by another, as paths relative to `src`. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Loaded together with the file: neither type-only nor `import()`. */
  readonly atLoad: boolean;
}

/** Entry file of a thread: loaded like an import, in a separate thread. */
const THREAD = /new URL\(\s*'(?<file>\.[^']+\.ts)',\s*import\.meta\.url/g;

/** Every import between files of `src` except tests, parsed from the sources. */
export function arrowsOf(root: string): Arrow[] {
  const src = join(root, 'src');
  return files(src)
    .map((path) => relative(src, path))
    .filter((path) => !/\.test\.tsx?$|(^|\/)testing(-\w+)?(\/|\.ts$)/.test(path))
    .flatMap((from) => {
      const text = readFileSync(join(src, from), 'utf8');
      const threads = [...text.matchAll(THREAD)].map(({ groups }) => ({
        target: groups?.file ?? '',
        atLoad: false,
      }));
      const imports = importsOf(text).map(({ target, typeOnly, lazy }) => ({
        target,
        atLoad: !typeOnly && !lazy,
      }));
      return [...imports, ...threads].flatMap(({ target, atLoad }): Arrow[] => {
        const to = fileOf(target, from);
        return to === null ? [] : [{ from, to, atLoad }];
      });
    });
}

/** The file in `src` that an import specifier refers to; null: a package, or outside of `src`. */
function fileOf(target: string, from: string): string | null {
  if (target.startsWith('#')) return target.slice(1);
  const path = target.startsWith('.') ? join(dirname(from), target) : '..';
  return path.startsWith('..') ? null : path;
}

/** The code that all features are built with: the files directly in `src/features`, and the folder `shared`. */
const SHARED = 'shared';
const FACE = /^features\/[^/]+\/(?:index|schemas)\.ts$/;

/** The feature that contains a file; null: none. */
export function featureOf(path: string): string | null {
  const [ring, folder, ...rest] = path.split('/');
  if (ring !== 'features' || folder === undefined) return null;
  return rest.length === 0 ? SHARED : folder;
}

/**
 * Reports cycles between features (type imports included), imports past a public face, imports from a higher layer,
 * and cycles of files at load time. A feature's public face is its `index.ts`, and `schemas.ts` for the schemas used
 * in contracts of others, which commands and the documentation load without running anything.
 */
export function checkModules(root: string, layers: readonly Layer[] = LAYERS): string[] {
  const arrows = arrowsOf(root);
  const between = arrows.flatMap((arrow) => {
    const [from, to] = [featureOf(arrow.from), featureOf(arrow.to)];
    return from === null || to === null || from === to ? [] : [{ ...arrow, features: [from, to] as const }];
  });
  const features = graphOf(between.map(({ features }) => features));
  const loading = graphOf(arrows.filter(({ atLoad }) => atLoad).map(({ from, to }) => [from, to] as const));
  const heights = new Map(layers.flatMap((layer, at) => layer.features.map((feature) => [feature, at])));
  const heightOf = (feature: string) => (feature === SHARED ? -1 : (heights.get(feature) ?? layers.length));
  return [
    ...foldersOf(root)
      .filter((feature) => !heights.has(feature))
      .map((feature) => {
        const below = [...(features.get(feature) ?? [])].map((one) => heights.get(one) ?? 0);
        const lowest = layers[Math.max(0, ...below)]?.name;
        return `src/features/${feature}: is in no layer; add it to one in scripts/checks/layers.ts (by what it imports, “${lowest}” is the lowest that it can be in)`;
      }),
    ...circlesIn(features).flatMap((circle) =>
      between
        .filter(({ features }) => features.every((feature) => circle.includes(feature)))
        .map(({ from, to }) => `${from}: imports ${to}, and features/${featureOf(to)} needs it in turn`),
    ),
    ...between
      .filter(({ features }) => heightOf(features[1]) > heightOf(features[0]))
      .map(
        ({ from, to }) => `${from}: imports ${to}, which lies in a layer above (scripts/checks/layers.ts)`,
      ),
    ...between
      .filter(({ to, features }) => features[1] !== SHARED && !FACE.test(to))
      .map(({ from, to }) => `${from}: imports ${to}, past that feature's public face, its index.ts`),
    ...circlesIn(loading).map((circle) => `files that load each other: ${circle.join(', ')}`),
  ];
}

/** The features, by folder. */
function foldersOf(root: string): string[] {
  return readdirSync(join(root, 'src/features'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && entry.name !== SHARED ? [entry.name] : [],
  );
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

/** Strongly connected components of two or more nodes, each sorted (Tarjan's algorithm). */
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
