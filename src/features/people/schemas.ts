import { z } from 'zod';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { DECISIONS, PLACES, TABS } from '#domain/people/places.ts';
import { instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';

export const evidenceOfPerson = z.object({
  kind: z.string(),
  file: z.string(),
  row: z.number().int().nullable().describe('null: not from one row'),
  observedOn: z.string().describe('Date of the reading, in the client’s time zone'),
  says: z.string(),
  sha256: z.string().nullable().describe('SHA-256 of the file, if it is a reading; null: it is not'),
});

const account = z.object({
  name: z.string().nullable().describe('null: not in the file'),
  address: z.string().nullable().describe('null: not in the file'),
  role: z.string().nullable().describe('As spelled in the file; null: not reported'),
  seat: z.string().nullable().describe('As spelled in the file; null: not reported'),
  status: z.string().nullable().describe('As spelled in the file; null: not reported'),
  addedOn: z.string().nullable().describe('null: not reported'),
  lastActiveOn: z.string().nullable().describe('null: not reported'),
  joinedBy: z.string().nullable().describe('How they joined; null: not reported'),
});

const staffRecord = z.object({
  name: z.string().nullable().describe('null: not in the file'),
  addresses: z.array(z.string()),
  department: z.string().nullable().describe('null: not reported'),
  startsOn: z.string().nullable().describe('First day of work; null: not reported'),
  endsOn: z.string().nullable().describe('Last day of work; null: not reported'),
  status: z.string().nullable().describe('As spelled in the file; null: not reported'),
  engagement: z.string().nullable().describe('null: not reported'),
  key: z
    .string()
    .nullable()
    .describe('Key that decisions use for this record; null: it has neither email address nor name'),
});

const status = z.object({
  verdict: z.enum(STATES).nullable().describe('null: nothing to judge here'),
  words: z.string(),
  control: z.string().nullable().describe('Id of the control that has this finding; null: none'),
  until: z.string().nullable().describe('Last day of the exception that covers it; null: none'),
});

export const decision = z.object({
  id: z.string().nullable().describe('null: written in the imported charter, to be changed there'),
  kind: z.enum(DECISIONS),
  addresses: z.array(z.string()),
  reason: z.string().nullable().describe('null: none was given'),
  by: z.string(),
  at: instant.nullable().describe('null: written in the imported charter'),
  withdrawn: z
    .object({ by: z.string(), at: instant, reason: z.string().nullable().describe('null: none was given') })
    .nullable()
    .describe('null: not withdrawn; a reason of null: none was given'),
});

const personRow = z.object({
  id: z.string(),
  place: z.enum(PLACES),
  differs: z.boolean(),
  name: z.string(),
  key: z
    .string()
    .nullable()
    .describe(
      'Key that decisions and exceptions use for this account; null: there is no account to decide about',
    ),
  account: account.nullable().describe('null: no account in Claude'),
  roster: z.array(staffRecord).describe('The matching record, or the records it resembles'),
  why: z.string().describe('Why the two are considered one person, or not'),
  state: status,
  evidence: z.array(evidenceOfPerson),
});

export const personShown = personRow.extend({ decisions: z.array(decision) });

const controlOfPeople = z.object({
  control: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  state: z.enum(STATES),
  reason: z.string().nullable().describe('null: your role may not see controls'),
  /** Number of this control's findings among the rows. */
  items: z.number().int(),
});

const gap = z.object({
  why: z.string(),
  howToGet: z.string(),
  missing: z.array(z.enum(['members', 'roster', 'domain_memberships'])),
});

export const peopleList = z.object({
  tab: z.enum(TABS),
  items: z.array(personShown),
  nextCursor,
  total: z.number().int(),
  counts: z.record(z.enum(TABS), z.number().int()),
  blocked: gap
    .nullable()
    .describe(
      'Why the comparison cannot be made; members are then listed without a result, if at all. null: it was made',
    ),
  personalBlocked: gap.nullable().describe('Why personal accounts cannot be listed; null: they can'),
  seats: z.number().int().nullable().describe('Number of seat holders; null: the comparison cannot be made'),
  staff: z
    .number()
    .int()
    .nullable()
    .describe('Number of current staff according to the roster, or else the profile; null: neither says'),
  files: z.array(evidenceOfPerson),
  controls: z.array(controlOfPeople),
  today: z.string(),
});

export const personDetail = personShown.extend({
  history: z.array(decision).describe('Withdrawn decisions'),
  others: z.array(personRow).describe('Other accounts of the same addresses'),
  exceptions: z
    .array(
      z.object({
        id: z.string(),
        control: z.string(),
        title: z.string(),
        reason: z.string(),
        owner: z.string(),
        from: z.string().nullable().describe('First day; null: not stated'),
        until: z.string(),
        inForce: z.boolean(),
        source: z.enum(['console', 'charter']),
      }),
    )
    .nullable()
    .describe('Exceptions for this person; null: your role may not see exceptions'),
  controls: z.array(controlOfPeople),
  today: z.string(),
});
