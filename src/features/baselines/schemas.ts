import { z } from 'zod';
import { AREAS } from '#domain/charter/fields.ts';
import { CLAUDE_PLANS, M365_TIERS } from '#domain/model/profile.ts';
import { clientParam, instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';

/** Maximum length of a baseline in characters, in any form. */
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
    .extend({ newer: z.boolean().describe('Whether the baseline in the catalogue has changed since') })
    .nullable()
    .describe('The catalogue baseline it was copied from; null: none'),
  retired: z.string().nullable().describe('Why it was retired; null: it is in use'),
  changed: z.object({ by: z.string(), at: instant }),
  clients: z.number().int().describe('Clients on it, among those you may see'),
  older: z.number().int().describe('Of these, how many follow an older version'),
});

export const shippedSchema = named.extend({
  purpose: z.string(),
  plans: z.array(z.string()),
  m365: z.array(z.string()),
  asOf: z.string(),
  guide: z.string().describe('Revision of the guide that it follows, for example May 2026'),
  copies: z.number().int().describe('Baselines that were copied from it'),
});

export const followerSchema = z.object({
  client: clientParam,
  name: z.string(),
  version: z.number().int(),
  older: z.boolean().describe('Whether it follows an older version than the newest'),
  applied: z.object({ by: z.string(), at: instant }),
  owner: z.string().nullable().describe('Address used for {owner}; null: not known'),
  charter: z.number().int().nullable().describe('Version of its charter in force; null: it has none'),
  draft: z
    .object({ id: z.string(), state: z.string() })
    .nullable()
    .describe('The draft that the baseline made of its charter; null: there was nothing to propose'),
  differences: z
    .object({
      open: z.number().int(),
      kept: z.number().int().describe('Number of differences that are kept on purpose'),
      looser: z.number().int().describe('Number of open differences where the client is looser'),
    })
    .nullable()
    .describe('null: there is no charter in force to compare'),
  tasks: z.array(
    z.object({
      task: z.string(),
      title: z.string(),
      by: z.enum(['msp', 'client']),
      owner: z
        .string()
        .nullable()
        .describe('Role or person who owns the task; null: the baseline names no one'),
      due: z.string().nullable().describe('Due date; null: none'),
    }),
  ),
  texts: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
  problem: z
    .string()
    .nullable()
    .describe('Why the baseline cannot be filled in for this client; null: it can'),
});

export const baselineSchema = lineSchema.extend({
  yaml: z.string().describe('The newest version as it was written'),
  charter: z.record(z.string(), z.unknown()).describe('Its charter, with placeholders'),
  versions: z.array(
    z.object({
      version: z.number().int(),
      by: z.string(),
      at: instant,
      note: z.string().nullable().describe('What changed; null: no note'),
    }),
  ),
  items: z.array(followerSchema).describe('Clients on it, among those you may see'),
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
    .describe('Its other sections, with placeholders'),
  states: z
    .array(
      z.object({
        what: z.string(),
        value: z.string(),
        connector: z.string().nullable().describe('The connector it is about; null: none'),
      }),
    )
    .describe('What it sets in a charter'),
  deployment: z.array(
    z.object({
      task: z.string(),
      title: z.string(),
      by: z.enum(['msp', 'client']),
      owner: z
        .string()
        .nullable()
        .describe('Role or person who owns the task; null: the baseline names no one'),
      dueDays: z
        .number()
        .int()
        .nullable()
        .describe('Days after the start until it is due; null: no due date'),
    }),
  ),
  tasks: z
    .array(z.object({ task: z.string(), title: z.string(), phase: z.string() }))
    .describe('Every deployment task it could assign to someone, in order'),
  defaults: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .describe('Settings a new client starts with'),
  may: z.object({
    manage: z.boolean(),
    apply: z.boolean().describe('Whether it can be applied to any client'),
    create: z.boolean().describe('Whether new clients can be created from it'),
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
  before: z.string().nullable().describe('In words; null: the charter does not state it'),
  after: z.string().nullable().describe('In words; null: it would no longer be stated'),
  looser: z.boolean().describe('Whether it would let Claude, or people using it, do more than now'),
});

export const planSchema = z.object({
  client: clientParam.nullable().describe('null: a new draft'),
  row: z
    .number()
    .int()
    .nullable()
    .describe('Row of the table; null: a client that already exists and was not in a table'),
  name: z.string(),
  act: z.enum(['create', 'update']),
  fits: z
    .string()
    .nullable()
    .describe('Why the baseline may not suit this client; null: it is meant for such clients'),
  follows: z
    .object({ name: z.string(), version: z.number().int() })
    .nullable()
    .describe('Baseline and version that the client follows; null: none yet'),
  profile: z.array(
    z.object({
      name: z.string(),
      before: z.string().nullable().describe('In words; null: not stated'),
      after: z.string(),
    }),
  ),
  charter: z.object({
    version: z.number().int().nullable().describe('Version in force; null: none'),
    changes: z.array(differenceSchema).describe('What the draft would change; empty: no draft is made'),
    stays: z
      .array(
        z.object({
          what: z.string(),
          value: z.string().nullable().describe('In words; null: the charter does not state it'),
          reason: z
            .string()
            .nullable()
            .describe('Why it is kept; null: an entry of the client’s own, which no one decided on'),
        }),
      )
      .describe('Differences that stay: kept by a decision with a reason, or entries of the client’s own'),
  }),
  leftOut: z.array(z.string()).describe('Settings with a placeholder that this client has no value for'),
  tasks: z.number().int().describe('Deployment tasks that get an owner and a due date'),
  problem: z
    .string()
    .nullable()
    .describe('Why it cannot be applied here; unless null, nothing is applied to any client'),
});

export const cellSchema = z.object({
  client: clientParam,
  value: z.string().nullable().describe('What the client’s charter says; null: nothing'),
  template: z.string().nullable().describe('What the baseline says, filled in for the client; null: nothing'),
  status: z.enum(['looser', 'stricter', 'other']),
  kept: z
    .object({ reason: z.string(), by: z.string(), at: instant })
    .nullable()
    .describe('Decision to keep the difference; null: none'),
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
      charter: z.number().int().nullable().describe('Charter version in force; null: none'),
      problem: z.string().nullable().describe('Why the client cannot be compared; null: it can'),
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
      cells: z.array(cellSchema).describe('Clients that differ here; the others match'),
    }),
  ),
  total: z.number().int(),
  open: z.number().int(),
});
