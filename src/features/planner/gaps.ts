import type { Control } from '#domain/model/catalogue.ts';
import { plannedFor, positionOf } from '#domain/planner/position.ts';
import { names, shortId } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import type { Download } from '../shared/download.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { gapsOf } from './read.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    plannerGaps: typeof plannerGaps;
  }
}

/** A capability that plan and licenses lack, with what depends on it. */
export interface Gap {
  readonly capability: string;
  readonly title: string;
  readonly because: string;
  /** Controls that cannot be enforced without it. */
  readonly controls: readonly string[];
  /** Risks that these controls reduce. */
  readonly risks: readonly string[];
  /** Substitutes named by the controls. */
  readonly instead: readonly string[];
  readonly guide: string | null;
  readonly vendor: string;
  readonly vendorAsOf: string;
  readonly source: string;
}

/** All capabilities that the client certainly lacks; unknown ones are left out. Runs in the deciding thread. */
export function plannerGaps({ shared }: TaskInput): readonly Gap[] {
  const { catalogue } = shared.input;
  const lacking = positionOf(plannedFor(shared)).controls.filter(({ lacks }) => lacks.length > 0);
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  return catalogue.capabilities.flatMap((capability): Gap[] => {
    const { has, reason } = shared.capability(capability.id);
    if (has !== 'no') return [];
    const ids = lacking.filter(({ lacks }) => lacks.includes(capability.id)).map(({ control }) => control);
    const [source] = capability.vendor.sources;
    return [
      {
        capability: capability.id,
        title: capability.title,
        because: reason,
        controls: ids.map((id) => `${shortId(id)} ${controls.get(id)?.title ?? ''}`.trim()),
        risks: catalogue.risks
          .filter((risk) => risk.controls.some((id) => ids.includes(id)))
          .map(({ title }) => title),
        instead: [...new Set(ids.flatMap((id) => standIn(controls.get(id), capability.id)))],
        guide: capability.guide?.says ?? null,
        vendor: capability.vendor.says,
        vendorAsOf: capability.vendor.asOf,
        source: source?.url ?? '',
      },
    ];
  });
}

/** The substitute that a control names for a capability that it lacks entirely, or lacks for enforcement only. */
function standIn(control: Control | undefined, capability: string): string[] {
  const words = control?.enforcedBy?.needs.includes(capability)
    ? control.enforcedBy.otherwise
    : control?.unlicensed?.instead;
  return words === undefined ? [] : [words];
}

const COLUMNS: readonly TableColumn<Gap>[] = [
  { key: 'capability', title: 'What is missing', width: 40, value: ({ title }) => title },
  { key: 'because', title: 'Why', width: 60, value: ({ because }) => because },
  { key: 'controls', title: 'Controls without it', width: 50, value: ({ controls }) => listed(controls) },
  { key: 'risks', title: 'Risks left open by it', width: 50, value: ({ risks }) => listed(risks) },
  {
    key: 'instead',
    title: 'What can replace it',
    width: 60,
    value: ({ instead }) => instead.join(' ') || null,
  },
  { key: 'guide', title: 'The guide says', width: 50, value: ({ guide }) => guide },
  { key: 'vendor', title: 'The vendor says', width: 60, value: ({ vendor }) => vendor },
  { key: 'vendorAsOf', title: 'As of', kind: 'day', value: ({ vendorAsOf }) => vendorAsOf },
  { key: 'source', title: 'Page', width: 40, value: ({ source }) => source },
];

function listed(all: readonly string[]): string | null {
  return all.length === 0 ? null : names(all, all.length);
}

/** The gap list as a file. */
export async function gapsFile(context: HandlerContext, format: TableFormat): Promise<Download> {
  return tableFile(
    {
      heading: {
        title: 'What plan and licenses lack',
        ...clientHeading(context),
        filter: null,
      },
      columns: COLUMNS,
      rows: await gapsOf(context),
    },
    format,
  );
}
// Guide: G1.1-00 G1.1-14
