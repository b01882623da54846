import { departureOf, driftOf, hasCell, permissionOf } from '#domain/connectors/row.ts';
import {
  BASELINE_FROM_WORDS,
  CHARTER_FROM_WORDS,
  DEPARTS_WORDS,
  DRIFT_WORDS,
  EFFECT_FROM_WORDS,
} from '#domain/connectors/status-words.ts';
import { EFFECT_WORDS, PERMISSION_WORDS } from '#domain/connectors/words.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { type MatrixInput, type MatrixView, showMatrix } from './show.ts';

type Line = MatrixView['rows'][number] & { readonly system: MatrixView['connectors'][number] | undefined };

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'connector', title: 'Connector', value: (row) => row.system?.name ?? row.connector },
  { key: 'action', title: 'Action', width: 36, value: (row) => row.title },
  { key: 'tool', title: 'Tool', width: 30, value: (row) => row.tool },
  { key: 'effect', title: 'Effect', value: (row) => EFFECT_WORDS[row.effect] },
  { key: 'effectFrom', title: 'Effect known from', value: (row) => EFFECT_FROM_WORDS[row.effectFrom] },
  { key: 'baseline', title: 'Baseline', value: (row) => PERMISSION_WORDS[row.baseline] },
  { key: 'baselineFrom', title: 'Baseline from', value: (row) => BASELINE_FROM_WORDS[row.baselineFrom] },
  {
    key: 'charter',
    title: 'Charter',
    value: (row) => (hasCell(row) ? PERMISSION_WORDS[permissionOf(row)] : 'No such action'),
  },
  {
    key: 'charterFrom',
    title: 'Charter says so',
    width: 28,
    value: (row) => CHARTER_FROM_WORDS[row.charterFrom ?? 'none'],
  },
  {
    key: 'departs',
    title: 'Against the baseline',
    value: (row) => (hasCell(row) ? DEPARTS_WORDS[departureOf(row)] : null),
  },
  { key: 'justification', title: 'Justification', width: 40, value: (row) => row.justification },
  { key: 'until', title: 'Exception until', kind: 'day', value: (row) => row.until },
  {
    key: 'observed',
    title: 'Observed',
    value: (row) => {
      const state = row.observed?.state ?? null;
      return state === null
        ? (row.observed?.words ?? null)
        : state === 'off'
          ? 'Not offered'
          : PERMISSION_WORDS[state];
    },
  },
  { key: 'observedOn', title: 'Observed on', kind: 'day', value: (row) => row.observed?.on ?? null },
  {
    key: 'drift',
    title: 'Observed against the charter',
    value: (row) => {
      const drift = driftOf(row);
      return drift === null ? null : DRIFT_WORDS[drift];
    },
  },
];

/** The matrix as a file, with the content of the page. */
export async function exportMatrix(
  context: HandlerContext,
  { format, ...input }: MatrixInput & { readonly format: TableFormat },
) {
  const view = await showMatrix(context, input);
  const systems = new Map(view.connectors.map((one) => [one.id, one] as const));
  const words = [
    view.draft === null
      ? view.charter === null
        ? 'There is no charter'
        : `Charter version ${view.charter.number}`
      : `Draft “${view.draft.title}”, not in force`,
    input.connector === undefined ? null : (systems.get(input.connector)?.name ?? input.connector),
    input.effect === undefined ? null : `Effect: ${EFFECT_WORDS[input.effect]}`,
    input.state === undefined ? null : PERMISSION_WORDS[input.state],
    input.departs === undefined ? null : DEPARTS_WORDS[input.departs],
    input.drift === undefined ? null : DRIFT_WORDS[input.drift],
    input.text === undefined ? null : `“${input.text}”`,
  ].filter((word) => word !== null);
  const heading = {
    title: 'Connector matrix',
    ...clientHeading(context),
    filter: words.join(', '),
  };
  const rows = view.rows.map((row): Line => ({ ...row, system: systems.get(row.connector) }));
  return asDownload(await tableFile({ heading, columns: COLUMNS, rows }, format));
}
