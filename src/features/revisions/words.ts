import type { EntryKind } from '#domain/catalogue-changes/entries.ts';

/** What an entry is, in words. */
export const ENTRY_WORDS: Readonly<Record<EntryKind, string>> = {
  guide: 'Guide',
  control: 'Control',
  capability: 'Capability',
  connector: 'Connector',
  risk: 'Risk',
  clause: 'Policy clause',
  claude_plan: 'Claude plan',
  tier: 'Microsoft licence',
  add_on: 'Add-on',
  sku: 'Microsoft product',
  service_plan: 'Service plan',
  journey: 'Journey',
  task: 'Deployment task',
  baseline: 'Baseline',
};

export const CHANGE_WORDS = { added: 'New', changed: 'Changed', removed: 'Gone' } as const;
