import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { instant } from '../operation.ts';
import { nextCursor } from '../paging.ts';
import { dayText } from '../shared/control-parts.ts';

const coverageHead = {
  state: z
    .enum(['ready', 'no_policy', 'cannot_read'])
    .describe('cannot_read: no members file shows who has Claude'),
  why: z.string().nullable().describe('Why the numbers cannot be given; null: they can'),
  number: z
    .number()
    .int()
    .nullable()
    .describe('Version number of the policy that has to be acknowledged; null: none is in force'),
  of: z.number().int().nullable().describe('Number of people with Claude; null: cannot be read'),
  done: z
    .number()
    .int()
    .nullable()
    .describe('Number of people with Claude who acknowledged it; null: cannot be read'),
  needed: z
    .number()
    .int()
    .nullable()
    .describe('Number of acknowledgments needed to reach the client’s target share; null: cannot be read'),
  target: z.number().describe('Share the charter requires; 1 if it does not say'),
  enough: z.boolean().nullable().describe('null: cannot be read'),
  membersOn: dayText.nullable().describe('Day of the members file; null: none is in use'),
  distribution: z
    .object({
      of: z.number().int().describe('Staff in the roster without Claude'),
      reached: z.number().int().describe('People who received or acknowledged the version'),
    })
    .nullable()
    .describe('null: cannot be read'),
};

export const coverageSummary = z.object(coverageHead);

export const coverageList = z.object({
  ...coverageHead,
  items: z.array(
    z.object({
      address: z.string(),
      name: z.string(),
      state: z.enum(['acknowledged', 'missing']),
      label: z.string().nullable().describe('Version they read; null: none with this number'),
      at: instant.nullable().describe('When they acknowledged it; null: they have not'),
      asked: z
        .object({
          times: z.number().int(),
          lastAt: instant,
          failure: z
            .string()
            .nullable()
            .describe('Why the last one was not sent; null: it was, or the outcome is not known'),
        })
        .nullable()
        .describe('Emails that asked for it; null: none'),
      left: z
        .boolean()
        .describe(
          'Whether the person has left, according to the roster or an offboarding, but still has a seat',
        ),
      next: dayText.nullable().describe('Date of the next reminder; null: none'),
    }),
  ),
  nextCursor,
  total: z.number().int(),
});

const scheduleHead = {
  on: z.boolean(),
  firstAfter: z.number().int().min(0).max(90).describe('Days after the first day of a version'),
  every: z.number().int().min(1).max(90).describe('Days between two reminders'),
  most: z.number().int().min(1).max(12).describe('Maximum number of emails per person about one version'),
};

/** Fields of the settings for when people are reminded. */
export const scheduleParts = {
  ...scheduleHead,
  daysOff: z
    .array(day)
    .max(60)
    .describe('Days without reminders, in addition to weekends and federal holidays'),
};

export const scheduleShown = z.object({
  ...scheduleHead,
  daysOff: z.array(dayText),
  version: z.number().int().describe('0: nothing set'),
  changed: z.object({ by: z.string(), at: instant }).nullable().describe('null: never changed'),
});

export const deliveryList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      address: z.string(),
      label: z.string(),
      at: instant,
      why: z.enum(['request', 'schedule']),
      by: z.string(),
      state: z
        .enum(['sending', 'sent', 'failed', 'unknown'])
        .describe(
          'sent: the mail server accepted it; unknown: the connection was lost and it may have arrived',
        ),
      failure: z
        .string()
        .nullable()
        .describe('Why it was not sent; null: it was, or the outcome is not known'),
    }),
  ),
  nextCursor,
  total: z.number().int(),
});
