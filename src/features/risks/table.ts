import { STATE_WORDS } from '#domain/model/verdict.ts';
import type { TableColumn } from '../exports/index.ts';
import type { RiskView } from './board.ts';

/** One control of one risk; a risk without controls has one row, so that the file lists it. */
export interface RiskRow {
  readonly risk: RiskView;
  readonly scope: RiskView['scopes'][number] | null;
  readonly control: RiskView['scopes'][number]['controls'][number] | null;
}

export function rowsOf(risks: readonly RiskView[]): RiskRow[] {
  return risks.flatMap((risk): RiskRow[] => {
    const rows = risk.scopes.flatMap((scope) => scope.controls.map((control) => ({ risk, scope, control })));
    return rows.length === 0 ? [{ risk, scope: null, control: null }] : rows;
  });
}

/** The board as a file, one row per control and risk. */
export const RISK_COLUMNS: readonly TableColumn<RiskRow>[] = [
  { key: 'risk', title: 'Risk', width: 40, value: ({ risk }) => risk.title },
  { key: 'status', title: 'Status', width: 14, value: ({ risk }) => risk.statusName },
  { key: 'why', title: 'Why', width: 50, value: ({ risk }) => risk.words },
  { key: 'within_reach', title: 'Within reach', width: 14, value: ({ risk }) => risk.reach.word },
  { key: 'scope', title: 'Layer', width: 20, value: ({ scope }) => scope?.name ?? null },
  {
    key: 'control',
    title: 'Control',
    width: 14,
    value: ({ control }) => control?.control ?? null,
    words: ({ control }) => control?.short ?? null,
  },
  { key: 'title', title: 'Title', width: 44, value: ({ control }) => control?.title ?? null },
  {
    key: 'state',
    title: 'State',
    width: 14,
    value: ({ control }) => (control === null ? null : STATE_WORDS[control.state]),
  },
  { key: 'reason', title: 'Reason', width: 70, value: ({ control }) => control?.reason ?? null },
  { key: 'observedOn', title: 'Observed', kind: 'day', value: ({ control }) => control?.observedOn ?? null },
  { key: 'goodUntil', title: 'Valid until', kind: 'day', value: ({ control }) => control?.goodUntil ?? null },
  { key: 'residual', title: 'What remains', width: 70, value: ({ risk }) => risk.residual },
];
