import { z } from 'zod';
import { instant } from '../../operation.ts';

/** Clouds of Microsoft in which associations of the United States have their tenants. */
export const signInCloud = z.enum(['global', 'us_government']);
export type SignInCloud = z.infer<typeof signInCloud>;

const id = (what: string) =>
  z
    .string()
    .trim()
    .regex(
      /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/u,
      'Write the id as Entra shows it, such as 1b4e28ba-2fa1-11d2-883f-0016d3cca427.',
    )
    .toLowerCase()
    .describe(what);

export const signInParts = {
  version: z.number().int().min(0).describe('Version that was shown; 0: there is none'),
  cloud: signInCloud.default('global'),
  tenant: id('Directory (tenant) ID'),
  application: id('Application (client) ID'),
  secret: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .nullable()
    .optional()
    .describe('null: a public client without a secret; left out: the stored secret is kept'),
};

export const signInShown = z.object({
  redirectUri: z.string().describe('Redirect address to register for the application, type Web'),
  application: z
    .object({
      cloud: signInCloud,
      tenant: z.string(),
      id: z.string(),
      hasSecret: z.boolean().describe('Whether a secret is stored; the secret itself is never returned'),
      by: z.string(),
      at: instant,
    })
    .nullable()
    .describe('null: staff identify themselves by email only'),
  version: z.number().int(),
});
