import type { PolicyContent } from './content.ts';

/** One place of a policy in two versions; null: absent. */
export interface PolicyDifference {
  readonly id: string;
  /** Title of the section, or a description of the place. */
  readonly where: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Differences between two filled texts, in the order of the later one; removals come last. */
export function policyDifferences(
  before: PolicyContent | null,
  after: PolicyContent,
): readonly PolicyDifference[] {
  const old = new Map((before === null ? [] : places(before)).map((place) => [place.id, place]));
  const now = places(after);
  const kept = new Set(now.map(({ id }) => id));
  return [
    ...now.flatMap(({ id, where, text }) => {
      const was = old.get(id)?.text ?? null;
      return was === text ? [] : [{ id, where, before: was, after: text }];
    }),
    ...[...old.values()].flatMap(({ id, where, text }) =>
      kept.has(id) ? [] : [{ id, where, before: text, after: null }],
    ),
  ];
}

function places({ title, intro, sections }: PolicyContent) {
  return [
    { id: 'title', where: 'Title', text: title },
    { id: 'intro', where: 'Introduction', text: intro },
    ...sections.flatMap((section) => [
      { id: `section/${section.id}`, where: 'Heading', text: section.title },
      ...section.items.map(({ id, text }) => ({ id: `item/${id}`, where: section.title, text })),
    ]),
  ].filter(({ text }) => text !== '');
}
