import { z } from 'zod';
import { dayText } from '../shared/control-parts.ts';

const n = z.number().int();

export const flowsSchema = z.object({
  activity: z.boolean().describe('Whether you may see calls'),
  period: z
    .object({ from: dayText, to: dayText })
    .nullable()
    .describe('Days the calls cover; null: no source reported any, which does not mean that there were none'),
  people: z
    .object({
      reading: n.describe('Number of people whose calls only read'),
      more: n.describe('Number of people with a call that wrote, administered, or has an unknown effect'),
    })
    .nullable()
    .describe('null: no source reported calls, or you may not see them'),
  departments: z
    .array(
      z.object({
        name: z.string().nullable().describe('null: the roster names no department for them'),
        people: n.describe('Number of people with a call'),
        more: n.describe('Of these, people whose calls did more than read'),
        systems: z.array(z.object({ name: z.string(), people: n })),
      }),
    )
    .nullable()
    .describe('The same people by department; null: no roster names a department, or you may not see people'),
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
        wider: n.describe('Number of actions set wider than the charter approves'),
        calls: z
          .object({
            read: n,
            write: n,
            admin: n,
            unknown: n.describe('Number of calls whose effect is unknown'),
            failed: n,
            refused: n,
            people: n.describe('Number of people with a call'),
          })
          .nullable()
          .describe('null: no source reported a call to it'),
      }),
    )
    .describe('Busiest first, then those that are only set up'),
  observedOn: dayText.nullable().describe('Date of the newest permissions reading; null: none is current'),
});
