import { z } from 'zod';
import { CONTENT_GONE } from '#store/activity/content-files.ts';
import { instant } from '../../operation.ts';
import { OPENING_STATES } from '../text/schemas.ts';

/** Maximum size of a file in bytes: an export of a whole organization. */
export const MAX_CONTENT_FILE = 8 * 1024 ** 3;
/** Maximum days until the last day. */
export const MAX_CONTENT_DAYS = 90;

export const contentFile = z.object({
  id: z.string(),
  incident: z.object({ id: z.string(), code: z.string(), title: z.string() }),
  name: z.string(),
  bytes: z.number().int(),
  sha256: z.string().describe('SHA-256 of the file as attached'),
  until: z
    .string()
    .describe('Last day it is kept, in the client’s time zone; it is destroyed after that day'),
  added: z.object({ by: z.string(), at: instant }),
  gone: z
    .object({ by: z.string(), at: instant, why: z.enum(CONTENT_GONE) })
    .nullable()
    .describe('null: it is still kept'),
  opening: z
    .object({
      id: z.string(),
      state: z.enum(OPENING_STATES),
      agreed: z.number().int(),
      needed: z.number().int(),
    })
    .nullable()
    .describe('The signed-in person’s latest request, while it is valid; null: none'),
  canOpen: z.boolean().describe('Whether the signed-in person’s role may request to open it'),
});
