import { CHECK_JUDGMENTS } from '#domain/dlp/decision.ts';
import { type LabelledRule, type LabelProposal, labelledRules } from '#domain/dlp/labels.ts';
import { judgedChecks } from '#store/dlp/checks.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { rulesFor } from './rules-of-client.ts';
import { tuningOf } from './tuning-of.ts';

/** Maximum number of recent assessments to examine. */
const MAX_LABELS = 20_000;

export interface LabelLine extends LabelledRule {
  readonly title: string;
  /** Current threshold. */
  readonly atLeast: number;
  readonly off: boolean;
}

/** People's assessments of alerts by rule, and proposals to avoid false ones. Contains no content. */
export async function listLabels(context: HandlerContext) {
  const { client, services } = context;
  const { checks, tuning } = await context.read(async (tx) => ({
    checks: await judgedChecks(tx, client.id, MAX_LABELS),
    tuning: await tuningOf(tx, client.id),
  }));
  const rules = new Map(rulesFor(services.catalogue, tuning).map((rule) => [rule.id, rule]));
  const labels = checks.flatMap(({ judged, rules: hits }) => {
    const as = CHECK_JUDGMENTS.find((one) => one === judged);
    if (as === undefined || hits === null) return [];
    return Object.entries(hits).map(([rule, count]) => ({ rule, as, hits: Number(count) }));
  });
  const settingOf = (rule: string) => ({
    atLeast: tuning.atLeast[rule] ?? rules.get(rule)?.atLeast ?? 1,
    off: tuning.off.includes(rule),
  });
  const items = labelledRules(labels, settingOf).map(
    (one): LabelLine => ({
      ...one,
      title: rules.get(one.rule)?.title ?? one.rule,
      ...settingOf(one.rule),
    }),
  );
  return {
    items,
    total: items.length,
    decisions: checks.length,
    removed: checks.filter(({ rules: hits }) => hits === null).length,
    isWhole: checks.length < MAX_LABELS,
  };
}

const PROPOSAL_WORDS: Readonly<Record<LabelProposal['do'], (to: number) => string>> = {
  raise_threshold: (to) => `Raise the threshold to ${to}`,
  turn_off: () => 'Turn it off',
  allow_values: () => 'Leave out values that belong to no one',
};

const COLUMNS: readonly TableColumn<LabelLine>[] = [
  { key: 'rule', title: 'Rule', width: 26, value: ({ rule }) => rule },
  { key: 'title', title: 'What it finds', width: 40, value: ({ title }) => title },
  { key: 'right', title: 'Right', kind: 'number', value: ({ right }) => right },
  { key: 'falseAlarms', title: 'False alarms', kind: 'number', value: ({ falseAlarms }) => falseAlarms },
  {
    key: 'precision',
    title: 'Precision',
    kind: 'number',
    value: ({ precision }) => Math.round(precision * 1_000) / 1_000,
  },
  { key: 'atLeast', title: 'Threshold', kind: 'number', value: ({ atLeast }) => atLeast },
  { key: 'off', title: 'Turned off', kind: 'yes_no', value: ({ off }) => off },
  {
    key: 'proposal',
    title: 'Proposal',
    width: 40,
    value: ({ proposal }) =>
      proposal === null
        ? null
        : PROPOSAL_WORDS[proposal.do](proposal.do === 'raise_threshold' ? proposal.to : 0),
  },
];

/** The list as a file. */
export async function exportLabels(context: HandlerContext, { format }: { readonly format: TableFormat }) {
  const { items } = await listLabels(context);
  const heading = { title: 'Judged alarms by rule', ...clientHeading(context), filter: null };
  return asDownload(await tableFile({ heading, columns: COLUMNS, rows: items }, format));
}
// Guide: G7.2-16
