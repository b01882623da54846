import { EvaluationState } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import type { DecisionInput } from '#domain/decide/input.ts';
import { type Attestation, takesStatements } from '#domain/model/attestation.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { DocumentOf } from '#domain/model/reading.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import type { LookUp } from '#sources/dns/lookup.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import { unusableFiles } from '#sources/exports/folder/meant.ts';
import { importFolder } from '#sources/exports/import-folder.ts';
import type { ImportOptions } from '#sources/exports/import-folder.types.ts';
import { type BuildInput, buildReport, historyFrom, type Report } from '../reports/index.ts';
import { type Moment, momentOf, present } from '../shared/moment.ts';
import { liveDns } from './live-dns.ts';

export interface AssessRequest {
  readonly folder: string;
  readonly profile: DocumentOf<Profile>;
  readonly catalogue: Catalogue;
  readonly version: string;
  /** The present, for clients whose request and profile name no day. */
  readonly clock: Date;
  /** Day to decide for, YYYY-MM-DD; over the profile's own `asOf`. */
  readonly asOf?: string;
  readonly map?: ImportOptions['map'];
  /** The days that files cover and what their columns hold, by a person's word. */
  readonly periods?: ImportOptions['periods'];
  readonly columns?: ImportOptions['columns'];
  readonly charter?: string;
  readonly journal?: string;
  /** An earlier report of the same client, for "what changed". */
  readonly since?: Report;
  readonly preparedBy?: string;
  /** Asks DNS for the client's domains while assessing; without it only saved answers count. */
  readonly lookUp?: (domains: readonly string[]) => Promise<LookUp>;
  readonly onProgress?: (done: number, total: number, file: string) => void;
}

export interface Assessment {
  readonly report: Report;
  readonly verdicts: readonly Verdict[];
  readonly files: readonly FileReport[];
  readonly moment: Moment;
}

/** Reads a client's folder, decides every control and builds the report. The one use case of `bylaw assess`. */
export async function assess(request: AssessRequest): Promise<Assessment> {
  const { build, moment } = await decideFolder(request);
  return { report: buildReport(build), verdicts: build.verdicts, files: build.files, moment };
}

/** Reads a client's folder and decides every control: all that a report is built from. */
export async function decideFolder(
  request: AssessRequest,
): Promise<{ readonly build: BuildInput; readonly moment: Moment }> {
  const { profile } = request;
  const zone = profile.value.timezone;
  const day = request.asOf ?? profile.value.asOf;
  const moment = day === undefined ? present(request.clock, zone) : momentOf(day, zone);
  const imported = await importFolder({
    folder: request.folder,
    map: request.map ?? [],
    ...(request.periods === undefined ? {} : { periods: request.periods }),
    ...(request.columns === undefined ? {} : { columns: request.columns }),
    ...(request.charter === undefined ? {} : { charter: request.charter }),
    ...(request.journal === undefined ? {} : { journal: request.journal }),
    profile: profile.file,
    timezone: zone,
    domains: profile.value.domains,
    today: moment.today,
    ...(request.onProgress ? { onProgress: request.onProgress } : {}),
  });
  const live = request.lookUp ? liveDns(await request.lookUp(profile.value.domains), zone) : null;
  const read = imported.files.map((file) =>
    withStatementsOfNoUse(file, imported.attestations, request.catalogue),
  );
  const files = live ? [...read, live.file] : read;
  const input: DecisionInput = {
    catalogue: request.catalogue,
    profile: profile.value,
    charter: imported.charter,
    journal: imported.journal,
    attestations: imported.attestations,
    readings: live
      ? { ...imported.readings, dns: [...(imported.readings.dns ?? []), live.reading] }
      : imported.readings,
    unusable: imported.unusable,
    unusableFiles: unusableFiles(imported.files),
    typed: true,
    ...moment,
  };
  const shared = new EvaluationState(input);
  const verdicts = input.catalogue.controls.map((control) => decideControl(control, shared));
  const build = {
    shared,
    verdicts,
    files,
    version: request.version,
    preparedBy: request.preparedBy ?? null,
    since: request.since ?? null,
    quotes: [],
    assigned: [],
    at: 'file' as const,
    history: historyFrom(request.since, moment.today),
  };
  return { build, moment };
}

/** Names the statements of a file that no control takes: whoever wrote one believes that it counts. */
function withStatementsOfNoUse(
  file: FileReport,
  attestations: readonly Attestation[],
  { controls }: Catalogue,
): FileReport {
  const notes = attestations
    .filter(({ source }) => source === file.file)
    .flatMap(({ control: id, row }) => {
      const control = controls.find((one) => one.id === id);
      if (control !== undefined && takesStatements(control)) return [];
      const why =
        control === undefined
          ? 'is not in the catalogue'
          : 'is decided from what is read, not from what someone saw';
      return [{ row, column: 'control', says: `${id} ${why}, so this attestation counts for nothing.` }];
    });
  return notes.length === 0 ? file : { ...file, notes: [...file.notes, ...notes] };
}

/**
 * What an exit code tells, worst first: 3 a file was malformed, so an answer may be missing; 1 a control fails;
 * 2 a control could not be read; 0 none of these.
 */
export function exitCode(assessment: Pick<Assessment, 'files' | 'verdicts'>): 0 | 1 | 2 | 3 {
  if (assessment.files.some((file) => file.outcome === 'malformed')) return 3;
  if (assessment.verdicts.some((verdict) => verdict.state === 'fail')) return 1;
  if (assessment.verdicts.some((verdict) => verdict.state === 'cannot_read')) return 2;
  return 0;
}
