import { z } from 'zod';
import { listOf } from '../operation.ts';
import { dayText } from '../shared/control-parts.ts';

const read = z.object({
  on: dayText.nullable().describe('Day of the reading; null: none is in use'),
  why: z.string().nullable().describe('Why no list is in use; null: one is'),
  howToGet: z.string().nullable().describe('How to get one; null: one is in use'),
});

const opens = z.object({
  what: z.enum(['every_connector', 'connector', 'tool']),
  id: z.string().nullable().describe('Name used by the vendor; null: all, or not reported'),
  action: z.string().describe('use, always_allow and others, as named by the vendor'),
});

export const groupsSchema = listOf(
  z.object({
    id: z.string(),
    name: z.string().nullable().describe('null: not reported'),
    fromDirectory: z.boolean().nullable().describe('null: not reported'),
    members: z.number().int().nullable().describe('null: the source does not report who is in it'),
    roles: z
      .array(
        z.object({
          id: z.string(),
          name: z.string().nullable().describe('null: not reported'),
          opens: z.array(opens).nullable().describe('null: what the role may do is not reported'),
        }),
      )
      .nullable()
      .describe('null: the source does not report which roles it grants'),
  }),
).extend({
  oneForAll: z
    .boolean()
    .describe(
      'Whether the plan has no groups, so that one setting of a connector or action applies to everyone',
    ),
  roles: read,
  groups: read,
});
