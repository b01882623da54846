import { z } from 'zod';
import { GATE_STATES, RESULTS } from '#domain/connectors/access/words.ts';
import { DATA_CLASSES, EFFECTS } from '#domain/model/catalogue.ts';
import { permission } from '#domain/model/charter.ts';
import { PLACES } from '#domain/people/places.ts';

const evidence = z.object({
  kind: z.string(),
  file: z.string(),
  row: z.number().int().nullable().describe('null: not from one row'),
  observedOn: z.string(),
  says: z.string(),
  sha256: z.string().nullable().describe('SHA-256 of the file, if it is a reading; null: it is not'),
});

const gate = z.object({
  state: z
    .enum(GATE_STATES)
    .describe(
      'own, account: it depends on the person’s or the shared account’s rights in the system, which is neither yes nor no',
    ),
  words: z.string(),
  howTo: z.string().nullable().describe('What would settle it; null: nothing is open'),
  evidence: z.array(evidence),
});

const prerequisite = z.object({
  met: z.boolean(),
  reviewed: z
    .string()
    .nullable()
    .describe(
      'Day of the last review of the rights in the system, according to the charter; null: the charter states none',
    ),
  words: z.string(),
  evidence: z.array(evidence),
});

const result = z.enum(RESULTS).describe('unknown: it cannot be determined, which is neither yes nor no');
const counts = z.record(z.enum(RESULTS), z.number().int());

const action = z.object({
  id: z.string(),
  title: z.string(),
  tool: z.string().nullable().describe('Name of the tool; null: the vendor names none'),
  effect: z.enum(EFFECTS),
  kind: z
    .enum(['action', 'class', 'rest'])
    .describe('rest: actions that are not listed; they are not counted'),
  charter: permission
    .nullable()
    .describe(
      'What the charter approves; it never replaces the actual setting. null: the charter does not mention it',
    ),
  organization: gate,
  result,
});

const connector = z.object({
  id: z.string(),
  name: z.string(),
  charter: z
    .string()
    .nullable()
    .describe('Name of its entry in the charter; null: the charter does not approve it'),
  organization: gate.describe('By seat and connector, regardless of the action'),
  signIn: gate,
  rights: gate,
  prerequisite,
  actions: z.array(action),
  counts,
  result: result.describe(
    'The widest result known among its actions; cannot only if that is so for each action',
  ),
  note: z.string().nullable().describe('What else to know; null: nothing'),
});

const acts = z.object({
  allow: z.number().int().describe('Allowed without asking'),
  ask: z.number().int().describe('Allowed after approval'),
});

const systemIds = z.array(z.string());

export const accessSchema = z.object({
  today: z.string(),
  person: z
    .object({
      id: z.string(),
      name: z.string(),
      address: z.string().nullable().describe('Email address; null: none is known'),
      seat: gate,
      connectors: z.array(connector),
    })
    .nullable()
    .describe('null: no person was requested'),
  people: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        address: z.string().nullable().describe('Email address; null: none is known'),
        place: z
          .enum(PLACES)
          .nullable()
          .describe('Their status in people list; null: there is no comparison with the roster'),
        reaches: systemIds.describe('Ids of systems that Claude can reach on their behalf'),
        may: systemIds.describe(
          'Ids of systems where the organization allows something but it is unknown whether they signed in',
        ),
        unknown: systemIds.describe(
          'Ids of systems for which not even that is known; all others are out of reach',
        ),
        changes: acts.describe('Actions that change data in systems that are reached'),
        mayChange: acts.describe('The same for systems that are reached once they sign in'),
      }),
    )
    .nullable()
    .describe('People who can be selected; null: a person is shown'),
  systems: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        charter: z.string().nullable().describe('Name in the charter; null: not in the charter'),
        people: z
          .record(z.enum(['reaches', 'may', 'unknown', 'cannot']), z.number().int())
          .describe('Number of people by status, as in the lists of each person'),
        lets: acts.describe('Actions that the organization allows for everyone with a seat'),
        changes: acts.describe('Of these, actions that change data'),
        howTo: z.string().nullable().describe('What would show who has signed in; null: it is known'),
      }),
    )
    .nullable()
    .describe('The same by system; null: a person is shown'),
  gap: z
    .object({ why: z.string(), howToGet: z.string() })
    .nullable()
    .describe('Why no one can be listed; null: people are listed'),
  observed: z.object({
    on: z.string().nullable().describe('Date of the connectors table in use; null: none is in use'),
    why: z.string().nullable().describe('Why none is in use; null: one is'),
    howToGet: z.string().nullable().describe('How to make it readable; null: it was read'),
  }),
});

const reported = z.object({ id: z.string(), name: z.string(), lines: z.array(z.string()) });

export const reachSchema = z.object({
  name: z.string().describe('Name of the client'),
  today: z.string(),
  audience: z.enum(['leadership', 'staff']),
  seats: z.number().int().nullable().describe('null: the members file was not read'),
  gates: z.array(z.object({ title: z.string(), words: z.string() })),
  reaches: z.array(reported),
  open: z
    .array(reported)
    .describe('Allowed by the organization while it is unknown who signed in; only for leadership'),
  cannot: z.array(reported),
  unknown: z.array(
    z.object({
      systems: z.array(z.string()).describe('Names of the connectors it is about; empty: all'),
      words: z.string(),
      howTo: z.string().nullable().describe('How to find out; null: no way is known'),
    }),
  ),
  around: z.array(z.string()).describe('Ways around every connector, which are not covered here'),
  none: z.string().nullable().describe('Why there is no result; null: there is one'),
  asOf: z.array(
    z.object({
      kind: z.string(),
      label: z.string(),
      on: z
        .string()
        .nullable()
        .describe('Day of the reading; null: none is in use, and `why` gives the reason'),
      why: z.string().nullable().describe('Why no reading is in use; null: one is'),
      howTo: z.string().nullable().describe('How to get one; null: one is in use'),
    }),
  ),
  systems: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        dataClasses: z
          .array(z.enum(DATA_CLASSES))
          .nullable()
          .describe('Kinds of data that it reaches; null: not stated'),
        linked: z.number().int().nullable().describe('Number of seat holders who linked it; null: not known'),
        notLinked: z
          .number()
          .int()
          .nullable()
          .describe('Number of seat holders who did not link it; null: not known'),
        linkUnknown: z
          .number()
          .int()
          .nullable()
          .describe('Number of seat holders of whom it is unknown; null: the links were not read at all'),
        reaches: z.object({ allow: z.array(z.string()), ask: z.array(z.string()) }),
        cannot: z.array(z.string()),
        unknown: z.array(z.string()).describe('Actions that cannot be determined'),
      }),
    )
    .describe('The same, as figures'),
});
