import { z } from 'zod';
import { AREAS } from '#domain/model/catalogue.ts';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { instant } from '../operation.ts';

export const stateSchema = z.enum(STATES);
export const severitySchema = z.enum(SEVERITIES);
export const areaSchema = z.enum(AREAS);
export const dayText = z.string().describe('Date in the client’s time zone, YYYY-MM-DD');

/** Number of controls in each state, including 0. */
export const countsSchema = z.object(
  Object.fromEntries(STATES.map((state) => [state, z.number().int()])) as Record<
    (typeof STATES)[number],
    z.ZodNumber
  >,
);

/** Accepts CLA-ACC-07 and ACC-07. */
export const controlParam = z
  .string()
  .min(1)
  .max(20)
  .describe('Id of the control, for example CLA-ACC-07 or ACC-07');

export const evidenceSchema = z.object({
  kind: z.string(),
  kindName: z.string().describe('What was read, in words: members file'),
  file: z.string(),
  row: z.number().int().nullable().describe('null: not from one row'),
  observedOn: dayText,
  says: z.string(),
  sha256: z.string().nullable().describe('SHA-256 of the evidence; null: the file itself is not kept'),
  removedOn: dayText.nullable().describe('Date retention removed the file; null: not removed'),
});

export const sourceSchema = z.object({
  title: z.string(),
  url: z.string(),
  host: z.string().describe('Whose page it is, to show before it is opened'),
  read: dayText,
});

/** A control of a client, as a list shows it. */
export const controlLineSchema = z.object({
  id: z.string(),
  short: z.string(),
  title: z.string(),
  area: areaSchema,
  areaName: z.string(),
  severity: severitySchema,
  state: stateSchema,
  reason: z.string(),
  question: z.string().nullable().describe('What would make it readable; null: nothing is asked'),
  observedOn: dayText.nullable().describe('Newest reading behind the verdict; null: none'),
  since: instant.describe('When the control entered this state'),
  goodUntil: dayText
    .nullable()
    .describe('Last day on which the readings behind it are current; null: none of them expires'),
  due: dayText.nullable().describe('When it is due; null: no due date'),
  acceptedUntil: dayText.nullable().describe('Last day of the exception that accepts it; null: not accepted'),
  sections: z.array(z.string()).describe('Sections of the guide'),
  listed: z.number().int().describe('Number of things the verdict lists'),
});

/** A capability according to the guide and to its vendor. */
export const factSchema = z.object({
  id: z.string(),
  title: z.string(),
  guide: z.string().nullable().describe('null: the guide says nothing about it'),
  guideAsOf: z
    .string()
    .nullable()
    .describe('Revision of the guide that it is from; null: the guide says nothing about it'),
  guideRows: z.array(z.string()),
  vendor: z.string(),
  vendorAsOf: dayText,
  status: z.enum(['agrees', 'contradicts', 'narrows', 'updates', 'adds', 'unconfirmed']),
  sources: z.array(sourceSchema),
});

/** Reports by people about a menu path since its last check. Shared by all clients of the workspace. */
export const pathStateSchema = z.object({
  corrected: z
    .object({ path: z.string(), on: dayText })
    .nullable()
    .describe('Path as corrected by an Owner; null: not corrected'),
  reports: z
    .array(z.object({ id: z.string(), saw: z.string(), on: dayText, version: z.number().int() }))
    .describe('Reports of a changed path that are still open, newest first'),
});

export const stepSchema = z.object({
  do: z.string(),
  where: z.string().nullable().describe('Where to do it; null: no particular place'),
  link: z.string().nullable().describe('Address that opens that place; null: none known'),
  path: pathStateSchema.nullable().describe('null: no one has reported the path'),
  checked: dayText.nullable().describe('Day on which the place was last checked; null: not stated'),
  command: z.string().nullable().describe('Command that does it; null: none'),
  why: z.string().nullable().describe('Why it is done; null: it speaks for itself'),
});

export const remediationSchema = z.object({
  minutes: z.number().int(),
  who: z.string(),
  steps: z.array(stepSchema),
});

/** The cause of a change, if recorded. */
export const causeSchema = z.object({
  what: z.enum([
    'import',
    'document',
    'attestation',
    'exception',
    'people',
    'profile',
    'time',
    'catalogue',
    'first',
  ]),
  words: z.string(),
  by: z.string().nullable().describe('null: Bylaw itself, or not known'),
});
