import { z } from 'zod';
import { day } from './day-schema.ts';
import { guideRow, sourceSchema, text } from './entry-fields.ts';

/**
 * browser: a policy of managed browsers · proxy: software the client runs · gateway: a vendor's service or appliance ·
 * session: monitors sessions and refuses no organization · block: blocks Claude for everyone else, or other AI tools ·
 * test: shows from a device whether one of them works.
 */
export const NETWORK_KINDS = ['browser', 'proxy', 'gateway', 'session', 'block', 'test'] as const;

/** Whether a value sent by the client device is replaced; unknown: not documented. */
export const OVERWRITES = ['yes', 'no', 'unknown'] as const;

export const NETWORK_FILE_TYPES = ['text', 'json', 'reg', 'mobileconfig'] as const;

/** The header with which Claude refuses other organizations, as the vendor documents it. */
export const tenantRestrictionSchema = z.strictObject({
  asOf: day,
  header: z.string().regex(/^[a-z-]+$/),
  hosts: z.array(z.hostname()).min(1),
  maxOrganizations: z.number().int().min(1),
  /** The header itself together with its numbered continuations. */
  maxHeaders: z.number().int().min(1),
  refused: z.strictObject({ status: z.number().int(), code: text, message: text }),
  wrong: z.strictObject({ status: z.number().int(), duplicate: text, malformed: text }),
  /** Id of an organization that does not exist, for tests. */
  foreign: z.uuid(),
  /** What applies whichever way sends the header. */
  caveats: z.array(text).min(1),
  sources: z.array(sourceSchema).min(1),
});
export type TenantRestriction = z.infer<typeof tenantRestrictionSchema>;

/** A way to send the header, or to block Claude for everyone else. */
export const networkWaySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  kind: z.enum(NETWORK_KINDS),
  /** What a block blocks. */
  closes: z.enum(['claude', 'forbidden_tools']).default('claude'),
  /** Position among ways of its kind. */
  order: z.number().int(),
  means: text,
  asOf: day,
  /** Who names it as a way: Claude's vendor, the guide. */
  namedBy: z.strictObject({ vendor: z.boolean(), guide: z.boolean(), note: text.optional() }),
  overwrites: z.strictObject({ is: z.enum(OVERWRITES), says: text }).optional(),
  /** Maximum length of a header value; left out: not documented. */
  maxValue: z.number().int().min(36).optional(),
  /** Maximum total length of all header names and values; left out: not documented. */
  maxTotal: z.number().int().min(36).optional(),
  /** Capability required to choose it; left out: none. */
  requires: text.optional(),
  needs: z.array(text).default([]),
  covers: text,
  notCovered: z.array(text).min(1),
  files: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9_]*$/),
        title: text,
        name: z.string().regex(/^[\w.-]+$/),
        type: z.enum(NETWORK_FILE_TYPES),
        where: text,
      }),
    )
    .default([]),
  /** `{header}`, `{headers}`, `{hosts}`, `{organizations}` and `{toolsWithoutHosts}` are replaced. */
  steps: z.array(text).min(1),
  guideRows: z.array(guideRow).default([]),
  sources: z.array(sourceSchema).min(1),
});
export type NetworkWay = z.infer<typeof networkWaySchema>;
