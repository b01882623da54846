import type { z } from 'zod';
import { ATTESTATION_STATE_WORDS } from '#domain/labels.ts';
import type { Control } from '#domain/model/catalogue.ts';
import { STATES, type Verdict } from '#domain/model/verdict.ts';
import { shortId } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { controlOf } from '../exceptions/index.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { accepts, whyNot } from './accepts.ts';
import type { attestedControl } from './contract.ts';
import { ATTESTATION_STATES, type AttestationState } from './states.ts';
import { type AttestationView, readAttestations, todayOf } from './views.ts';

export interface AttestationFilter {
  readonly state?: AttestationState | undefined;
  readonly control?: string | undefined;
}

/** What counts now first, the soonest to expire on top; then the rest, the latest look first. */
function matching(all: readonly AttestationView[], { state, control }: AttestationFilter): AttestationView[] {
  return all
    .filter(
      (one) =>
        (state === undefined || one.state === state) && (control === undefined || one.control === control),
    )
    .toSorted(
      (a, b) =>
        ATTESTATION_STATES.indexOf(a.state) - ATTESTATION_STATES.indexOf(b.state) ||
        (a.state === 'current'
          ? (a.countsUntil ?? '').localeCompare(b.countsUntil ?? '')
          : b.seen.localeCompare(a.seen)),
    );
}

export async function listAttestations(context: HandlerContext, filter: AttestationFilter) {
  const { all } = await readAttestations(context);
  const items = matching(all, filter);
  const counts = Object.fromEntries(
    ATTESTATION_STATES.map((state) => [state, all.filter((one) => one.state === state).length]),
  ) as Record<AttestationState, number>;
  return { items, total: items.length, today: todayOf(context), counts };
}

/** Controls that accept a statement, those first that wait for one. */
export async function listControls(context: HandlerContext) {
  const { all, verdicts } = await readAttestations(context);
  const items = context.services.catalogue.controls
    .flatMap((control) => {
      const line = lineOf(control, all, verdicts);
      return line === null ? [] : [line];
    })
    .toSorted((a, b) => rank(a) - rank(b) || a.control.localeCompare(b.control));
  return { items, total: items.length, today: todayOf(context) };
}

function rank({ state }: z.infer<typeof attestedControl>): number {
  return state === 'cannot_read' ? -1 : state === null ? STATES.length : STATES.indexOf(state);
}

export async function controlFor(context: HandlerContext, id: string) {
  const control = controlOf(context, id);
  const { all, verdicts } = await readAttestations(context);
  const line = lineOf(control, all, verdicts);
  return { takes: line !== null, why: line === null ? whyNot(control) : null, control: line };
}

function lineOf(
  control: Control,
  all: readonly AttestationView[],
  verdicts: ReadonlyMap<string, Verdict>,
): z.infer<typeof attestedControl> | null {
  const taken = accepts(control);
  if (taken === null) return null;
  const current = all.find((one) => one.control === control.id && one.state === 'current');
  const verdict = verdicts.get(control.id);
  return {
    control: control.id,
    title: control.title,
    severity: control.severity,
    state: verdict?.state ?? null,
    reason: verdict?.reason ?? null,
    look: taken.look,
    days: taken.days,
    current:
      current?.countsUntil == null
        ? null
        : { holds: current.holds, seen: current.seen, by: current.by, countsUntil: current.countsUntil },
  };
}

const COLUMNS: readonly TableColumn<AttestationView>[] = [
  { key: 'control', title: 'Control', value: (row) => row.control, words: (row) => shortId(row.control) },
  { key: 'title', title: 'Title', value: (row) => row.title },
  { key: 'state', title: 'State', value: (row) => ATTESTATION_STATE_WORDS[row.state] },
  { key: 'holds', title: 'Holds', kind: 'yes_no', value: (row) => row.holds },
  { key: 'seen', title: 'Seen', kind: 'day', value: (row) => row.seen },
  { key: 'by', title: 'By', value: (row) => row.by },
  { key: 'note', title: 'Note', value: (row) => row.note },
  {
    key: 'evidence',
    title: 'Evidence',
    value: ({ evidence, moreEvidence }) =>
      evidence === null ? null : [evidence, ...moreEvidence].map(({ sha256 }) => sha256).join(' '),
  },
  { key: 'countsUntil', title: 'Valid until', kind: 'day', value: (row) => row.countsUntil },
  { key: 'withdrawnBy', title: 'Withdrawn by', value: (row) => row.withdrawn?.by ?? null },
  { key: 'withdrawnWhy', title: 'Withdrawn because', value: (row) => row.withdrawn?.reason ?? null },
];

/** The list as a file, showing what the page shows. */
export async function exportAttestations(
  context: HandlerContext,
  input: AttestationFilter & { readonly format: TableFormat },
) {
  const rows = matching((await readAttestations(context)).all, input);
  const words = [
    input.state === undefined ? null : ATTESTATION_STATE_WORDS[input.state],
    input.control ?? null,
  ].filter((word) => word !== null);
  const heading = {
    title: 'Attestations',
    ...clientHeading(context),
    filter: words.length === 0 ? null : words.join(', '),
  };
  return asDownload(await tableFile({ heading, columns: COLUMNS, rows }, input.format));
}
