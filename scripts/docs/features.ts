import { LAYERS } from '../checks/layers.ts';
import { arrowsOf, featureOf } from '../checks/modules.ts';
import { withPart } from './marked-part.ts';

const BOTTOM = 'shared';

/** Generates the diagram of features in ARCHITECTURE.md from their current imports. */
export function withFeatures(page: string, root: string): string {
  return withPart(page, 'features', picture(root));
}

/** The layers from top to bottom, the features of each, and which layers import which. */
function picture(root: string): string {
  const layerOf = new Map(LAYERS.flatMap(({ name, features }) => features.map((feature) => [feature, name])));
  const of = (path: string) => {
    const feature = featureOf(path);
    return feature === null ? null : (layerOf.get(feature) ?? BOTTOM);
  };
  const pairs = new Set(
    arrowsOf(root).flatMap(({ from, to }) => {
      const [upper, lower] = [of(from), of(to)];
      return upper === null || lower === null || upper === lower ? [] : [`${upper} --> ${lower}`];
    }),
  );
  return [
    '```mermaid',
    'flowchart TB',
    '  app["src/app · contract, handlers, tasks, stages, jobs: what each feature has, listed"]',
    ...[...LAYERS]
      .reverse()
      .map(({ name, says, features }) => `  ${name}["<b>${name}</b> · ${says}<br>${lines(features)}"]`),
    `  ${BOTTOM}["<b>${BOTTOM}</b> · what all of them are built with: context, door, errors, pages, days, downloads"]`,
    '  app --> work',
    ...LAYERS.flatMap(({ name }) => [...pairs].filter((pair) => pair.startsWith(`${name} `)).sort()).map(
      (pair) => `  ${pair}`,
    ),
    '```',
  ].join('\n');
}

/** Wraps names to the width of a box in the diagram. */
function lines(features: readonly string[]): string {
  const made = [''];
  for (const feature of features) {
    const last = made.at(-1) ?? '';
    if (last.length + feature.length > 60) made.push(feature);
    else made[made.length - 1] = last === '' ? feature : `${last} · ${feature}`;
  }
  return made.join('<br>');
}
