import type { z } from 'zod';
import type { Capability } from '#domain/model/capability.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { sourceSchema as CatalogueSource } from '#domain/model/entry-fields.ts';
import type {
  factSchema,
  pathStateSchema,
  remediationSchema,
  sourceSchema,
} from '../shared/control-parts.ts';

/** A source with its host, so that people see whose page it is. */
export function shownSource(source: z.infer<typeof CatalogueSource>): z.infer<typeof sourceSchema> {
  return { ...source, host: URL.canParse(source.url) ? new URL(source.url).host : source.url };
}

/** Statements of guide and vendor side by side. */
export function sidesOf(capability: Capability): z.infer<typeof factSchema> {
  return {
    id: capability.id,
    title: capability.title,
    guide: capability.guide?.says ?? null,
    guideAsOf: capability.guide?.asOf ?? null,
    guideRows: capability.guideRows,
    vendor: capability.vendor.says,
    vendorAsOf: capability.vendor.asOf,
    status: capability.vendor.status,
    sources: capability.vendor.sources.map(shownSource),
  };
}

/** The capabilities that a control shows and requires, in order. */
export function factsOf(
  control: Catalogue['controls'][number],
  catalogue: Catalogue,
): z.infer<typeof factSchema>[] {
  return [...new Set([...control.facts, ...control.needs])].flatMap((id) => {
    const capability = catalogue.capabilities.find((candidate) => candidate.id === id);
    return capability === undefined ? [] : [sidesOf(capability)];
  });
}

/** `paths`: reports by people about menu paths since their last check. */
export function shownRemediation(
  remediation: Catalogue['controls'][number]['remediation'],
  paths: ReadonlyMap<string, z.infer<typeof pathStateSchema>> = new Map(),
): z.infer<typeof remediationSchema> {
  return {
    minutes: remediation.minutes,
    who: remediation.who,
    steps: remediation.steps.map((step) => ({
      do: step.do,
      where: step.where ?? null,
      link: step.link ?? null,
      path: step.where === undefined ? null : (paths.get(step.where) ?? null),
      checked: step.checked ?? null,
      command: step.command ?? null,
      why: step.why ?? null,
    })),
  };
}
