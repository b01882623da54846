import { z } from 'zod';
import { STEP_STATES } from '#domain/journeys/people/status.ts';
import { JOURNEY_KINDS } from '#domain/model/person-journey.ts';
import { instant } from '../operation.ts';
import { ownerShown } from '../owners/schemas.ts';
import { nextCursor } from '../paging.ts';
import { evidenceOfPerson } from '../people/schemas.ts';
import { dayText } from '../shared/control-parts.ts';

export const ENDS = ['mistake', 'stays', 'returned', 'done'] as const;

const state = z
  .enum(STEP_STATES)
  .describe(
    'contradicted: marked as done, but a newer reading shows otherwise; overdue; open; marked: someone says it is done, and no newer reading shows it; accepted: left undone with a reason; not_needed; proved: a reading shows it',
  );

const stepSchema = z.object({
  id: z.string(),
  title: z.string(),
  action: z.string(),
  who: z.string().describe('Who does it, according to the guide'),
  due: dayText,
  state,
  words: z.string().describe('What the current readings show, in words'),
  code: z.string().describe('The same, as a code'),
  readOn: dayText.nullable().describe('Date of the readings; null: nothing was read'),
  held: z.array(z.string()).describe('Steps that must first be proved, or left undone with a reason'),
  provable: z.boolean().describe('false: no source shows it, so it can only be marked'),
  owner: ownerShown,
  ownOwner: z.boolean().describe('false: the owner is the owner of the whole journey'),
  mark: z
    .object({
      on: dayText,
      how: z.enum(['done', 'accepted']),
      by: z.string().nullable().describe('null: stated in the client’s journal'),
      at: instant.nullable().describe('null: stated in the client’s journal, which has only the day'),
      note: z.string().nullable().describe('null: none'),
    })
    .nullable()
    .describe('What someone states; no verdict is based on it. null: no one has'),
  version: z.number().int().describe('0: nothing recorded here yet'),
});

export const journeySchema = z.object({
  id: z.string().nullable().describe('null: not started yet'),
  kind: z.enum(JOURNEY_KINDS),
  address: z.string(),
  name: z.string(),
  person: z.string().nullable().describe('Id from people list; null: not in the comparison'),
  seat: z.string().nullable().describe('Role in the members file; null: not stated'),
  day: dayText.nullable().describe('Last or first day of work; null: not in the roster'),
  state: z.enum(['not_started', 'ended', ...STEP_STATES]),
  words: z.string(),
  toDo: z.number().int().describe('Number of steps that someone has to act on'),
  nextDue: dayText.nullable().describe('Date of the next step that is due; null: none, or it has ended'),
  concerns: z.array(z.object({ code: z.string(), words: z.string() })),
  steps: z.array(stepSchema),
  owner: ownerShown,
  started: z.object({ by: z.string(), at: instant }).nullable().describe('null: not started'),
  ended: z
    .object({ why: z.enum(ENDS), by: z.string(), at: instant })
    .nullable()
    .describe('null: it has not ended'),
  version: z.number().int().describe('0: not started'),
});

export const journeyDetail = journeySchema.extend({
  policyMail: z
    .object({
      at: instant,
      outcome: z.enum(['sent', 'failed', 'sending', 'unknown']),
      failure: z
        .string()
        .nullable()
        .describe('Why it was not sent; null: it was, or the outcome is not known'),
    })
    .nullable()
    .describe('Last email that asked the new person to acknowledge the policy in force; null: none'),
  connectorMail: z
    .object({
      at: instant,
      by: z.string(),
      outcome: z.enum(['sent', 'failed', 'sending', 'unknown']),
      failure: z
        .string()
        .nullable()
        .describe('Why it was not sent; null: it was, or the outcome is not known'),
      charter: z.number().int().describe('Charter version in force when it was sent'),
      charterNow: z
        .number()
        .int()
        .nullable()
        .describe('Version in force today, shown on the page; null: none'),
    })
    .nullable()
    .describe('Last email that sent the new person the page of approved connectors; null: none'),
  guides: z.array(
    z.object({
      step: z.string(),
      why: z.string(),
      how: z.array(
        z.object({
          do: z.string(),
          where: z.string().nullable().describe('Where to do it; null: no particular place'),
          checked: dayText.nullable().describe('Day on which the place was last checked; null: not stated'),
        }),
      ),
      guide: z.array(z.string()).describe('Rows of the guide; empty: the step goes beyond the guide'),
      sources: z.array(z.object({ title: z.string(), url: z.string(), read: dayText })),
      evidence: z.array(evidenceOfPerson),
    }),
  ),
});

export const journeyList = z.object({
  items: z.array(journeySchema),
  nextCursor,
  total: z.number().int(),
  today: dayText,
  readOn: z
    .object({ members: dayText.nullable(), roster: dayText.nullable(), entra_users: dayText.nullable() })
    .describe('Dates of the current files; null: none'),
  roster: z
    .object({ on: dayText, now: z.number().int(), before: z.number().int(), words: z.string() })
    .nullable()
    .describe(
      'If the newest roster is missing half of the staff, so it may be the wrong file; null: it is not',
    ),
  people: z
    .array(z.object({ name: z.string(), email: z.string() }))
    .describe('People with access who can be assigned; empty if you may not assign'),
});
