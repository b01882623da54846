import { z } from 'zod';
import { CONTENT_GONE } from '#store/activity/content-files.ts';
import { instant } from '../../operation.ts';
import { OPENING_STATES } from '../text/schemas.ts';

/** What a file may hold at most: an export of a whole organization. Bytes. */
export const MAX_CONTENT_FILE = 8 * 1024 ** 3;
/** The last day lies no further ahead than this. */
export const MAX_CONTENT_DAYS = 90;

export const contentFile = z.object({
  id: z.string(),
  incident: z.object({ id: z.string(), code: z.string(), title: z.string() }),
  name: z.string(),
  bytes: z.number().int(),
  sha256: z.string().describe('Of the file as it was attached'),
  until: z.string().describe('Last day, in the client’s zone; it is destroyed when that is over'),
  added: z.object({ by: z.string(), at: instant }),
  gone: z
    .object({ by: z.string(), at: instant, why: z.enum(CONTENT_GONE) })
    .nullable()
    .describe('null: it is kept'),
  opening: z
    .object({
      id: z.string(),
      state: z.enum(OPENING_STATES),
      agreed: z.number().int(),
      needed: z.number().int(),
    })
    .nullable()
    .describe('What the signed-in person asked last, while it counts'),
  canOpen: z.boolean().describe('The role of the signed-in person includes asking to open it'),
});
