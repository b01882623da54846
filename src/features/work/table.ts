import { WORK_WHEN_WORDS } from '#domain/labels.ts';
import type { TableColumn } from '../exports/index.ts';
import type { WorkView } from './view.ts';

/** Columns of an exported list of work, as on the page. */
export const WORK_COLUMNS: readonly TableColumn<WorkView>[] = [
  { key: 'client', title: 'Client', width: 32, value: ({ name }) => name },
  { key: 'when', title: 'When', width: 22, value: ({ when }) => WORK_WHEN_WORDS[when] },
  { key: 'due', title: 'Due', kind: 'day', value: ({ due }) => due },
  { key: 'kind', title: 'Kind', width: 22, value: ({ kindName }) => kindName },
  { key: 'title', title: 'What', width: 50, value: ({ title }) => title },
  { key: 'why', title: 'Why', width: 60, value: ({ why }) => why },
  { key: 'owner', title: 'Owner', width: 28, value: ({ owner }) => owner?.name ?? null },
  { key: 'mail', title: 'Mail', width: 28, value: ({ owner }) => owner?.mail ?? null },
  { key: 'role', title: 'Role', width: 24, value: ({ role }) => role },
  {
    key: 'control',
    title: 'Control',
    width: 14,
    value: ({ control }) => control?.id ?? null,
    words: ({ control }) => control?.short ?? null,
  },
];
