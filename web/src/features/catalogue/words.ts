import type { client } from '../../api.ts';

export const KINDS = ['controls', 'capabilities', 'connectors', 'licenses', 'risks', 'clauses'] as const;
export type Kind = (typeof KINDS)[number];

export type Entry = Awaited<ReturnType<typeof client.catalogue.list>>['items'][number];
export type Shown = Awaited<ReturnType<typeof client.catalogue.get>>;
export type CheckedFact = Awaited<ReturnType<typeof client.catalogue.facts>>['items'][number];
export type Of<K extends Kind> = Extract<Shown, { kind: K }>;

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  controls: 'Controls',
  capabilities: 'Capabilities',
  connectors: 'Connectors',
  licenses: 'Licenses',
  risks: 'Risks',
  clauses: 'Policy clauses',
};

/** Header of the tag column in the list of each kind. */
export const TAG_WORDS: Readonly<Record<Kind, string>> = {
  controls: 'Area',
  capabilities: 'Guide and vendor',
  connectors: 'Category',
  licenses: 'Kind',
  risks: 'Control',
  clauses: 'Part',
};
