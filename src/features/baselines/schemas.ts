import { z } from 'zod';
import { AREAS } from '#domain/charter/fields.ts';
import { CLAUDE_PLANS, M365_TIERS } from '#domain/model/profile.ts';
import { clientParam, instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';

/** Characters of a baseline at most, however it is given. */
export const MAX_YAML = 200_000;

const named = z.object({ id: z.string(), name: z.string() });

export const lineSchema = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.string(),
  plans: z.array(z.string()).describe('Claude plans that it is meant for, in words'),
  m365: z.array(z.string()).describe('Microsoft licenses that it is meant for, in words'),
  version: z.number().int(),
  shipped: named
    .extend({ newer: z.boolean().describe('The one of the catalogue says something else by now') })
    .nullable()
    .describe('The baseline of the catalogue that it was copied from'),
  retired: z.string().nullable().describe('Why it is out of use; null: it is in use'),
  changed: z.object({ by: z.string(), at: instant }),
  clients: z.number().int().describe('Clients on it, of those that you may see'),
  older: z.number().int().describe('Of these, how many follow an older version'),
});

export const shippedSchema = named.extend({
  purpose: z.string(),
  plans: z.array(z.string()),
  m365: z.array(z.string()),
  asOf: z.string(),
  guide: z.string().describe('Revision of the guide that it follows: May 2026'),
  copies: z.number().int().describe('Baselines that were copied from it'),
});

export const followerSchema = z.object({
  client: clientParam,
  name: z.string(),
  version: z.number().int(),
  older: z.boolean().describe('It follows an older version than the newest'),
  applied: z.object({ by: z.string(), at: instant }),
  owner: z.string().nullable().describe('Address that fills {owner}; null: not known'),
  charter: z.number().int().nullable().describe('Version of its charter in force; null: it has none'),
  draft: z
    .object({ id: z.string(), state: z.string() })
    .nullable()
    .describe('The draft that the baseline made of its charter; null: there was nothing to propose'),
  differences: z
    .object({
      open: z.number().int(),
      kept: z.number().int().describe('Kept on purpose'),
      looser: z.number().int().describe('Open ones by which the client is looser'),
    })
    .nullable()
    .describe('null: there is no charter in force to compare'),
  tasks: z.array(
    z.object({
      task: z.string(),
      title: z.string(),
      by: z.enum(['msp', 'client']),
      owner: z.string().nullable(),
      due: z.string().nullable(),
    }),
  ),
  texts: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
  problem: z.string().nullable().describe('Why the baseline cannot be filled for this client'),
});

export const baselineSchema = lineSchema.extend({
  yaml: z.string().describe('The newest version as it was written'),
  charter: z.record(z.string(), z.unknown()).describe('What it says of a charter, with its placeholders'),
  versions: z.array(
    z.object({ version: z.number().int(), by: z.string(), at: instant, note: z.string().nullable() }),
  ),
  items: z.array(followerSchema).describe('Clients on it, of those that you may see'),
  nextCursor,
  parts: z
    .object({
      name: z.string(),
      purpose: z.string(),
      meantFor: z.object({
        claudePlans: z.array(z.enum(CLAUDE_PLANS)),
        m365: z.array(z.enum(M365_TIERS)),
      }),
      client: z.record(z.string(), z.unknown()),
      deployment: z.array(
        z.object({
          task: z.string(),
          by: z.enum(['msp', 'client']),
          owner: z.string().optional(),
          dueDays: z.number().int().optional(),
        }),
      ),
      texts: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
    })
    .describe('What it says beside the charter, with its placeholders'),
  states: z
    .array(
      z.object({
        what: z.string(),
        value: z.string(),
        connector: z.string().nullable().describe('The connector that it is about; null: none'),
      }),
    )
    .describe('What it states of a charter'),
  deployment: z.array(
    z.object({
      task: z.string(),
      title: z.string(),
      by: z.enum(['msp', 'client']),
      owner: z.string().nullable(),
      dueDays: z.number().int().nullable(),
    }),
  ),
  tasks: z
    .array(z.object({ task: z.string(), title: z.string(), phase: z.string() }))
    .describe('Every task of the deployment, in its order, that it could give to someone'),
  defaults: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .describe('What a new client starts with'),
  may: z.object({
    manage: z.boolean(),
    apply: z.boolean().describe('To any client at all'),
    create: z.boolean().describe('New clients from it'),
  }),
});

export const offerSchema = z.object({
  row: z.number().int(),
  client: clientParam,
  name: z.string(),
  says: z.string(),
});

export const differenceSchema = z.object({
  what: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  looser: z.boolean().describe('It lets Claude, or people with it, do more than now'),
});

export const planSchema = z.object({
  client: clientParam.nullable().describe('null: a new one'),
  row: z.number().int().nullable(),
  name: z.string(),
  act: z.enum(['create', 'update']),
  fits: z
    .string()
    .nullable()
    .describe('What speaks against the baseline here; null: it is meant for such clients'),
  follows: z.object({ name: z.string(), version: z.number().int() }).nullable(),
  profile: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string() })),
  charter: z.object({
    version: z.number().int().nullable().describe('In force; null: none'),
    changes: z.array(differenceSchema).describe('What the draft would change; empty: no draft is made'),
    stays: z
      .array(z.object({ what: z.string(), value: z.string().nullable(), reason: z.string().nullable() }))
      .describe('What differs and stays: by a decision with its reason, or as an entry of the client’s own'),
  }),
  leftOut: z.array(z.string()).describe('Places that need a placeholder which this client has nothing for'),
  tasks: z.number().int().describe('Tasks of the deployment that get someone and a day'),
  problem: z.string().nullable().describe('Why it cannot be applied here; then nothing is applied anywhere'),
});

export const cellSchema = z.object({
  client: clientParam,
  value: z.string().nullable().describe('What the client’s charter says; null: nothing'),
  template: z.string().nullable().describe('What the baseline says, filled for the client; null: nothing'),
  status: z.enum(['looser', 'stricter', 'other']),
  kept: z.object({ reason: z.string(), by: z.string(), at: instant }).nullable(),
});

export const differencesSchema = z.object({
  nextCursor,
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  clients: z.array(
    z.object({
      client: clientParam,
      name: z.string(),
      version: z.number().int(),
      older: z.boolean(),
      charter: z.number().int().nullable(),
      problem: z.string().nullable(),
      may: z.boolean().describe('Whether you may decide on its differences'),
    }),
  ),
  rows: z.array(
    z.object({
      key: z.string(),
      area: z.enum(AREAS),
      areaName: z.string(),
      what: z.string(),
      looser: z.number().int(),
      open: z.number().int(),
      cells: z.array(cellSchema).describe('Clients that differ here; the others say the same'),
    }),
  ),
  total: z.number().int(),
  open: z.number().int(),
});
