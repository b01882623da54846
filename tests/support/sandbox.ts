import { ASSOCIATION } from '../../sandbox/generate.ts';
import { EvaluationState } from '../../src/domain/decide/context.ts';
import { decideControl } from '../../src/domain/decide/decide.ts';
import type { DecisionInput } from '../../src/domain/decide/input.ts';
import type { Verdict } from '../../src/domain/model/verdict.ts';
import { readProfile } from '../../src/features/assess/profile.ts';
import { momentOf } from '../../src/features/shared/moment.ts';
import { sharedCatalogue } from '../../src/sources/catalogue/testing/shared.ts';
import { importFolder } from '../../src/sources/exports/import-folder.ts';

/** The sandbox association as one decision input, read by the real importers. */
export async function sandboxInput(): Promise<DecisionInput> {
  const profile = (await readProfile(`${ASSOCIATION}client.yaml`)).value;
  const moment = momentOf(profile.asOf ?? '2026-11-24', profile.timezone);
  const imported = await importFolder({
    folder: ASSOCIATION,
    map: [],
    profile: `${ASSOCIATION}client.yaml`,
    timezone: profile.timezone,
    domains: profile.domains,
    today: moment.today,
  });
  return {
    catalogue: sharedCatalogue(),
    profile,
    charter: imported.charter,
    journal: imported.journal,
    attestations: imported.attestations,
    readings: imported.readings,
    unusable: imported.unusable,
    ...moment,
  };
}

export function decideAll(input: DecisionInput): ReadonlyMap<string, Verdict> {
  const shared = new EvaluationState(input);
  return new Map(input.catalogue.controls.map((control) => [control.id, decideControl(control, shared)]));
}
