import { SEVERITY_WORDS } from '#domain/labels.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { shortId } from '#domain/text/words.ts';
import type { TableColumn } from '../exports/index.ts';
import type { ListedControl } from './line.ts';

/** Exports the controls as a file. */
export const CONTROL_COLUMNS: readonly TableColumn<ListedControl>[] = [
  { key: 'control', title: 'Control', width: 14, value: ({ id }) => id, words: ({ id }) => shortId(id) },
  { key: 'title', title: 'Title', width: 44, value: ({ title }) => title },
  { key: 'state', title: 'State', width: 14, value: ({ state }) => STATE_WORDS[state] },
  { key: 'severity', title: 'Severity', width: 10, value: ({ severity }) => SEVERITY_WORDS[severity] },
  { key: 'area', title: 'Area', width: 22, value: ({ areaName }) => areaName },
  { key: 'reason', title: 'Reason', width: 70, value: ({ reason }) => reason },
  { key: 'question', title: 'What would settle it', width: 50, value: ({ question }) => question },
  { key: 'listed', title: 'Listed', kind: 'number', value: ({ listed }) => listed },
  { key: 'observedOn', title: 'Observed', kind: 'day', value: (line) => line.observedOn },
  { key: 'since', title: 'In this state since', kind: 'instant', value: ({ since }) => new Date(since) },
  { key: 'goodUntil', title: 'Valid until', kind: 'day', value: ({ goodUntil }) => goodUntil },
  { key: 'due', title: 'Due', kind: 'day', value: ({ due }) => due },
  { key: 'assignedTo', title: 'Assigned to', width: 28, value: (line) => line.assigned?.name ?? null },
  { key: 'assignedDue', title: 'Assigned until', kind: 'day', value: (line) => line.assigned?.due ?? null },
  { key: 'acceptedUntil', title: 'Accepted until', kind: 'day', value: (line) => line.acceptedUntil },
  { key: 'guide', title: 'Guide', width: 18, value: ({ sections }) => sections.join(', ') },
];
