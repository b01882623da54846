import { z } from 'zod';
import { WORK_KINDS, WORK_WHEN } from '#domain/work/items.ts';
import { clientParam } from '../operation.ts';
import { ownerShown } from '../owners/schemas.ts';
import { dayText } from '../shared/control-parts.ts';

const when = z.enum(WORK_WHEN);

export const workItemSchema = z.object({
  client: clientParam,
  name: z.string().describe('Name of the client'),
  key: z.string().describe('Stays the same as long as it is the same piece of work'),
  kind: z.enum(WORK_KINDS),
  kindName: z.string(),
  title: z.string(),
  why: z.string(),
  due: dayText.nullable().describe('null: no date, but someone has to act'),
  when: when.describe(
    'overdue; soon: within 14 days; waiting: no date, but someone has to act; undated: a finding without a date; later; itself: Bylaw does it',
  ),
  owner: ownerShown,
  role: z
    .string()
    .nullable()
    .describe('Who does such work, in words, if no one is named; null: someone is, or no role is stated'),
  mine: z.boolean(),
  control: z
    .object({ id: z.string(), short: z.string() })
    .nullable()
    .describe('The control it is about; null: none'),
  href: z.string().describe('Address in the console where it is done'),
});

export const workCounts = z.record(when, z.number().int());

/** The audiences of the guide at a client. */
export const audiencesView = z.object({
  asOf: z.string().describe('Month of the guide'),
  audiences: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      sections: z.array(
        z.object({
          number: z.string(),
          title: z.string(),
          about: z.string(),
          guide: z.array(z.string()).describe('Rows of the guide'),
        }),
      ),
      pages: z
        .array(z.object({ label: z.string(), href: z.string() }))
        .describe('Where their work begins, as far as you may open those pages'),
      holder: ownerShown,
      mine: z.boolean(),
      version: z.number().int().describe('0: no one named yet'),
    }),
  ),
  people: z
    .array(z.object({ name: z.string(), email: z.string() }))
    .describe('People with access who can be named; empty if you may not name anyone'),
});
