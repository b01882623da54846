import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);
const guideRow = z
  .string()
  .regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/, 'is not a guide row id, for example G3.3-05');

/** A way for Claude to reach a membership system, and its requirements. */
const amsMethodSchema = z.strictObject({
  id: z.enum(['custom_mcp', 'manual_upload', 'bedrock']),
  title: text,
  means: text,
  /** When to choose it, and what speaks against it. */
  fits: text,
  against: text,
  guideRows: z.array(guideRow).min(1),
  needs: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9_]*$/),
        /** A requirement, as a statement. */
        title: text,
        how: text,
        /** The control that decides whether it is met; left out: only the policy and people do. */
        control: z
          .string()
          .regex(/^CLA-[A-Z0-9]+-\d{2}$/)
          .optional(),
      }),
    )
    .min(1),
  sources: z.array(sourceSchema).default([]),
});
export type AmsMethod = z.infer<typeof amsMethodSchema>;

export const amsMethodsSchema = z.strictObject({
  asOf: day,
  methods: z.array(amsMethodSchema).min(1),
  /** IP addresses from which Claude calls servers, which a firewall should allow and no others. */
  egress: z.strictObject({
    now: z.array(text).min(1),
    retired: z.array(text).default([]),
    sources: z.array(sourceSchema).min(1),
  }),
});
export type AmsMethods = z.infer<typeof amsMethodsSchema>;
