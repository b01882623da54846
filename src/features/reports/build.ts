import { holdings } from '#domain/capabilities/holdings.ts';
import type { EvaluationState } from '#domain/decide/context.ts';
import { whyUncounted } from '#domain/decide/exceptions.ts';
import { nextActions } from '#domain/decide/next-actions.ts';
import { observedOn } from '#domain/decide/observed-on.ts';
import { rollUp } from '#domain/decide/rollup.ts';
import { typedClause } from '#domain/decide/typed.ts';
import { AREA_WORDS, CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { Evidence } from '#domain/model/reading.ts';
import type { Item, Verdict } from '#domain/model/verdict.ts';
import { staffOf } from '#domain/people/staff-count.ts';
import type { Quote } from '#domain/planner/cost.ts';
import { guideSection } from '#domain/text/guide.ts';
import { type AskedAt, questionText } from '#domain/text/message.ts';
import { STEP_PLACES, stepPlace } from '#domain/text/step-document.ts';
import type { AssignedControl } from '#domain/work/facts.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import { upgradesOf } from '../planner/index.ts';
import { boardOf } from './board/build.ts';
import { withEarlier } from './board/history.ts';
import type { Board } from './board/model.ts';
import { changesSince } from './changes.ts';
import type { Report } from './model.ts';
import { notRead } from './not-read.ts';
import { peopleLists } from './people.ts';
import { statusOf } from './status.ts';
import { summarize } from './summary.ts';

export interface BuildInput {
  readonly shared: EvaluationState;
  readonly verdicts: readonly Verdict[];
  readonly files: readonly FileReport[];
  readonly version: string;
  readonly preparedBy: string | null;
  readonly since: Report | null;
  /** Quotes for purchases; empty for a folder. */
  readonly quotes: readonly Quote[];
  /** Counts of earlier days, oldest first; empty if none are stored. */
  readonly history: Board['history'];
  /** To whom controls are assigned; empty for a folder. */
  readonly assigned: readonly AssignedControl[];
  /** Whether questions are answered in the console or in the files of a folder. */
  readonly at: AskedAt;
}

/** What a report lists of controls, people and files, without any computed figures. */
export function findingsOf({
  shared,
  verdicts,
  files,
  assigned,
  at,
}: BuildInput): Pick<Report, 'controls' | 'people' | 'files' | 'notRead'> {
  const assignedTo = new Map(assigned.map((one) => [one.control, one]));
  return {
    controls: verdicts.map((verdict) =>
      control(verdict, { shared, at, assigned: assignedTo.get(verdict.control) }),
    ),
    people: peopleLists(shared),
    files: files.map((file) => ({
      ...file,
      kindName: file.kind === null ? null : file.kind in KINDS ? KINDS[file.kind as Kind].label : file.kind,
      mapping: file.mapping.map((m) => ({ ...m })),
      unmapped: [...file.unmapped],
      notes: file.notes.map((note) => ({ ...note })),
    })),
    notRead: notRead(shared, verdicts, files, at),
  };
}

/** Converts one decision to the report model: it names, counts and sorts, but evaluates nothing. */
export function buildReport(build: BuildInput): Report {
  const { shared, verdicts } = build;
  const { catalogue, profile, today } = shared.input;
  const rollup = rollUp(catalogue, verdicts);
  const titles = new Map(catalogue.controls.map((control) => [control.id, control.title]));
  const stateOf = new Map(verdicts.map((verdict) => [verdict.control, verdict.state]));
  const found = findingsOf(build);
  const exceptions = exceptionsOf(shared, titles);
  const assigned = new Map(build.assigned.map((one) => [one.control, one]));
  const upgrades = upgradesOf(shared, build.quotes);
  const now = { day: today, counts: rollup.all, total: rollup.total };
  const base = {
    schema: 'bylaw.report/1' as const,
    generator: { name: 'Bylaw' as const, version: build.version },
    client: {
      name: profile.name,
      domains: profile.domains,
      claudePlan: CLAUDE_PLAN_WORDS[profile.claudePlan],
      claudeSeats: profile.claudeSeats ?? null,
      m365: holdings(shared.input, (days) => shared.read('subscribed_skus', days)).words,
      swg: profile.swg || null,
      siem: profile.siem || null,
      deviceManagement: profile.deviceManagement || null,
      staffCount: staffOf(shared),
      timezone: profile.timezone,
    },
    preparedBy: build.preparedBy,
    asOf: today,
    factsAsOf: catalogue.capabilities.reduce((day, c) => (c.vendor.asOf > day ? c.vendor.asOf : day), ''),
    counts: rollup.all,
    total: rollup.total,
    areas: rollup.areas.map(({ area, counts, total }) => ({ area, name: AREA_WORDS[area], counts, total })),
    nextActions: nextActions(catalogue, verdicts, build.at).map((action) => ({
      ...action,
      controls: [...action.controls],
    })),
    controls: found.controls,
    people: found.people,
    exceptions,
    risks: catalogue.risks.map((risk) => ({
      id: risk.id,
      title: risk.title,
      story: risk.story,
      policyOnly: risk.policyOnly,
      standing: statusOf(risk, stateOf, titles),
      residual: risk.residual,
      controls: risk.controls.map((id) => ({
        control: id,
        title: titles.get(id) ?? id,
        state: stateOf.get(id) ?? ('cannot_read' as const),
      })),
      layers: Object.entries(risk.layers).map(([layer, cell]) => ({
        layer,
        guide: cell.guide,
        vendor: cell.vendor,
        status: cell.status,
        coverage: cell.coverage,
      })),
    })),
    board: boardOf({
      shared,
      verdicts,
      exceptions,
      assigned,
      leavers: found.people.leavers,
      upgrades,
      history: [...withEarlier(build.history, build.since, today), now],
    }),
    upgrades,
    facts: catalogue.capabilities.map((capability) => {
      const has = shared.capability(capability.id);
      return {
        id: capability.id,
        title: capability.title,
        guide: capability.guide?.says ?? null,
        guideAsOf: capability.guide?.asOf ?? null,
        guideRows: capability.guideRows,
        vendor: capability.vendor.says,
        vendorAsOf: capability.vendor.asOf,
        status: capability.vendor.status,
        has: has.has,
        hasReason: has.reason,
        sources: capability.vendor.sources,
      };
    }),
    files: found.files,
    notRead: found.notRead,
  };
  const changes = build.since ? changesSince(build.since, base) : null;
  return { ...base, changes, summary: summarize(base) };
}

function control(
  verdict: Verdict,
  {
    shared,
    at,
    assigned,
  }: Pick<BuildInput, 'shared' | 'at'> & { readonly assigned: AssignedControl | undefined },
): Report['controls'][number] {
  const entry = shared.input.catalogue.controls.find((candidate) => candidate.id === verdict.control);
  if (!entry)
    throw new Error(`A verdict names the control ${verdict.control}, which is not in the catalogue.`);
  return {
    id: entry.id,
    version: entry.version,
    title: entry.title,
    area: entry.area,
    severity: entry.severity,
    concerns: entry.concerns,
    state: verdict.state,
    reason: [verdict.reason, typedClause(verdict, shared.input)].filter((part) => part !== null).join(' '),
    observedOn: observedOn(verdict),
    question: questionText(verdict.asks, at) ?? verdict.question,
    due: verdict.due,
    assigned:
      assigned === undefined || (assigned.owner === null && assigned.due === null)
        ? null
        : { to: assigned.owner?.name ?? null, due: assigned.due },
    goodUntil: verdict.goodUntil,
    items: verdict.items.map(item),
    observations: verdict.evidence.map(evidence),
    exception: verdict.exception,
    rule: verdict.rule,
    tried: verdict.tried.map((t) => ({ ...t })),
    why: entry.why,
    guide: entry.guide,
    guideSections: [...new Set(entry.guide.map(guideSection))],
    remediation: {
      minutes: entry.remediation.minutes,
      who: entry.remediation.who,
      steps: entry.remediation.steps.map((step) => ({
        do: step.do,
        ...placed(step, at),
        why: step.why ?? null,
      })),
    },
    facts: entry.facts,
    sources: entry.sources,
  };
}

type Step = Catalogue['controls'][number]['remediation']['steps'][number];

/** Where a step is done and what to copy there. The console asks on a page for what a folder has in its files. */
function placed({ where, checked, command }: Step, at: AskedAt) {
  const place = at === 'console' && command !== undefined ? stepPlace(command) : null;
  return place === null
    ? { where: where ?? null, checked: checked ?? null, command: command ?? null }
    : { where: `Bylaw > ${STEP_PLACES[place]}`, checked: null, command: null };
}

function item(found: Item): Report['controls'][number]['items'][number] {
  return {
    key: found.key,
    label: found.label,
    detail: found.detail,
    observations: found.evidence.map(evidence),
  };
}

function evidence(e: Evidence): Report['controls'][number]['observations'][number] {
  return {
    kind: e.kind,
    file: e.file,
    ...(e.row === undefined ? {} : { row: e.row }),
    observedOn: e.observedOn,
    says: e.says,
  };
}

function exceptionsOf(shared: EvaluationState, titles: ReadonlyMap<string, string>): Report['exceptions'] {
  const { charter, today, catalogue } = shared.input;
  return (charter?.value.exceptions ?? []).map((e) => {
    const control = catalogue.controls.find((c) => c.id === e.control);
    const signed = control === undefined || whyUncounted(e, control.severity, shared) === null;
    const state =
      e.until < today ? 'ended' : (e.from ?? '') > today ? 'not_yet' : signed ? 'in_force' : 'not_signed';
    return {
      control: e.control,
      title: titles.get(e.control) ?? 'No control of this id',
      wrong: control?.board.wrong ?? null,
      reason: e.reason,
      owner: e.owner,
      until: e.until,
      state,
      items: e.items ?? [],
    };
  });
}
// Guide: GB-10
