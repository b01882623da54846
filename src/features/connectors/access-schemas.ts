import { z } from 'zod';
import { GATE_STATES, RESULTS } from '#domain/connectors/access/words.ts';
import { DATA_CLASSES, EFFECTS } from '#domain/model/catalogue.ts';
import { permission } from '#domain/model/charter.ts';
import { PLACES } from '#domain/people/places.ts';

const evidence = z.object({
  kind: z.string(),
  file: z.string(),
  row: z.number().int().nullable(),
  observedOn: z.string(),
  says: z.string(),
  sha256: z.string().nullable().describe('Content address of the file, where it is a reading'),
});

const gate = z.object({
  state: z
    .enum(GATE_STATES)
    .describe('own and account: whose rights in the system count, which is neither a yes nor a no'),
  words: z.string(),
  howTo: z.string().nullable().describe('What would settle it; null: nothing is to be settled'),
  evidence: z.array(evidence),
});

const prerequisite = z.object({
  met: z.boolean(),
  reviewed: z
    .string()
    .nullable()
    .describe('Day of the last review of the rights in the system, according to the charter'),
  words: z.string(),
  evidence: z.array(evidence),
});

const result = z.enum(RESULTS).describe('unknown: no one can tell, which is neither a yes nor a no');
const counts = z.record(z.enum(RESULTS), z.number().int());

const action = z.object({
  id: z.string(),
  title: z.string(),
  tool: z.string().nullable(),
  effect: z.enum(EFFECTS),
  kind: z.enum(['action', 'class', 'rest']).describe('rest: whatever is not listed; it is not counted'),
  charter: permission.nullable().describe('What the charter decides on; it never replaces what is set'),
  organization: gate,
  result,
});

const connector = z.object({
  id: z.string(),
  name: z.string(),
  charter: z.string().nullable(),
  organization: gate.describe('Seat and connector, without regard to an action'),
  signIn: gate,
  rights: gate,
  prerequisite,
  actions: z.array(action),
  counts,
  result: result.describe('The widest of its actions that is known; cannot only where each of them cannot'),
  note: z.string().nullable(),
});

const acts = z.object({
  allow: z.number().int().describe('Without asking'),
  ask: z.number().int().describe('After approval'),
});

const systemIds = z.array(z.string());

export const accessSchema = z.object({
  today: z.string(),
  person: z
    .object({
      id: z.string(),
      name: z.string(),
      address: z.string().nullable(),
      seat: gate,
      connectors: z.array(connector),
    })
    .nullable()
    .describe('null: no one was asked for'),
  people: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        address: z.string().nullable(),
        place: z
          .enum(PLACES)
          .nullable()
          .describe('Where they are in people list; null: there is no comparison with the roster'),
        reaches: systemIds.describe('Ids of systems that Claude reaches for them'),
        may: systemIds.describe(
          'Of systems where the organization lets something through, and no one can tell whether they signed in',
        ),
        unknown: systemIds.describe(
          'Of systems of which not even that is known; all others are out of reach',
        ),
        changes: acts.describe('Actions that change something in systems that are reached'),
        mayChange: acts.describe('Likewise in those that are reached once they sign in'),
      }),
    )
    .nullable()
    .describe('Who can be asked for; null: someone is shown'),
  systems: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        charter: z.string().nullable().describe('As the charter calls it; null: not in the charter'),
        people: z
          .record(z.enum(['reaches', 'may', 'unknown', 'cannot']), z.number().int())
          .describe('How many of the people stand how; as in the lists of each person'),
        lets: acts.describe('Actions that the organization lets through for everyone with a seat'),
        changes: acts.describe('Those of them that change something'),
        howTo: z.string().nullable().describe('What would show who signed in; null: it is known'),
      }),
    )
    .nullable()
    .describe('The same by system; null: someone is shown'),
  gap: z.object({ why: z.string(), howToGet: z.string() }).nullable().describe('Why no one can be listed'),
  observed: z.object({
    on: z.string().nullable().describe('Day of the connectors table that counts'),
    why: z.string().nullable().describe('Why none counts; null: one does'),
    howToGet: z.string().nullable(),
  }),
});

const reported = z.object({ id: z.string(), name: z.string(), lines: z.array(z.string()) });

export const reachSchema = z.object({
  name: z.string().describe('Of the client'),
  today: z.string(),
  audience: z.enum(['leadership', 'staff']),
  seats: z.number().int().nullable().describe('null: the members file was not read'),
  gates: z.array(z.object({ title: z.string(), words: z.string() })),
  reaches: z.array(reported),
  open: z
    .array(reported)
    .describe('Let through by the organization, and no one can tell who signed in; only for leadership'),
  cannot: z.array(reported),
  unknown: z.array(
    z.object({
      systems: z.array(z.string()).describe('Names of those that it is about; empty: all'),
      words: z.string(),
      howTo: z.string().nullable(),
    }),
  ),
  around: z.array(z.string()).describe('Ways past every connector, of which nothing here speaks'),
  none: z.string().nullable().describe('Why there is nothing to say; null: there is'),
  asOf: z.array(
    z.object({
      kind: z.string(),
      label: z.string(),
      on: z.string().nullable(),
      why: z.string().nullable(),
      howTo: z.string().nullable(),
    }),
  ),
  systems: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        dataClasses: z.array(z.enum(DATA_CLASSES)).nullable(),
        linked: z.number().int().nullable().describe('Seat holders who linked it; null: not known'),
        notLinked: z.number().int().nullable(),
        linkUnknown: z.number().int().nullable(),
        reaches: z.object({ allow: z.array(z.string()), ask: z.array(z.string()) }),
        cannot: z.array(z.string()),
        unknown: z.array(z.string()).describe('Actions about which no one can tell'),
      }),
    )
    .describe('The same in figures'),
});
