import { z } from 'zod';
import { listOf } from '../operation.ts';
import { dayText } from '../shared/control-parts.ts';

const read = z.object({
  on: dayText.nullable(),
  why: z.string().nullable().describe('Why no list counts; null: one does'),
  howToGet: z.string().nullable(),
});

const opens = z.object({
  what: z.enum(['every_connector', 'connector', 'tool']),
  id: z.string().nullable().describe('As the vendor names it; null: every one, or not told'),
  action: z.string().describe('use, always_allow and others, as the vendor names them'),
});

export const groupsSchema = listOf(
  z.object({
    id: z.string(),
    name: z.string().nullable(),
    fromDirectory: z.boolean().nullable().describe('null: not reported'),
    members: z.number().int().nullable().describe('null: the source does not tell who is in it'),
    roles: z
      .array(
        z.object({
          id: z.string(),
          name: z.string().nullable(),
          opens: z.array(opens).nullable().describe('null: what the role may do is not told'),
        }),
      )
      .nullable()
      .describe('null: the source does not tell which roles it gives'),
  }),
).extend({
  oneForAll: z
    .boolean()
    .describe('The plan knows no groups: one setting of a connector or action holds for everyone'),
  roles: read,
  groups: read,
});
