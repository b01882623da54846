import { z } from 'zod';
import { instant } from '../operation.ts';

/** What a person writes to name an owner. */
export const ownerText = z
  .string()
  .trim()
  .max(300)
  .nullable()
  .describe(
    'Email address or full name of someone who has access, or any other person as Mara Ellingsworth <mara@example.org>; null or empty: no one',
  );

/** What is shown of an owner. */
export const ownerShown = z
  .object({
    name: z.string(),
    mail: z.string().nullable().describe('null: recorded by name only'),
    user: z.string().nullable().describe('Id of the person in Bylaw; null: they cannot sign in'),
    access: z
      .boolean()
      .nullable()
      .describe('Whether that person still has access to the client; null: not a user'),
  })
  .nullable()
  .describe('null: no one');

/** The newest reminder that someone sent of a piece of work. */
export const remindedSchema = z
  .object({ to: z.string().describe('Name of the person'), by: z.string(), at: instant })
  .nullable()
  .describe('Newest reminder that someone sent; null: none');

/** Who does a piece of work and by when. */
export const assignmentSchema = z.object({
  owner: ownerShown,
  due: z.string().nullable().describe('Day in the client’s zone, YYYY-MM-DD; null: no day was set'),
  version: z.number().int().describe('0: nothing set yet'),
  changed: z.object({ by: z.string(), at: instant }).nullable().describe('null: nothing set yet'),
});
