import { z } from 'zod';
import { ADMIN_ROLES } from './admin-roles.ts';
import { day } from './day-schema.ts';
import { guideRow, sourceSchema, text } from './entry-fields.ts';
import { CLAUDE_PLANS, M365_TIERS } from './profile.ts';

/** A cell of a guide table: yes, no, limited and the like, with the words where they matter. */
const cell = z.strictObject({
  value: z.enum(['yes', 'no', 'limited', 'add_on', 'beta', 'unknown', 'other']),
  words: text.optional(),
});

export const capabilitySchema = z.strictObject({
  id: z.string().regex(/^(claude|microsoft|network|goal)\.[a-z0-9_]+$/),
  title: text,
  /** What it lets a client do, in one sentence. */
  means: text,
  guideRows: z.array(guideRow).default([]),
  guide: z
    .strictObject({ asOf: text.default('2026-05'), says: text, cells: z.record(text, cell).default({}) })
    .nullable(),
  vendor: z.strictObject({
    asOf: day,
    status: z.enum(['agrees', 'contradicts', 'narrows', 'updates', 'adds', 'unconfirmed']),
    says: text,
    cells: z.record(text, cell).default({}),
    sources: z.array(sourceSchema).min(1),
    /** Of the split of rights: what only some roles in Claude may do. */
    rights: z
      .array(
        z.strictObject({
          does: text,
          roles: z.array(z.enum(ADMIN_ROLES)).min(1),
          /** Plans for which it is so; left out: each that has roles. */
          plans: z.array(z.enum(CLAUDE_PLANS)).min(1).optional(),
        }),
      )
      .optional(),
  }),
  /** How Bylaw decides whether a client has it; it follows the vendor. Any one of these grants it. */
  grantedBy: z.strictObject({
    claudePlans: z.array(z.enum(CLAUDE_PLANS)).optional(),
    /** Service plan names of catalogue/licenses/service-plans.yaml. */
    servicePlans: z.array(text).optional(),
    m365: z.array(z.enum(M365_TIERS)).optional(),
    addOns: z.array(text).optional(),
    /** A secure web gateway that the profile states: any, or those for which it is documented; of others it is not known. */
    swg: z.union([z.boolean(), z.strictObject({ by: z.array(text), otherwise: text })]).optional(),
    siem: z.boolean().optional(),
    /** Device management that the profile states. `any`, or those for which the vendor documents it; of others it is not known. */
    deviceManagement: z
      .strictObject({
        by: z.union([z.literal('any'), z.array(text).min(1)]),
        /** Where alone it works through device management, after "in"; left out: everywhere. */
        only: text.optional(),
        /** What is to be said of one, by its name. */
        notes: z.record(text, text).default({}),
      })
      .optional(),
    /** Capabilities any one of which is enough. */
    anyOf: z.array(text).optional(),
    /** Further capabilities that must be there too. */
    alsoNeeds: z.array(text).optional(),
    anyone: z.boolean().optional(),
  }),
  /** As a channel that may see what people give to Claude: left out for what looks at no content. */
  channel: z
    .strictObject({
      /** Whether it sees a paste or an upload to the organization's own Claude. */
      own: z.enum(['yes', 'no', 'unknown']),
      /** The same, where a personal account is signed in. */
      personal: z.enum(['yes', 'no', 'unknown']),
      /** Whether it can refuse what it sees. */
      stops: z.enum(['yes', 'no', 'unknown']),
      says: text,
      /** Control that shows whether it is set up. */
      control: z.string().optional(),
    })
    .optional(),
  /** How the same is done by hand, and the page of the console for it, with `$client`; for clients that lack it. */
  byHand: z.strictObject({ says: text, page: z.string().regex(/^\/c\/\$client\//) }).optional(),
  /** What would bring it, in one sentence, for clients that lack it. */
  toGet: text.optional(),
});
export type Capability = z.infer<typeof capabilitySchema>;
