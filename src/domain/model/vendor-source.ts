import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';
import { CLAUDE_PLANS } from './profile.ts';

const text = z.string().trim().min(1);

/** What a vendor lets a program read: its credentials, their scopes, its limits, and what a plan cannot have. */
export const vendorSourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z_]+$/),
  name: text,
  asOf: day,
  /** What the vendor calls things, as people read it in the middle of a sentence. */
  words: z.strictObject({
    /** What someone connects with: key, application. */
    credential: text,
    /** What the vendor keeps apart, and a credential reads one or more of: organization, tenant. */
    tenant: text,
    tenants: text,
  }),
  /** What is read once someone connects, in a sentence for the page on which nothing is connected yet. */
  offers: text,
  /** A log that the vendor can stop keeping. Left out: it has none, or cannot. */
  recording: z
    .strictObject({
      /** What someone has to do when it is off. */
      title: text,
      /** Who does it, and where. */
      restore: text,
    })
    .optional(),
  /** Kinds of credentials. */
  keys: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z_]+$/),
        /** With what such a key begins. Left out: it is not a key, or has no form of its own. */
        prefix: text.optional(),
        name: text,
        /** Where someone makes one, and who may. */
        made: text,
        /** Address at which someone consents, with names of fields in braces: `https://…/{tenant}/consent`. */
        consent: text.startsWith('https://').optional(),
        /** Another host of that address, by what is chosen in a field: a vendor has several clouds. */
        consentElsewhere: z.strictObject({ field: text, hosts: z.record(text, text) }).optional(),
        /** What it reads, or why it reads nothing. */
        says: text,
        usable: z.boolean(),
        /** Plans of Claude with which the vendor gives such a key. Left out: they have nothing to do with it. */
        plans: z.array(z.enum(CLAUDE_PLANS)).optional(),
      }),
    )
    .min(1),
  scopes: z
    .array(
      z.strictObject({
        /** As the vendor writes it: `read:members`, `User.Read.All`. */
        id: z.string().regex(/^[A-Za-z][\w.:-]*$/),
        /** Kinds of credentials that need it. Left out: all. */
        keys: z.array(text).min(1).optional(),
        /** What is read with it. */
        reads: text,
        /** What stays unseen without it. */
        blinds: text,
        /** Nobody has to give it: what it reads is not there in most tenants. Left out: it is needed. */
        optional: z.literal(true).optional(),
      }),
    )
    .min(1),
  /** What an action of a custom role lets someone do. What is not listed is unknown, and never taken for harmless. */
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
  /** Requests in so many seconds, by what they count against; all credentials of a parent tenant share them. */
  limits: z.record(
    z.string().regex(/^[a-z_]+$/),
    z.strictObject({ requests: z.number().int().min(1), seconds: z.number().int().min(1).max(3600) }),
  ),
  /** Plans that have no programmatic access: what they cannot have, and what is used in its place. */
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
