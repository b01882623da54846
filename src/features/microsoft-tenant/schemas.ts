import { z } from 'zod';
import { AGENT_LOOKS } from '#domain/microsoft/agent-looks.ts';

/** When something was read, or why not. */
export const read = z.object({
  on: z.string().nullable().describe('Date of the oldest reading used; null: not read'),
  why: z.string().nullable().describe('Why it cannot be read; null: it was read'),
  howToGet: z.string().nullable().describe('How to make it readable; null: it was read'),
});
const used = z.array(z.object({ feature: z.string().describe('In Microsoft’s words'), people: z.number() }));

/** Devices that Intune manages. */
export const devices = z.object({
  read,
  total: z.number().int(),
  compliant: z.number().int(),
  notCompliant: z.number().int().describe('Number that are not compliant, including those in a grace period'),
  unknown: z.number().int().describe('Number without a current result from Intune'),
  seats: z
    .number()
    .int()
    .nullable()
    .describe('Number of people with a Claude seat; null: the members were not read'),
  ready: z
    .number()
    .int()
    .describe('Of these, people with at least one device whose devices are all compliant'),
  notReady: z.array(
    z.object({
      email: z.string(),
      is: z.enum(['none', 'not_compliant', 'unknown']),
      devices: z.number().int(),
    }),
  ),
});

/** Compliance policies of Intune. */
export const policies = z.object({
  read,
  list: z.array(
    z.object({
      name: z.string(),
      platform: z
        .string()
        .nullable()
        .describe('Platform, as named by the type in Microsoft Graph; null: the type names none'),
      changedAt: z.string().nullable().describe('null: not reported'),
    }),
  ),
});

/** Enterprise applications that name Claude. */
export const apps = z.object({
  read,
  list: z.array(
    z.object({
      appId: z.string(),
      name: z.string(),
      is: z
        .enum(['connector', 'sign_in', 'named', 'disguised'])
        .describe('named, disguised: it has Claude’s name, but its id is not known'),
      publisher: z.string().nullable().describe('null: Microsoft states none'),
      enabled: z.boolean().nullable().describe('Whether people can sign in to it; null: not reported'),
      createdAt: z.string().nullable().describe('null: not reported'),
      path: z
        .enum(['consent', 'gallery', 'custom', 'agent'])
        .nullable()
        .describe('null: cannot be determined'),
    }),
  ),
});

/** Agents of the catalog that are about Claude. */
export const agents = z.object({
  read,
  total: z.number().int().describe('Agents and apps in the catalog of Microsoft Agent 365'),
  list: z
    .array(
      z.object({
        id: z.string(),
        appId: z
          .string()
          .nullable()
          .describe('Id of the Entra application that it states; null: it states none'),
        name: z.string(),
        is: z
          .enum(AGENT_LOOKS)
          .describe(
            'Why it is considered to be about Claude; application: by its Entra application; misspelled: a name or publisher one letter off',
          ),
        publisher: z.string().nullable().describe('null: Microsoft states none'),
        closed: z.boolean().describe('Whether it is blocked, or available to no one'),
      }),
    )
    .describe('Entries about Claude'),
});

/** Sign-ins by programs on people’s behalf. */
export const background = z.object({
  read,
  total: z.number().int().describe('Sign-ins by programs on people’s behalf in the last 30 days'),
  refused: z.array(
    z.object({
      code: z.number().int().describe('Entra’s error code'),
      sources: z.enum(['connector', 'elsewhere']).describe('connector: from its servers’ addresses'),
      count: z.number().int(),
      last: z.string(),
    }),
  ),
});

/** What Identity Protection reports. */
export const risk = z.object({
  users: z.object({
    read,
    list: z.array(
      z.object({
        who: z.string(),
        level: z.string().nullable().describe('In Microsoft’s words; null: not reported'),
        state: z.string().nullable().describe('In Microsoft’s words; null: not reported'),
        updatedAt: z.string().nullable().describe('null: not reported'),
        seat: z
          .boolean()
          .nullable()
          .describe('Whether the person has a Claude seat; null: the members were not read'),
      }),
    ),
  }),
  detections: z.object({
    read,
    list: z.array(
      z.object({
        type: z.string().describe('In Microsoft’s words'),
        count: z.number().int(),
        seats: z
          .number()
          .int()
          .nullable()
          .describe('How many of them are about people with a Claude seat; null: the members were not read'),
        last: z.string(),
        outcomes: z.array(z.string()).describe('Outcome, in Microsoft’s words'),
      }),
    ),
  }),
});

/** Licenses of Entra ID P1 and P2, and how many people used what requires them. */
export const premium = z.object({
  read,
  p1Owned: z
    .number()
    .nullable()
    .describe('Number of licenses; null: the figures were not read, or do not say'),
  p2Owned: z
    .number()
    .nullable()
    .describe('Number of licenses; null: the figures were not read, or do not say'),
  p1Used: used,
  p2Used: used,
});

/** Licenses of the people with a seat. */
export const licensed = z.object({
  read,
  seats: z
    .number()
    .int()
    .nullable()
    .describe('Number of people with a seat; null: the members were not read'),
  plans: z.array(
    z.object({
      capability: z.string(),
      title: z.string(),
      have: z.number().int().describe('Of these, people whose account has a license with it turned on'),
      lack: z.array(z.string()),
      unknown: z.array(z.string()).describe('People without a matching account, or with unknown licenses'),
    }),
  ),
});

/** Domains of the tenant. */
export const domains = z.object({
  read,
  list: z.array(
    z.object({
      name: z.string(),
      verified: z.boolean().nullable().describe('null: not reported'),
      isDefault: z
        .boolean()
        .nullable()
        .describe('Whether it is the tenant’s default domain; null: not reported'),
      authentication: z
        .string()
        .nullable()
        .describe('Managed or Federated, in Microsoft’s words; null: not reported'),
    }),
  ),
});
