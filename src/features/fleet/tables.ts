import { ATTENTION_WORDS, CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { STATE_WORDS, STATES, type State } from '#domain/model/verdict.ts';
import type { TableColumn } from '../exports/index.ts';
import type { AcrossLine } from './across.ts';
import type { FleetFilter, FleetLine } from './list.ts';

/** The fleet as a file. Cells about controls that the person may not see stay empty. */
export const FLEET_COLUMNS: readonly TableColumn<FleetLine>[] = [
  { key: 'client', title: 'Client', width: 36, value: ({ name }) => name },
  { key: 'plan', title: 'Claude plan', width: 18, value: ({ planName }) => planName },
  { key: 'seats', title: 'Seats', kind: 'number', value: ({ seats }) => seats },
  { key: 'm365', title: 'Microsoft 365', width: 28, value: ({ m365Name }) => m365Name },
  {
    key: 'belowMinimum',
    title: 'Below the recommended license',
    kind: 'yes_no',
    value: ({ status }) => status?.belowMinimum ?? null,
  },
  { key: 'sandbox', title: 'Sandbox', kind: 'yes_no', value: ({ sandbox }) => sandbox },
  {
    key: 'urgent',
    title: 'Most urgent',
    width: 60,
    value: ({ status }) => status?.urgent?.reason ?? null,
  },
  {
    key: 'urgentControl',
    title: 'Control',
    width: 14,
    value: ({ status }) => status?.urgent?.id ?? null,
  },
  { key: 'critical', title: 'Critical', kind: 'number', value: ({ status }) => status?.critical ?? null },
  ...STATES.map((state) => ({
    key: state,
    title: STATE_WORDS[state],
    kind: 'number' as const,
    value: ({ status }: FleetLine) => status?.counts[state] ?? null,
  })),
  { key: 'incidents', title: 'Open incidents', kind: 'number', value: ({ incidents }) => incidents },
  { key: 'lastReading', title: 'Last reading', kind: 'day', value: (line) => line.lastReading },
  { key: 'nextReview', title: 'Next review', kind: 'day', value: (line) => line.nextReview },
];

export const ACROSS_COLUMNS: readonly TableColumn<AcrossLine>[] = [
  { key: 'client', title: 'Client', width: 36, value: ({ name }) => name },
  { key: 'state', title: 'State', width: 14, value: ({ state }) => STATE_WORDS[state] },
  { key: 'reason', title: 'Reason', width: 70, value: ({ reason }) => reason },
  { key: 'listed', title: 'Listed', kind: 'number', value: ({ listed }) => listed },
  { key: 'observedOn', title: 'Observed', kind: 'day', value: (line) => line.observedOn },
  { key: 'since', title: 'In this state since', kind: 'instant', value: ({ since }) => new Date(since) },
  { key: 'goodUntil', title: 'Valid until', kind: 'day', value: ({ goodUntil }) => goodUntil },
];

export function fleetFilterWords(filter: FleetFilter, m365Name: string | null): string | null {
  const parts = [
    filter.attention === undefined ? null : `Clients ${ATTENTION_WORDS[filter.attention]}`,
    filter.plan === undefined ? null : `Plan: ${CLAUDE_PLAN_WORDS[filter.plan]}`,
    filter.m365 === undefined ? null : `Microsoft 365: ${m365Name ?? filter.m365}`,
    filter.sandbox === undefined ? null : filter.sandbox === 'yes' ? 'Sandbox only' : 'Without the sandbox',
    filter.text === undefined || filter.text.trim() === '' ? null : `Name: ${filter.text.trim()}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}

export function acrossFilterWords(filter: {
  state?: State | undefined;
  text?: string | undefined;
}): string | null {
  const parts = [
    filter.state === undefined ? null : `State: ${STATE_WORDS[filter.state]}`,
    filter.text === undefined || filter.text.trim() === '' ? null : `Text: ${filter.text.trim()}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}
