import { z } from 'zod';
import { CLIENT_PERMISSIONS } from '../access/permissions.ts';

const text = z.string().trim().min(1);

const audienceSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  /** Sections of the guide written for this audience, with the topic of each. */
  sections: z
    .array(
      z.strictObject({
        number: text,
        title: text,
        about: text,
        guide: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)).min(1),
      }),
    )
    .min(1),
  /** Pages of a client to begin with, relative to its URL. */
  pages: z
    .array(
      z.strictObject({
        label: text,
        page: z.string().startsWith('/'),
        permission: z.enum(CLIENT_PERMISSIONS),
      }),
    )
    .min(1),
  /** Words for the audience in tasks' owners: such tasks are theirs unless somebody else is named. */
  roles: z.array(text).min(1),
});

/** A group of readers for whom sections of the guide are written. */
export const audiencesSchema = z.strictObject({
  /** Month of the guide that this follows. */
  asOf: z.string().regex(/^\d{4}-\d{2}$/),
  audiences: z.array(audienceSchema).min(1),
});
export type Audiences = z.infer<typeof audiencesSchema>;

/** The audience whose work this is by the guide; null: none of them. */
export function audienceOf({ audiences }: Audiences, role: string | null): string | null {
  if (role === null) return null;
  return audiences.find(({ roles }) => roles.includes(role))?.id ?? null;
}
// Guide: G0-02 G0-03 G0-04 G0-05 G0-06 G0-07 G0-08
