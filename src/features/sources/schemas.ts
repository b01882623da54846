import { z } from 'zod';
import { GAP_CAUSES } from '#domain/activity/completeness.ts';
import { instant } from '../operation.ts';
import { fieldSchema } from '../shared/form-fields.ts';
import { pendingActSchema } from '../shared/pending-acts.ts';

export const spanSchema = z.object({
  from: instant,
  to: instant,
  gap: z.enum(GAP_CAUSES).nullable().describe('Why it is missing; null: nothing is missing'),
  says: z.string().nullable().describe('What is missing and why; null: nothing is missing'),
  mendable: z.boolean().describe('false: it cannot be filled anymore'),
});

export const ledgerSchema = z.object({
  source: z.string(),
  title: z.string(),
  connected: z.boolean(),
  proves: z
    .boolean()
    .describe(
      'Whether a stretch without a gap is proven complete; false: nothing is known to be missing, but that is not proven',
    ),
  complete: z
    .object({ from: instant, to: instant })
    .nullable()
    .describe('Newest stretch without a gap; null: none'),
  spans: z.array(spanSchema).describe('The whole period, in order, without holes'),
});

export const completenessSchema = z.object({
  from: instant,
  to: instant,
  zone: z.string(),
  whole: z
    .boolean()
    .describe(
      'Whether nothing is missing from any source in the period; never true if one of them cannot prove it',
    ),
  gaps: z.boolean().describe('Whether something is known to be missing'),
  says: z.string(),
  ledgers: z.array(ledgerSchema),
});

const needed = {
  scope: z.string(),
  reads: z.string(),
  blinds: z.string().describe('What is not visible without it'),
  controls: z.array(z.string()).describe('Controls that use what it provides'),
  optional: z.boolean().describe('Whether it is optional, so that nothing is considered missing without it'),
};

const scopeSchema = z.object({
  ...needed,
  state: z.enum(['granted', 'missing', 'unknown']),
  why: z.string().nullable().describe('Why it is not known; null: it is'),
});

const streamSchema = z.object({
  stream: z.string(),
  title: z.string(),
  state: z.enum(['new', 'reading', 'ok', 'waiting', 'failed', 'stuck', 'refused', 'no_scope', 'not_offered']),
  says: z.string().nullable().describe('What is wrong; null: nothing, or not read yet'),
  readAt: instant.nullable().describe('When it was last read to the end; null: not yet'),
  nextAt: instant,
  brought: z.number().int().describe('Number of entries read so far, including duplicates'),
  complete: z
    .object({ from: instant, to: instant })
    .nullable()
    .describe('Newest stretch that is complete; null: none, or it cannot be told'),
  newestAt: instant
    .nullable()
    .describe('Time of the newest event it provided; null: none so far, or it provides no events'),
});

export const connectionSchema = z.object({
  connection: z.string(),
  vendor: z.string(),
  name: z.string(),
  keyKind: z.string(),
  keyName: z.string(),
  hint: z.string().describe('Enough of it to recognize it; secret parts are never shown again'),
  settings: z.record(z.string(), z.string()).describe('Parts of the credential that are not secret'),
  hasKey: z.boolean().describe('false: it was lost with the key that sealed it; enter it again'),
  state: z.enum(['connected', 'refused', 'no_key']),
  problem: z.string().nullable().describe('Why it cannot be read; null: it can'),
  recording: z
    .enum(['on', 'off', 'unknown'])
    .nullable()
    .describe('Whether the vendor’s log is turned on; null: it has no log that can be turned off'),
  recordingAt: instant.nullable().describe('When that was observed; null: not yet, or there is no such log'),
  tenants: z
    .array(z.object({ id: z.string(), name: z.string().nullable().describe('null: not reported') }))
    .describe('What it reads, such as organizations or tenants, depending on the vendor'),
  scopes: z.array(scopeSchema),
  streams: z.array(streamSchema),
  expiresAt: instant
    .nullable()
    .describe('When the credential expires; null: never, or the vendor does not say'),
  testedAt: instant,
  connectedBy: z.string(),
  connectedAt: instant,
  version: z.number().int(),
  proposed: pendingActSchema,
});

export const STATUSES = ['refused', 'not_read', 'ends_soon', 'lacks', 'ok', 'none'] as const;

export const acrossLine = z.object({
  client: z.string(),
  name: z.string(),
  sandbox: z.boolean(),
  status: z
    .enum(STATUSES)
    .describe(
      'refused: nothing is read; not_read: part of it is not read; ends_soon: the credential expires within a month; lacks: a permission is missing; none: not connected',
    ),
  problem: z.string().nullable().describe('What is wrong; null: nothing'),
  tenants: z.array(z.string()),
  missing: z.array(z.string()).describe('Required permissions without consent'),
  streams: z.number().int(),
  silent: z.number().int().describe('Number of streams that currently provide nothing'),
  readAt: instant.nullable().describe('When any stream was last read to the end; null: none yet'),
  expiresAt: instant
    .nullable()
    .describe('When the credential expires; null: never, not known, or not connected'),
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
    .describe('The vendor’s terms'),
  fields: z.array(fieldSchema).describe('Fields to fill in to connect'),
  plan: z.object({
    name: z.string(),
    offered: z.boolean().describe('Whether the plan has programmatic access at all'),
    cannot: z.array(z.string()),
    instead: z.array(
      z.object({
        title: z.string(),
        says: z.string(),
        page: z.string().nullable().describe('Page of the console for it; null: none'),
      }),
    ),
  }),
  keys: z.array(
    z.object({
      kind: z.string(),
      prefix: z.string().nullable().describe('What it begins with; null: nothing to recognize it by'),
      name: z.string(),
      made: z.string(),
      consent: z
        .string()
        .nullable()
        .describe('Address for giving consent, with field names in braces; null: no consent needed'),
      consentElsewhere: z
        .object({ field: z.string(), hosts: z.record(z.string(), z.string()) })
        .nullable()
        .describe('Alternative hosts for that address, by the choice in a field; null: there is only one'),
      says: z.string(),
      usable: z.boolean(),
      refused: z
        .string()
        .nullable()
        .describe(
          'Why the client’s plan cannot have it, and what is available instead; null: it can have it',
        ),
    }),
  ),
  scopes: z.array(
    z.object({
      ...needed,
      keys: z.array(z.string()).nullable().describe('Kinds of credentials that need it; null: all'),
    }),
  ),
  asOf: z.string().describe('Date of the vendor pages this is based on'),
});

export const sourcesSchema = z.object({
  connections: z.array(connectionSchema),
  findings: z.array(findingSchema),
  vendors: z.array(vendorSchema).describe('What can be connected'),
  sandbox: z.boolean(),
  can: z.object({ edit: z.boolean() }),
});
