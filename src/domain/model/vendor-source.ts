import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';
import { CLAUDE_PLANS } from './profile.ts';

const text = z.string().trim().min(1);

/** What a vendor allows a program to read: its credentials, their scopes, its limits, and what a plan cannot have. */
export const vendorSourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z_]+$/),
  name: text,
  asOf: day,
  /** The vendor's terms, as used within a sentence. */
  words: z.strictObject({
    /** Type of credential: key, application. */
    credential: text,
    /** What a credential reads one or more of: organization, tenant. */
    tenant: text,
    tenants: text,
  }),
  /** What is read once connected, in a sentence for the page before connecting. */
  offers: text,
  /** A log that can be turned off at the vendor. Left out: none, or it cannot be turned off. */
  recording: z
    .strictObject({
      /** What to do if it is off. */
      title: text,
      /** Who does it, and where. */
      restore: text,
    })
    .optional(),
  /** Types of credentials. */
  keys: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z_]+$/),
        /** Prefix of such a key. Left out: it is not a key, or has no fixed form. */
        prefix: text.optional(),
        name: text,
        /** Where to create one, and who may. */
        made: text,
        /** URL for consent, with field names in braces: `https://…/{tenant}/consent`. */
        consent: text.startsWith('https://').optional(),
        /** Another host for that URL, by a field's value, because a vendor has several clouds. */
        consentElsewhere: z.strictObject({ field: text, hosts: z.record(text, text) }).optional(),
        /** What it reads, or why it reads nothing. */
        says: text,
        usable: z.boolean(),
        /** Claude plans with such a key. Left out: it does not depend on the plan. */
        plans: z.array(z.enum(CLAUDE_PLANS)).optional(),
      }),
    )
    .min(1),
  scopes: z
    .array(
      z.strictObject({
        /** In the vendor's spelling: `read:members`, `User.Read.All`. */
        id: z.string().regex(/^[A-Za-z][\w.:-]*$/),
        /** Types of credentials that need it. Left out: all. */
        keys: z.array(text).min(1).optional(),
        /** What is read with it. */
        reads: text,
        /** What cannot be seen without it. */
        blinds: text,
        /** Optional, because what it reads does not exist in most tenants. Left out: required. */
        optional: z.literal(true).optional(),
      }),
    )
    .min(1),
  /**
   * What an action of a custom role allows. Actions that are not listed are unknown, and never assumed to be harmless.
   */
  roleActions: z
    .array(
      z.strictObject({
        /** In the vendor's spelling; a trailing `*` matches any suffix. */
        action: z.string().regex(/^[a-z_]+\*?$/),
        /** Resource types that it applies to, in the vendor's spelling. */
        resources: z.array(text).min(1),
        /** true: it manages the organization; false: it uses only what the organization allows. */
        administers: z.boolean(),
        says: text,
      }),
    )
    .default([]),
  /** Requests per number of seconds, by quota; all credentials of a parent tenant share them. */
  limits: z.record(
    z.string().regex(/^[a-z_]+$/),
    z.strictObject({ requests: z.number().int().min(1), seconds: z.number().int().min(1).max(3600) }),
  ),
  /** Plans without programmatic access: what they cannot have, and what is used instead. */
  without: z
    .array(
      z.strictObject({
        plans: z.array(z.enum(CLAUDE_PLANS)).min(1),
        cannot: z.array(text).min(1),
        instead: z.array(z.strictObject({ title: text, says: text, page: z.string().optional() })).min(1),
      }),
    )
    .default([]),
  sources: z.array(sourceSchema).min(1),
});
export type VendorSource = z.infer<typeof vendorSourceSchema>;
