import { DateTime } from 'luxon';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { KINDS } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { placed } from '#domain/model/reading.ts';
import { fieldWords, rowsWords } from '#domain/model/row-keys.ts';
import { STATES, type State } from '#domain/model/verdict.ts';
import { count, dayWords } from '#domain/text/words.ts';
import type { Known } from '#store/imports/known.ts';
import { kindWords } from '../shared/words.ts';
import type { FoundDocuments } from './documents.ts';
import type { DraftFile } from './find.ts';
import type { Plan } from './plan.ts';
import type { DatedReading, ImportEffect } from './preview-task.ts';
import { profileChanges } from './profile-changes.ts';
import type { Preview, PreviewFile } from './shapes.ts';
import type { SourceReport } from './source-report.ts';

interface Input {
  readonly files: readonly DraftFile[];
  readonly known: Known;
  readonly documents: FoundDocuments;
  readonly effect: ImportEffect;
  readonly plan: Plan;
  readonly current: readonly { readonly control: string; readonly body: unknown }[];
  readonly catalogue: Catalogue;
  readonly today: string;
  readonly zone: string;
}

/** The preview of an import before it is stored. */
export function assemble(input: Input): Preview {
  const { known, documents, effect, plan, today, catalogue } = input;
  const changes = verdictChanges(input);
  const unusable = plan.unusable ?? [];
  const profile =
    documents.profile === null
      ? null
      : {
          file: documents.profile.file,
          changes: profileChanges(known.profile, documents.profile.value, catalogue.licenses),
        };
  const kept = new Set(known.evidence.map(({ sha256 }) => sha256));
  const changesAnything =
    plan.observations.length > 0 ||
    plan.charter !== null ||
    plan.journal !== null ||
    plan.statements.length > 0 ||
    plan.evidence.some(({ sha256 }) => !kept.has(sha256)) ||
    unusable.some(
      (one) => !known.unusable.some(({ kind, sha256 }) => kind === one.kind && sha256 === one.sha256),
    );
  const stores = whatIsStored(input, kept);
  return {
    facts: known.factsVersion,
    today,
    files: shownFiles(input),
    kinds: effect.kinds.map(({ kind, before, after, difference, says, rivals }) => ({
      kind,
      kindName: KINDS[kind].label,
      before,
      after,
      counts: difference?.counts ?? null,
      rows: [...(difference?.rows ?? [])],
      says,
      rivals: rivalFiles(input, rivals),
    })),
    documents: (['charter', 'journal'] as const).flatMap((kind) => {
      const document = documents[kind];
      if (document === null) return [];
      const last = known.documents.find((one) => one.kind === kind);
      const planned = plan[kind];
      return [
        {
          kind,
          file: document.file,
          version: kind === 'charter' ? (last?.version ?? 0) + 1 : (planned?.version ?? last?.version ?? 1),
          same: planned === null,
          becomes: kind === 'charter' ? ('draft' as const) : ('claim' as const),
        },
      ];
    }),
    attestations: {
      new: plan.statements.length,
      known: documents.known,
      unknown: [...documents.unknown],
    },
    profile,
    verdicts: { total: effect.verdicts.length, changes },
    changesAnything,
    action: `Store ${stores}`,
    stores,
  };
}

function rivalFiles({ files }: Input, observations: readonly string[]): string[] {
  return files.flatMap(({ reports }) =>
    reports.flatMap((one) =>
      one.is === 'reading' && observations.includes(one.observation) ? [one.file] : [],
    ),
  );
}

