import { z } from 'zod';
import { dayText } from '../shared/control-parts.ts';

const n = z.number().int();

export const flowsSchema = z.object({
  activity: z.boolean().describe('Whether calls are yours to see'),
  period: z
    .object({ from: dayText, to: dayText })
    .nullable()
    .describe('Days of the calls; null: no source reported one, which is not the same as none'),
  people: z
    .object({
      reading: n.describe('People whose calls only read'),
      more: n.describe('People with a call that wrote, administered, or whose effect no one knows'),
    })
    .nullable(),
  departments: z
    .array(
      z.object({
        name: z.string().nullable().describe('null: the roster names no department of them'),
        people: n.describe('People with a call'),
        more: n.describe('Of them, people whose calls did more than read'),
        systems: z.array(z.object({ name: z.string(), people: n })),
      }),
    )
    .nullable()
    .describe('Of the same people; null: no roster names a department, or people are not yours to see'),
  systems: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        approved: z
          .boolean()
          .nullable()
          .describe('Whether the charter approves it; null: there is no charter'),
        enabled: z
          .boolean()
          .nullable()
          .describe('According to the connectors table; null: the table does not show it'),
        wider: n.describe('Actions set wider than the charter approves'),
        calls: z
          .object({
            read: n,
            write: n,
            admin: n,
            unknown: n.describe('Calls of which no one knows what they do'),
            failed: n,
            refused: n,
            people: n.describe('People with a call'),
          })
          .nullable()
          .describe('null: no source reported a call of it'),
      }),
    )
    .describe('The busiest first, then those that are only set up'),
  observedOn: dayText.nullable().describe('Day of the newest reading of permissions; null: none is current'),
});
