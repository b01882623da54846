import { z } from 'zod';
import { asciiDomain } from '../text/domain-name.ts';
import { day } from './day-schema.ts';

export const CLAUDE_PLANS = ['free_pro', 'team', 'enterprise'] as const;
export type ClaudePlan = (typeof CLAUDE_PLANS)[number];

export const M365_TIERS = ['business_basic_standard', 'business_premium', 'e3', 'e5'] as const;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of the form HH:MM');

/** A product or add-on, by name or SKU part number. */
const product = z.string().trim().min(1).max(200);

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .overwrite(asciiDomain)
  .regex(
    /^(?=.{3,253}$)([a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/,
    'is not a domain name, for example yourorg.org',
  );

/** Ways to write "none", and placeholders for "not known yet". */
const NONE: ReadonlySet<string> = new Set(['no', 'off', 'nothing', 'n/a', 'na', 'not applicable', '-', '--']);
const NOT_KNOWN: ReadonlySet<string> = new Set([
  'tbd',
  'tba',
  'tbc',
  'unknown',
  'undecided',
  '?',
  'yes',
  'xxx',
]);

function nameOrNone(text: string): string {
  return NONE.has(text) ? 'none' : NOT_KNOWN.has(text) ? '' : text;
}

/** Name of a product; "none" if there is none, and empty if nothing is stated. */
const named = z.string().trim().toLowerCase().max(100).overwrite(nameOrNone);

/** "yes" says that there is one, but not which, so the field is not empty. */
const writtenName = (example: string) =>
  z
    .string()
    .trim()
    .toLowerCase()
    .max(100)
    .refine((text) => !/^(?:yes|true|on)$/.test(text), {
      error: `must be the name of the product, for example ${example}`,
    })
    .overwrite(nameOrNone);

const ZONES: ReadonlySet<string> = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);

/** Creating a formatter takes longer than validating the rest of a profile, so it is used only for old zone names. */
function knownZone(zone: string): boolean {
  if (ZONES.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Zones with a fixed UTC offset, and what people who write them mean. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ['est', 'America/New_York, or America/Panama where clocks stay the same all year'],
  ['mst', 'America/Denver, or America/Phoenix where clocks stay the same all year'],
]);

function isFixed(zone: string): boolean {
  return FIXED.has(zone.toLowerCase()) || /^(?:etc\/gmt)?[+-](?!0*:?0*$)/i.test(zone);
}

/** What a client is and has bought. Written by hand as YAML or JSON; unknown keys are rejected by name. */
export const profileSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** The first one is the primary domain. */
  domains: z.array(domain).min(1).max(500).describe('Email domains; the first is the primary one'),
  claudePlan: z.enum(CLAUDE_PLANS),
  claudeSeats: z.number().int().min(0).optional(),
  /** One of the guide's four columns, or the client's SKU part numbers. */
  m365: z.union([z.enum(M365_TIERS), z.array(product).max(300)]).optional(),
  /** Add-ons by Bylaw's name or SKU part number; unknown ones are kept and shown, never guessed. */
  addOns: z.array(product).max(300).default([]),
  /** Secure web gateway, for example zscaler, netskope, cloudflare; none if there is none. */
  swg: named.nullable().describe('Secure web gateway; null: there is none; left out: not stated').optional(),
  siem: named
    .nullable()
    .describe('System that collects security events; null: there is none; left out: not stated')
    .optional(),
  /** If there is no SIEM: whether one is planned, and why or why not. */
  siemLater: z
    .strictObject({
      is: z.enum(['planned', 'declined']),
      reason: z.string().trim().min(3).max(500),
      /** Day for which it is planned. */
      from: day.optional(),
    })
    .optional(),
  /** Device management, for example intune, jamf, workspace one; none if there is none. */
  deviceManagement: named
    .nullable()
    .describe('Device management; null: there is none; left out: not stated')
    .optional(),
  staffCount: z.number().int().min(0).optional(),
  timezone: z
    .string()
    .max(100)
    .refine(knownZone, 'is not a time zone name, for example America/New_York')
    .default('UTC'),
  holidays: z.array(day).max(1000).default([]),
  normalHours: z
    .strictObject({
      start: clock,
      end: clock,
      days: z.array(z.enum(WEEKDAYS)).min(1).max(7).default(['mon', 'tue', 'wed', 'thu', 'fri']),
    })
    .optional(),
  asOf: day.optional(),
});
export type Profile = z.infer<typeof profileSchema>;

/** A profile as written. A zone without daylight saving would shift half of a year's events by an hour. */
export const writtenProfileSchema = profileSchema.extend({
  timezone: profileSchema.shape.timezone
    .unwrap()
    .refine((zone) => !isFixed(zone), {
      error: ({ input }) =>
        `is an hour off in summer; write ${FIXED.get(String(input).toLowerCase()) ?? 'a place, for example America/New_York'}`,
    })
    .default('UTC'),
  swg: writtenName('zscaler').nullable().optional(),
  siem: writtenName('sentinel').nullable().optional(),
  deviceManagement: writtenName('intune').nullable().optional(),
});
// Guide: G2.2-03
