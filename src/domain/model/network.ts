import { z } from 'zod';
import { day } from './day-schema.ts';
import { guideRow, sourceSchema, text } from './entry-fields.ts';

/**
 * browser: a policy that managed browsers follow · proxy: a program of one's own · gateway: a service or appliance of a
 * vendor · session: watches sessions and refuses no organization · block: closes Claude for everyone else, or other AI tools · test: shows from a device whether one of them works.
 */
export const NETWORK_KINDS = ['browser', 'proxy', 'gateway', 'session', 'block', 'test'] as const;

/** Whether a value that the client sends itself is replaced; unknown: not documented where it was read. */
export const OVERWRITES = ['yes', 'no', 'unknown'] as const;

export const NETWORK_FILE_TYPES = ['text', 'json', 'reg', 'mobileconfig'] as const;

/** The header by which Claude refuses other organizations, as the vendor documents it. */
export const tenantRestrictionSchema = z.strictObject({
  asOf: day,
  header: z.string().regex(/^[a-z-]+$/),
  hosts: z.array(z.hostname()).min(1),
  maxOrganizations: z.number().int().min(1),
  /** The header itself and its numbered continuations, together. */
  maxHeaders: z.number().int().min(1),
  refused: z.strictObject({ status: z.number().int(), code: text, message: text }),
  wrong: z.strictObject({ status: z.number().int(), duplicate: text, malformed: text }),
  /** An organization that exists nowhere, to try with. */
  foreign: z.uuid(),
  /** What holds whatever carries the header. */
  caveats: z.array(text).min(1),
  sources: z.array(sourceSchema).min(1),
});
export type TenantRestriction = z.infer<typeof tenantRestrictionSchema>;

/** One way to send the header, or to close Claude for everyone else. */
export const networkWaySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  kind: z.enum(NETWORK_KINDS),
  /** What a block closes. */
  closes: z.enum(['claude', 'forbidden_tools']).default('claude'),
  /** Place among those of its kind. */
  order: z.number().int(),
  means: text,
  asOf: day,
  /** Who names it as a way: the vendor of Claude, the guide. */
  namedBy: z.strictObject({ vendor: z.boolean(), guide: z.boolean(), note: text.optional() }),
  overwrites: z.strictObject({ is: z.enum(OVERWRITES), says: text }).optional(),
  /** Most characters of one header value; left out: not documented. */
  maxValue: z.number().int().min(36).optional(),
  /** Most characters of the names and values of all headers together; left out: not documented. */
  maxTotal: z.number().int().min(36).optional(),
  /** Capability without which it cannot be chosen; left out: every client can. */
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
  /** `{header}`, `{headers}`, `{hosts}`, `{organizations}` and `{toolsWithoutHosts}` are filled in. */
  steps: z.array(text).min(1),
  guideRows: z.array(guideRow).default([]),
  sources: z.array(sourceSchema).min(1),
});
export type NetworkWay = z.infer<typeof networkWaySchema>;
