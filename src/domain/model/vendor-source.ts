import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';
import { CLAUDE_PLANS } from './profile.ts';

const text = z.string().trim().min(1);

export const KEY_KINDS = ['access', 'admin', 'model'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** What a vendor lets a program read: its keys, their scopes, its limits, and what a plan cannot have. */
export const vendorSourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z_]+$/),
  name: text,
  asOf: day,
  keys: z
    .array(
      z.strictObject({
        kind: z.enum(KEY_KINDS),
        prefix: text,
        name: text,
        /** Where somebody makes one, and who may. */
        made: text,
        /** What it reads, or why it reads nothing. */
        says: text,
        usable: z.boolean(),
        /** Plans of Claude with which the vendor gives such a key. */
        plans: z.array(z.enum(CLAUDE_PLANS)),
      }),
    )
    .min(1),
  scopes: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z]+:[a-z_]+$/),
        /** What is read with it. */
        reads: text,
        /** What stays unseen without it. */
        blinds: text,
      }),
    )
    .min(1),
  /** What an action of a custom role lets somebody do. What is not listed is unknown, and never taken for harmless. */
  roleActions: z
    .array(
      z.strictObject({
        /** As the vendor writes it; a `*` at the end stands for any ending. */
        action: z.string().regex(/^[a-z_]+\*?$/),
        /** Resource types that it is about, as the vendor writes them. */
        resources: z.array(text).min(1),
        /** true: it manages the organization; false: it only uses what the organization allows. */
        administers: z.boolean(),
        says: text,
      }),
    )
    .default([]),
  /** Requests a minute, for all keys of a parent organization or organization together. */
  limits: z.strictObject({
    compliance: z.number().int().min(1),
    admin: z.number().int().min(1),
    analytics: z.number().int().min(1),
  }),
  /** Plans that have no programmatic access: what they cannot have, and what is used in its place. */
  without: z.array(
    z.strictObject({
      plans: z.array(z.enum(CLAUDE_PLANS)).min(1),
      cannot: z.array(text).min(1),
      instead: z.array(z.strictObject({ title: text, says: text, page: z.string().optional() })).min(1),
    }),
  ),
  sources: z.array(sourceSchema).min(1),
});
export type VendorSource = z.infer<typeof vendorSourceSchema>;
