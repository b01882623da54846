import { z } from 'zod';
import { day } from './day-schema.ts';
import { controlId, guideRow, sourceSchema, text } from './entry-fields.ts';

/** Ids of the Conditional Access policies that the guide asks for. */
export const ACCESS_TEMPLATES = ['mfa', 'compliant_device', 'session_control', 'sign_in_risk'] as const;
export type AccessTemplateId = (typeof ACCESS_TEMPLATES)[number];

const accessTemplateSchema = z.strictObject({
  id: z.enum(ACCESS_TEMPLATES),
  /** Display name in Entra, where the client chooses none. */
  name: text,
  title: text,
  /** What it does, in one sentence. */
  means: text,
  /** What the evaluator holds policies to, all of it. */
  requirement: z
    .array(z.enum(['mfa', 'compliant_device', 'session_control', 'risk_medium', 'risk_high']))
    .min(1),
  control: controlId,
  /** Capabilities that must all be licensed. */
  needs: z.array(text).min(1),
  /** all: the sign-in application and the connector's; sign_in: only the former. */
  apps: z.enum(['all', 'sign_in']),
  clientAppTypes: z.array(z.enum(['all', 'browser', 'mobileAppsAndDesktopClients'])).min(1),
  signInRiskLevels: z.array(z.enum(['low', 'medium', 'high'])).default([]),
  grant: z
    .strictObject({
      operator: z.enum(['AND', 'OR']),
      builtInControls: z.array(z.enum(['mfa', 'compliantDevice', 'block'])).min(1),
    })
    .optional(),
  session: z
    .strictObject({
      cloudAppSecurity: z.enum(['mcasConfigured', 'monitorOnly', 'blockDownloads']).optional(),
      signInFrequency: z.literal('everyTime').optional(),
    })
    .optional(),
  /** What differs while it only reports. */
  reportOnly: z
    .strictObject({ excludePlatforms: z.array(z.enum(['macOS', 'iOS', 'android'])).min(1), why: text })
    .optional(),
  /** Staff have to be told before it is enabled. */
  announced: z.boolean().default(false),
  /** Control that has to pass before it is enabled for everybody. */
  tested: z
    .string()
    .regex(/^CLA-[A-Z0-9]+-\d{2}$/)
    .optional(),
  /** Control that says whether the legacy policy in whose place it stands is still on. */
  replaces: z
    .string()
    .regex(/^CLA-[A-Z0-9]+-\d{2}$/)
    .optional(),
  /** It leaves out the connector's location, which it would break. */
  leavesOutLocation: z.boolean().default(false),
  /** What has to be entered by hand in another portal that no interface reaches, step by step. */
  sheet: z.array(z.strictObject({ where: text, choose: z.array(text).min(1) })).default([]),
  guideRows: z.array(guideRow),
  /** What it does not do, each a whole sentence or two. */
  limits: z.array(text),
});
export type AccessTemplate = z.infer<typeof accessTemplateSchema>;

export const conditionalAccessSchema = z.strictObject({
  asOf: day,
  /** Days for which a policy only reports before it is enabled. */
  reportOnlyDays: z.number().int().min(1),
  /** The connector's own range as a named location. */
  location: z.strictObject({ name: text, ranges: z.array(text).min(1), why: text }),
  policies: z.array(accessTemplateSchema).length(ACCESS_TEMPLATES.length),
  sources: z.array(sourceSchema).min(1),
});
export type ConditionalAccess = z.infer<typeof conditionalAccessSchema>;
