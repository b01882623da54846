import { z } from 'zod';
import { ADMIN_ROLES } from './admin-roles.ts';
import { day } from './day-schema.ts';
import { guideRow, sourceSchema, text } from './entry-fields.ts';
import { CLAUDE_PLANS, M365_TIERS } from './profile.ts';

/** A cell of a guide table: yes, no, limited and the like, with a note if needed. */
const cell = z.strictObject({
  value: z.enum(['yes', 'no', 'limited', 'add_on', 'beta', 'unknown', 'other']),
  words: text.optional(),
});

export const capabilitySchema = z.strictObject({
  id: z.string().regex(/^(claude|microsoft|network|goal)\.[a-z0-9_]+$/),
  title: text,
  /** What a client can do with it, in one sentence. */
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
    /** For capabilities from the guide's split of rights: what only some roles in Claude may do. */
    rights: z
      .array(
        z.strictObject({
          does: text,
          roles: z.array(z.enum(ADMIN_ROLES)).min(1),
          /** Plans to which this applies; left out: every plan with roles. */
          plans: z.array(z.enum(CLAUDE_PLANS)).min(1).optional(),
        }),
      )
      .optional(),
  }),
  /** How Bylaw decides whether a client has the capability, following the vendor. Each of these grants it. */
  grantedBy: z.strictObject({
    claudePlans: z.array(z.enum(CLAUDE_PLANS)).optional(),
    /** Service plan names from catalogue/licenses/service-plans.yaml. */
    servicePlans: z.array(text).optional(),
    m365: z.array(z.enum(M365_TIERS)).optional(),
    addOns: z.array(text).optional(),
    /**
     * A secure web gateway named in the profile: any, or only those for which it is documented; for others it is
     * unknown.
     */
    swg: z.union([z.boolean(), z.strictObject({ by: z.array(text), otherwise: text })]).optional(),
    siem: z.boolean().optional(),
    /**
     * Device management named in the profile: `any`, or only those for which the vendor documents it; for others it is
     * unknown.
     */
    deviceManagement: z
      .strictObject({
        by: z.union([z.literal('any'), z.array(text).min(1)]),
        /** Where it works through device management only, to follow "in"; left out: everywhere. */
        only: text.optional(),
        /** Notes by device management product. */
        notes: z.record(text, text).default({}),
      })
      .optional(),
    /** Capabilities of which any one is sufficient. */
    anyOf: z.array(text).optional(),
    /** Further capabilities that are required as well. */
    alsoNeeds: z.array(text).optional(),
    anyone: z.boolean().optional(),
  }),
  /** For channels that can see what people enter into Claude; left out: it does not look at content. */
  channel: z
    .strictObject({
      /** Whether it sees a paste or an upload to the organization's Claude. */
      own: z.enum(['yes', 'no', 'unknown']),
      /** The same while signed in with a personal account. */
      personal: z.enum(['yes', 'no', 'unknown']),
      /** Whether it can block what it sees. */
      stops: z.enum(['yes', 'no', 'unknown']),
      says: text,
      /** Control that shows whether it is configured. */
      control: z.string().optional(),
    })
    .optional(),
  /** How to do the same by hand, and the console page for it, with `$client`; for clients without the capability. */
  byHand: z.strictObject({ says: text, page: z.string().regex(/^\/c\/\$client\//) }).optional(),
  /** What would provide it, in one sentence, for clients without it. */
  toGet: text.optional(),
});
export type Capability = z.infer<typeof capabilitySchema>;
