import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema, text } from './entry-fields.ts';
import { ALL_KINDS, type Kind } from './kinds.ts';

const steps = z.array(text).min(1).max(4);

/** Where to export a kind of file, in the words of the vendor's console, and what it looks like. */
const importGuideSchema = z
  .strictObject({
    kind: z.enum(ALL_KINDS as [Kind, ...Kind[]]),
    steps: steps.optional(),
    /** Steps shared by several kinds. */
    via: text.optional(),
    /** The API request, for those who use the API. */
    request: text.optional(),
    /** A sample file in `samples`: invented rows, all in the domain `example.org`. */
    sample: z.string().regex(/^[a-z_]+\.(csv|json|txt)$/),
    sources: z.array(sourceSchema).default([]),
  })
  .refine(({ steps: own, via }) => (own === undefined) !== (via === undefined), {
    message: 'has steps of its own or those of `via`, not both',
  });

export const importGuidesSchema = z
  .strictObject({
    asOf: day,
    via: z.record(z.string(), z.strictObject({ steps, sources: z.array(sourceSchema).min(1) })),
    kinds: z.array(importGuideSchema),
  })
  .superRefine(({ kinds, via }, context) => {
    for (const kind of ALL_KINDS)
      if (kinds.filter((one) => one.kind === kind).length !== 1)
        context.addIssue({
          code: 'custom',
          path: ['kinds'],
          message: `says not once where ${kind} comes from`,
        });
    for (const [at, one] of kinds.entries())
      if (one.via !== undefined && !Object.hasOwn(via, one.via))
        context.addIssue({
          code: 'custom',
          path: ['kinds', at, 'via'],
          message: `is not among the shared steps`,
        });
  });
export type ImportGuides = z.infer<typeof importGuidesSchema>;

export interface ImportGuide {
  readonly steps: readonly string[];
  readonly request: string | null;
  readonly sample: string;
  readonly sources: ImportGuides['kinds'][number]['sources'];
}

/** How to export a kind; every kind has a guide. */
export function importGuideOf({ kinds, via }: ImportGuides, kind: Kind): ImportGuide {
  const own = kinds.find((one) => one.kind === kind);
  if (own === undefined) throw new Error(`the catalogue says nothing of ${kind}`);
  const shared = own.via === undefined ? undefined : via[own.via];
  return {
    steps: own.steps ?? shared?.steps ?? [],
    request: own.request ?? null,
    sample: own.sample,
    sources: [...own.sources, ...(shared?.sources ?? [])],
  };
}
