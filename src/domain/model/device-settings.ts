import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);

export const DEVICE_PLATFORMS = ['windows', 'macos', 'linux'] as const;

/** What of a charter a setting on a device can make true, or cannot. */
export const DEVICE_CLAUSES = [
  'org_lock',
  'desktop_updates',
  'desktop_extensions',
  'local_mcp',
  'tools_of_custom_servers',
  'cowork',
  'cowork_cloud',
  'automatic_approval',
  'always_allow',
  'content_capture',
  'chat_retention',
  'telemetry',
  'claude_in_chrome',
  'connector_actions',
  'foreign_organizations',
] as const;
export type DeviceClause = (typeof DEVICE_CLAUSES)[number];

/**
 * What a charter answers to a clause. `some`: it lists some, so the setting stays open and the list decides elsewhere;
 * null stands for a charter that does not speak of it.
 */
export const CLAUSE_ANSWERS = ['yes', 'no', 'some'] as const;
export type ClauseAnswer = (typeof CLAUSE_ANSWERS)[number];

/** What is worked out for the client instead of standing in the catalogue. */
export const COMPUTED_VALUES = [
  'organization',
  'server_urls',
  'denied_tools',
  'asked_tools',
  'retention_days',
  'telemetry_endpoint',
  'telemetry_headers',
  'telemetry_details',
  'update_hours',
] as const;

const literal = z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]);
const settingValue = z.union([literal, z.strictObject({ from: z.enum(COMPUTED_VALUES) })]);
export type SettingValue = z.infer<typeof settingValue>;

/**
 * When a setting that is there is not the control that it seems to be.
 * `always`, `without` whatever its value · `true`, `false` with that value · `empty` an empty list · `plain_http` an address without TLS · `secret` a password or token in clear · `server_name` entries that
 * go by a name that anyone may give.
 */
export const WEAK_WHEN = [
  'always',
  'true',
  'false',
  'empty',
  'without',
  'plain_http',
  'secret',
  'server_name',
] as const;

const weakness = z.strictObject({
  when: z.enum(WEAK_WHEN),
  /** The key that makes it one: with it beside, nothing is said. Needed for `without`. */
  other: text.optional(),
  /** fault: it does not do what it looks like · weak: it can be got round · note: worth knowing. */
  level: z.enum(['fault', 'weak', 'note']),
  says: text,
  do: text,
});
export type Weakness = z.infer<typeof weakness>;

export const SETTING_TYPES = [
  'boolean',
  'integer',
  'string',
  'choice',
  'string_list',
  'string_or_list',
  'object',
  'object_list',
] as const;

/** One setting that a vendor documents. `permissions.` and `env.` before a name say in which object it stands. */
export const deviceKeySchema = z.strictObject({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_$.]*$/, 'is not the name of a setting'),
  label: text,
  type: z.enum(SETTING_TYPES),
  choices: z.array(text).optional(),
  min: z.number().int().optional(),
  max: z.number().int().optional(),
  /** What holds where the setting is not there; left out: not documented. */
  otherwise: text.optional(),
  platforms: z.array(z.enum(DEVICE_PLATFORMS)).min(1).optional(),
  /** third_party: only where the app runs on another provider's models, never with a Claude organization. */
  deployment: z.enum(['first_party', 'third_party', 'both']).default('both'),
  /** It counts only in settings that an administrator delivers, never in a person's own file. */
  managedOnly: z.boolean().default(false),
  says: text,
  /** Names that it had before. */
  retired: z.array(z.strictObject({ name: text, since: day.optional(), says: text })).default([]),
  /** Which clause of the charter it makes true, and the value for each answer; an answer left out sets nothing. */
  set: z
    .strictObject({
      clause: z.enum(DEVICE_CLAUSES),
      values: z.strictObject({
        yes: settingValue.optional(),
        no: settingValue.optional(),
        some: settingValue.optional(),
      }),
      why: text,
      /** It holds only where the charter answers another clause so; `otherwise` says why not, where it does not. */
      onlyWith: z
        .strictObject({ clause: z.enum(DEVICE_CLAUSES), answer: z.enum(CLAUSE_ANSWERS), otherwise: text })
        .optional(),
    })
    .optional(),
  weak: z.array(weakness).default([]),
  sources: z.array(sourceSchema).min(1),
});
export type DeviceKey = z.infer<typeof deviceKeySchema>;

export const DEVICE_FORMATS = ['reg', 'intune', 'mobileconfig', 'settings_json', 'mcp_json'] as const;
export type DeviceFormat = (typeof DEVICE_FORMATS)[number];

const deviceFileSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z_]*$/),
  title: text,
  format: z.enum(DEVICE_FORMATS),
  platforms: z.array(z.enum(DEVICE_PLATFORMS)).min(1),
  name: z.string().regex(/^[a-z0-9.-]+$/),
  /** Where it belongs on a device. */
  places: z.array(text).min(1),
  steps: z.array(text).min(1),
  sources: z.array(sourceSchema).min(1),
});
export type DeviceFile = z.infer<typeof deviceFileSchema>;

/** A clause that no setting of the product makes true, and who or what does instead. */
const beyondSchema = z.strictObject({
  clause: z.enum(DEVICE_CLAUSES),
  /** Said only where the charter answers so; left out: whatever it answers. */
  when: z.array(z.enum(CLAUSE_ANSWERS)).optional(),
  /** claude: an Owner sets it in Claude's console · network: a gateway or browser policy · policy: nothing but the policy. */
  by: z.enum(['claude', 'network', 'policy']),
  says: text,
  where: text.optional(),
  sources: z.array(sourceSchema).default([]),
});

/** Settings of one product that devices can be given: what there is, what of a charter it makes true, and what not. */
export const deviceProductSchema = z.strictObject({
  id: z.enum(['claude_desktop', 'claude_code']),
  title: text,
  /** What the settings bind, and what they do not. */
  binds: text,
  asOf: day,
  keys: z.array(deviceKeySchema).min(1),
  /** Further settings that the vendor documents and that decide nothing about governance. */
  known: z.array(text).default([]),
  beyond: z.array(beyondSchema).default([]),
  files: z.array(deviceFileSchema).min(1),
});
export type DeviceProduct = z.infer<typeof deviceProductSchema>;