/** What would be stored: for a single file its content, otherwise the number of files. */
function whatIsStored({ plan, files }: Input, kept: ReadonlySet<string>): string {
  const [only, ...others] = plan.observations;
  if (
    only !== undefined &&
    others.length === 0 &&
    plan.statements.length === 0 &&
    plan.charter === null &&
    plan.journal === null
  )
    return rowsWords(only.kind, only.rows);
  const bring = new Set([
    ...plan.observations.map(({ file }) => file),
    ...[plan.charter, plan.journal].flatMap((document) => (document === null ? [] : [document.file])),
    ...plan.statements.map(({ attestation }) => attestation.source),
    ...plan.evidence.filter(({ sha256 }) => !kept.has(sha256)).map(({ name }) => name),
  ]);
  const bringing = files.filter(
    ({ name }) => bring.has(name) || [...bring].some((file) => file.startsWith(`${name}/`)),
  );
  const refused = new Set((plan.unusable ?? []).map(({ file }) => file)).size;
  return bringing.length === 0 && refused > 0
    ? `that ${count(refused, 'file')} could not be read`
    : count(bringing.length, 'file');
}

function verdictChanges({ effect, current, catalogue }: Input): Preview['verdicts']['changes'] {
  const before = new Map(current.map(({ control, body }) => [control, readBody(body)]));
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  return effect.verdicts
    .flatMap((after) => {
      const control = controls.get(after.control);
      const was = before.get(after.control) ?? { state: null, items: [] };
      const same =
        was.state === after.state && [...was.items].sort().join('\n') === [...after.items].sort().join('\n');
      if (control === undefined || same) return [];
      return [
        {
          control: after.control,
          title: control.title,
          severity: control.severity,
          before: { state: was.state, items: was.items.length },
          after: { state: after.state, items: after.items.length, reason: after.reason },
        },
      ];
    })
    .sort((a, b) => STATES.indexOf(a.after.state) - STATES.indexOf(b.after.state));
}

function readBody(body: unknown): { readonly state: State | null; readonly items: readonly string[] } {
  if (typeof body !== 'object' || body === null) return { state: null, items: [] };
  const state = 'state' in body ? STATES.find((one) => one === body.state) : undefined;
  const items = 'items' in body && Array.isArray(body.items) ? body.items : [];
  return {
    state: state ?? null,
    items: items.flatMap((item: unknown) =>
      typeof item === 'object' && item !== null && 'key' in item ? [String(item.key)] : [],
    ),
  };
}

function shownFiles(input: Input): PreviewFile[] {
  const dated = new Map(input.effect.readings.map((reading) => [reading.observation, reading]));
  return input.files.flatMap((file) => {
    if (file.wanted === 'evidence' || file.wanted === 'left_out')
      return [
        {
          ...blank(file, file),
          outcome: file.wanted === 'evidence' ? ('kept' as const) : ('left_out' as const),
          says: file.wanted === 'evidence' ? 'Nothing is read from it.' : 'Left out, as you said.',
        },
      ];
    return file.reports.map((report) => shownReport(input, file, report, dated));
  });
}

function blank(
  file: DraftFile,
  { name, sha256, bytes }: { readonly name: string; readonly sha256: string; readonly bytes: number },
): PreviewFile {
  return {
    id: file.id,
    file: name,
    sha256,
    bytes,
    outcome: 'ignored',
    kind: null,
    kindName: null,
    byHand: false,
    observedOn: null,
    dateFrom: null,
    rows: null,
    columns: [],
    fields: [],
    maybe: [],
    notes: [],
    moreNotes: 0,
    asksPeriod: false,
    says: null,
    row: null,
    column: null,
  };
}

