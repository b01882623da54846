import { z } from 'zod';
import { GAP_CAUSES } from '#domain/activity/completeness.ts';
import { instant } from '../operation.ts';
import { fieldSchema } from '../shared/form-fields.ts';

export const spanSchema = z.object({
  from: instant,
  to: instant,
  gap: z.enum(GAP_CAUSES).nullable().describe('Why it is missing; null: nothing is missing in it'),
  says: z.string().nullable(),
  mendable: z.boolean().describe('false: it cannot be filled anymore'),
});

export const ledgerSchema = z.object({
  source: z.string(),
  title: z.string(),
  connected: z.boolean(),
  proves: z
    .boolean()
    .describe(
      'Whether a stretch without a gap is whole; false: nothing is known to be missing in it, and no more',
    ),
  complete: z.object({ from: instant, to: instant }).nullable().describe('Newest stretch without a gap'),
  spans: z.array(spanSchema).describe('The whole period, in order, without holes'),
});

export const completenessSchema = z.object({
  from: instant,
  to: instant,
  zone: z.string(),
  whole: z
    .boolean()
    .describe(
      'Whether nothing is missing of any source in the period; never where one of them cannot prove it',
    ),
  gaps: z.boolean().describe('Whether something is known to be missing'),
  says: z.string(),
  ledgers: z.array(ledgerSchema),
});

const needed = {
  scope: z.string(),
  reads: z.string(),
  blinds: z.string().describe('What stays unseen without it'),
  controls: z.array(z.string()).describe('Controls that read what comes with it'),
  optional: z.boolean().describe('No one has to give it; without it nothing counts as missing'),
};

const scopeSchema = z.object({
  ...needed,
  state: z.enum(['granted', 'missing', 'unknown']),
  why: z.string().nullable(),
});

const streamSchema = z.object({
  stream: z.string(),
  title: z.string(),
  state: z.enum(['new', 'reading', 'ok', 'waiting', 'failed', 'stuck', 'refused', 'no_scope', 'not_offered']),
  says: z.string().nullable(),
  readAt: instant.nullable().describe('When it was last read to its end'),
  nextAt: instant,
  brought: z.number().int().describe('Entries that it brought so far, with those that came twice'),
  complete: z.object({ from: instant, to: instant }).nullable(),
  newestAt: instant
    .nullable()
    .describe(
      'When the newest of the events that it brought happened; null: it brought none, or brings none',
    ),
});

export const connectionSchema = z.object({
  connection: z.string(),
  vendor: z.string(),
  name: z.string(),
  keyKind: z.string(),
  keyName: z.string(),
  hint: z
    .string()
    .describe('So much of it that people can tell which it is; what is secret is never shown again'),
  settings: z.record(z.string(), z.string()).describe('What of the credential is no secret'),
  hasKey: z.boolean().describe('false: it was lost with the key that sealed it; enter it again'),
  state: z.enum(['connected', 'refused', 'no_key']),
  problem: z.string().nullable(),
  recording: z
    .enum(['on', 'off', 'unknown'])
    .nullable()
    .describe('Whether the vendor keeps its log; null: it has none that could be off'),
  recordingAt: instant.nullable(),
  tenants: z
    .array(z.object({ id: z.string(), name: z.string().nullable() }))
    .describe('What it reads: organizations at one vendor, tenants at another'),
  scopes: z.array(scopeSchema),
  streams: z.array(streamSchema),
  expiresAt: instant
    .nullable()
    .describe('When the credential ends; null: it does not, or the vendor does not say'),
  testedAt: instant,
  connectedBy: z.string(),
  connectedAt: instant,
  version: z.number().int(),
});

export const STATUSES = ['refused', 'not_read', 'ends_soon', 'lacks', 'ok', 'none'] as const;

export const acrossLine = z.object({
  client: z.string(),
  name: z.string(),
  sandbox: z.boolean(),
  status: z
    .enum(STATUSES)
    .describe(
      'refused: nothing is read; not_read: something of it is not; ends_soon: the credential ends within a month; lacks: a permission is missing; none: not connected',
    ),
  problem: z.string().nullable(),
  tenants: z.array(z.string()),
  missing: z.array(z.string()).describe('Permissions that were not consented to, without optional ones'),
  streams: z.number().int(),
  silent: z.number().int().describe('Streams that bring nothing now'),
  readAt: instant.nullable().describe('When anything was last read to its end'),
  expiresAt: instant.nullable(),
});

export const findingSchema = z.object({
  key: z.string(),
  urgent: z.boolean(),
  title: z.string(),
  says: z.string(),
});

export const vendorSchema = z.object({
  vendor: z.string(),
  name: z.string(),
  offers: z.string().describe('What is read once it is connected'),
  words: z
    .object({ credential: z.string(), tenant: z.string(), tenants: z.string() })
    .describe('What the vendor calls things'),
  fields: z.array(fieldSchema).describe('What is entered to connect'),
  plan: z.object({
    name: z.string(),
    offered: z.boolean().describe('Whether the plan has programmatic access at all'),
    cannot: z.array(z.string()),
    instead: z.array(z.object({ title: z.string(), says: z.string(), page: z.string().nullable() })),
  }),
  keys: z.array(
    z.object({
      kind: z.string(),
      prefix: z.string().nullable().describe('With what it begins; null: nothing that it could be known by'),
      name: z.string(),
      made: z.string(),
      consent: z
        .string()
        .nullable()
        .describe('Where someone consents, with the names of fields in braces; null: no one has to'),
      consentElsewhere: z
        .object({ field: z.string(), hosts: z.record(z.string(), z.string()) })
        .nullable()
        .describe('Another host of that address, by what is chosen in a field; null: it has one'),
      says: z.string(),
      usable: z.boolean(),
      refused: z
        .string()
        .nullable()
        .describe('Why the client’s plan cannot have it, and what it can have; null: it can'),
    }),
  ),
  scopes: z.array(
    z.object({
      ...needed,
      keys: z.array(z.string()).nullable().describe('Kinds of credentials that need it; null: all'),
    }),
  ),
  asOf: z.string().describe('Day of the vendor’s pages that this rests on'),
});

export const sourcesSchema = z.object({
  connections: z.array(connectionSchema),
  findings: z.array(findingSchema),
  vendors: z.array(vendorSchema).describe('What can be connected'),
  sandbox: z.boolean(),
  can: z.object({ edit: z.boolean() }),
});
