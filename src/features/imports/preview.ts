import { takesStatements } from '#domain/model/attestation.ts';
import type { Journal } from '#domain/model/journal.ts';
import { parsePeriod } from '#domain/model/period.ts';
import { profileSchema } from '#domain/model/profile.ts';
import { currentStates, type Known, knownOf } from '#store/imports/known.ts';
import type { Services } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { Staged } from '../shared/services/facts.ts';
import { documentsOf, type FoundDocuments } from './documents.ts';
import { type DraftFile, draftFiles } from './find.ts';
import { type Plan, planOf } from './plan.ts';
import { assemble } from './preview-shown.ts';
import { takenOver } from './profile-changes.ts';
import type { Preview } from './shapes.ts';
import { unusableOf } from './unusable.ts';

/** A stored preview: what is shown, and what storing does. */
export interface KeptPreview extends Preview {
  readonly plan: Plan;
}

export interface PreviewOptions {
  /** What changes if the profile among the files is applied, too. */
  readonly withProfile?: boolean;
}

/** A preview is made again if the facts change meanwhile, at most this many times. */
const MAX_ATTEMPTS = 3;

/** Computes what storing an import would change, without storing anything. */
export async function makePreview(
  services: Services,
  clientId: string,
  importId: string,
  { withProfile = false }: PreviewOptions = {},
): Promise<{ readonly preview: KeptPreview; readonly facts: number }> {
  const { store, verdicts, catalogue } = services;
  const controls = new Set(catalogue.controls.filter(takesStatements).map(({ id }) => id));
  for (let attempt = 1; ; attempt += 1) {
    await verdicts.ensureCurrent([clientId]);
    const { files, known, current } = await store.read([clientId], async (tx) => ({
      files: await draftFiles(tx, clientId, importId),
      known: await knownOf(tx, clientId),
      current: await currentStates(tx, clientId),
    }));
    const documents = documentsOf(files, known, controls);
    const { today } = present(services.clock(), profileSchema.parse(known.profile).timezone);
    const staged = stagedOf(files, known, documents, withProfile, today);
    const ran = await verdicts.run(clientId, 'importEffect', undefined, { withImport: importId, staged });
    if (ran === null) throw notFound();
    const same = ran.facts.version === known.factsVersion && current.decidedVersion === known.factsVersion;
    if (!same && attempt < MAX_ATTEMPTS) continue;
    const plan = planOf({ files, known, documents, effect: ran.result });
    const shown = assemble({
      files,
      known,
      documents,
      effect: ran.result,
      plan,
      current: current.verdicts,
      catalogue,
      today: ran.moment.today,
      zone: ran.facts.profile.timezone,
    });
    return { preview: { ...shown, plan }, facts: known.factsVersion };
  }
}

function stagedOf(
  files: readonly DraftFile[],
  known: Known,
  documents: FoundDocuments,
  withProfile: boolean,
  today: string,
): Staged {
  const { journal, profile } = documents;
  // A charter has no effect until approved, a journal and attestations none until confirmed.
  return {
    ...(withProfile && profile !== null ? { profile: takenOver(known.profile, profile.value) } : {}),
    unusable: unusableOf(files, documents),
    dating: datingOf(files, known, journal?.value ?? null, today),
  };
}

/**
 * What gives the export dates of the files: first the person's own statement, then the imported journal. The stored
 * journal describes earlier exports, so it is used only for a kind without stored readings.
 */
function datingOf(
  files: readonly DraftFile[],
  known: Known,
  journal: Journal | null,
  today: string,
): Journal | null {
  const stored = known.documents.find(({ kind }) => kind === 'journal')?.value as Journal | undefined;
  const kinds = new Set(known.readings.map(({ kind }) => kind));
  const names = new Set(known.readings.map(({ file }) => file.toLowerCase()));
  const earlier = (stored?.exported ?? []).filter(
    ({ what }) => !kinds.has(what) && ![...names].some((name) => name.endsWith(what.toLowerCase())),
  );
  const byHand = files.flatMap((file) => {
    return file.reports.flatMap((report) => {
      const given = report.is === 'reading' && report.period === 'given';
      const on = file.exportedOn ?? (given ? lastDay(file.period, today) : null);
      return on === null ? [] : [{ what: report.file, on }];
    });
  });
  const own = new Set(byHand.map(({ what }) => what.toLowerCase()));
  const stated = (journal?.exported ?? earlier).filter(({ what }) => !own.has(what.toLowerCase()));
  const exported = [...stated, ...byHand];
  return exported.length === 0 ? null : { ...(journal ?? {}), exported };
}

/** The last day of a period that a person stated, but no later than today. */
function lastDay(period: string | null, today: string): string | null {
  const days = period === null ? null : parsePeriod(period);
  return days === null ? null : days.to < today ? days.to : today;
}
