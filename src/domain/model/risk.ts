import { z } from 'zod';
import { controlId, guideRow, sourceSchema, text } from './entry-fields.ts';

export const COVERAGES = ['covers', 'partly', 'none', 'policy_only', 'not_applicable'] as const;
export type Coverage = (typeof COVERAGES)[number];
export const LAYERS = ['claude_team', 'claude_enterprise', 'network_endpoint'] as const;
export const riskSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  title: text,
  /** What it means for an association, in one or two sentences. */
  story: text,
  guideRows: z.array(guideRow),
  layers: z.record(
    z.enum(LAYERS),
    z.strictObject({
      guide: text,
      vendor: text,
      status: z.enum(['agrees', 'contradicts', 'narrows', 'updates', 'unconfirmed']),
      coverage: z.enum(COVERAGES),
      /** Licenses that the layer requires, strongest first. Left out: none. */
      through: z
        .array(z.strictObject({ capability: text, coverage: z.enum(COVERAGES), words: text }))
        .min(1)
        .optional(),
    }),
  ),
  /** Controls that reduce the risk for this client if they pass. */
  controls: z.array(controlId),
  /** The remaining risk even if all of them pass. */
  residual: text,
  policyOnly: z.boolean(),
  sources: z.array(sourceSchema).min(1),
});
export type Risk = z.infer<typeof riskSchema>;