function shownReport(
  input: Input,
  file: DraftFile,
  report: SourceReport,
  dated: ReadonlyMap<string, DatedReading>,
): PreviewFile {
  const base = blank(file, { ...report, name: report.file });
  switch (report.is) {
    case 'reading': {
      const reading = dated.get(report.observation);
      return {
        ...base,
        ...outcomeOf(input, report, reading),
        kind: report.kind,
        kindName: KINDS[report.kind].label,
        byHand: report.byHand,
        observedOn: reading?.day ?? null,
        dateFrom: reading?.from ?? null,
        rows: report.rows,
        columns: report.columns.map((column) => ({ ...column })),
        fields: fieldsOf(report.fields),
        notes: report.notes.map((note) => ({ ...note })),
        moreNotes: report.moreNotes,
        asksPeriod: report.period === 'asked',
      };
    }
    case 'document': {
      const found = input.documents.outcomes.get(report.file);
      return {
        ...base,
        outcome: found?.malformed ? 'malformed' : 'document',
        kind: report.kind,
        kindName: kindWords(report.kind),
        byHand: file.wanted === report.kind,
        says: found?.malformed === true ? found.says : becomes(report, found?.says ?? null),
        row: found?.row ?? null,
      };
    }
    case 'malformed':
      return {
        ...base,
        outcome: 'malformed',
        kind: report.kind,
        kindName: report.kind === null ? null : KINDS[report.kind].label,
        columns: (report.columns ?? []).map((column) => ({ ...column })),
        fields: fieldsOf(report.fields ?? []),
        says: report.problem.message,
        row: report.problem.row,
        column: report.problem.column,
      };
    case 'not_placed':
      return input.documents.isProof(report.file)
        ? { ...base, outcome: 'proof', says: 'Kept as evidence, since a document names it as proof.' }
        : { ...base, outcome: 'not_placed', says: report.why, maybe: [...report.maybe] };
    case 'ignored':
      return { ...base, outcome: 'ignored', says: report.why };
  }
}

function fieldsOf(fields: readonly string[]): PreviewFile['fields'] {
  return [...new Set(fields)].map((field) => ({ field, name: fieldWords(field) }));
}

/** What a document becomes before it takes effect. */
const BECOMES: Readonly<Partial<Record<string, string>>> = {
  charter: 'It decides nothing on its own: it becomes a draft that a second person approves.',
  journal: 'It counts once someone with the right role confirms it, under Attestations, From files.',
  attestations:
    'Its statements count once someone with the right role confirms them, under Attestations, From files.',
};

/** Includes what was omitted from it, because a person decides about the rest. */
function becomes(
  { kind, read }: Extract<SourceReport, { is: 'document' }>,
  says: string | null,
): string | null {
  const left = read !== null && 'incomplete' in read ? read.incomplete : [];
  const until =
    kind === 'journal' && left.length > 0
      ? 'Complete it and import the journal again: until then no control passes based on what it leaves open.'
      : '';
  const all = [...left.map(placed), until, says ?? ownValue(BECOMES, kind) ?? ''].filter(
    (text) => text !== '',
  );
  return all.length === 0 ? null : all.join(' ');
}

function outcomeOf(
  { known, effect, zone, files }: Input,
  report: Extract<SourceReport, { is: 'reading' }>,
  reading: DatedReading | undefined,
): Pick<PreviewFile, 'outcome' | 'says'> {
  if (reading === undefined) return { outcome: 'ignored', says: 'It was not read to the end.' };
  switch (reading.outcome) {
    case 'taken':
      return { outcome: 'taken', says: null };
    case 'replaced': {
      const newer = effect.kinds.find(({ kind }) => kind === report.kind)?.after?.observedOn;
      return {
        outcome: 'replaced',
        says: `Kept, but a newer one${newer === undefined ? '' : `, from ${dayWords(newer)},`} is used.`,
      };
    }
    case 'copy': {
      const stored = known.readings.find(
        ({ kind, sha256 }) => kind === report.kind && sha256 === report.sha256,
      );
      if (stored === undefined) {
        const other = files
          .flatMap(({ reports }) => reports)
          .find((one) => one.sha256 === report.sha256 && one.file !== report.file);
        return { outcome: 'copy', says: `The same bytes as ${other?.file ?? 'another file'}. Counted once.` };
      }
      const day = DateTime.fromJSDate(stored.storedAt, { zone }).toFormat('yyyy-MM-dd');
      return {
        outcome: 'already',
        says: `Already stored on ${dayWords(day)}${stored.storedBy === null ? '' : ` by ${stored.storedBy}`}; changes nothing. It is from ${dayWords(stored.observedOn)}. If it was exported again since then, say on which day.`,
      };
    }
  }
}
