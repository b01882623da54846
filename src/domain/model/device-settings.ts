import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);

export const DEVICE_PLATFORMS = ['windows', 'macos', 'linux'] as const;

/** The clauses of a charter that a device setting can, or cannot, implement. */
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
 * The charter's answer to a clause. `some`: it lists some, so the setting stays open and the list is enforced
 * elsewhere; null: the charter does not say.
 */
export const CLAUSE_ANSWERS = ['yes', 'no', 'some'] as const;
export type ClauseAnswer = (typeof CLAUSE_ANSWERS)[number];

/** Computed for the client instead of stated in the catalogue. */
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
 * When an existing setting is not the control that it seems to be. `always`, `without`: whatever its value · `true`,
 * `false`: with that value · `empty`: an empty list · `plain_http`: a URL without TLS · `secret`: a password or token
 * in plain text · `server_name`: entries matched by a name that anyone may use.
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
  /** The key that makes the setting effective: if it is present, there is no finding. Required for `without`. */
  other: text.optional(),
  /** fault: it does not do what it seems to · weak: it can be bypassed · note: worth knowing. */
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

/** A setting documented by its vendor. The prefixes `permissions.` and `env.` name the object that contains it. */
export const deviceKeySchema = z.strictObject({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_$.]*$/, 'is not the name of a setting'),
  label: text,
  type: z.enum(SETTING_TYPES),
  choices: z.array(text).optional(),
  min: z.number().int().optional(),
  max: z.number().int().optional(),
  /** Behavior if the setting is missing; left out: not documented. */
  otherwise: text.optional(),
  platforms: z.array(z.enum(DEVICE_PLATFORMS)).min(1).optional(),
  /** third_party: only if the app runs on another provider's models, never with a Claude organization. */
  deployment: z.enum(['first_party', 'third_party', 'both']).default('both'),
  /** Effective only in settings deployed by an administrator, never in a user's own file. */
  managedOnly: z.boolean().default(false),
  says: text,
  /** Former names. */
  retired: z.array(z.strictObject({ name: text, since: day.optional(), says: text })).default([]),
  /**
   * The clause of the charter that it implements, with the value for each answer; an answer without a value sets
   * nothing.
   */
  set: z
    .strictObject({
      clause: z.enum(DEVICE_CLAUSES),
      values: z.strictObject({
        yes: settingValue.optional(),
        no: settingValue.optional(),
        some: settingValue.optional(),
      }),
      why: text,
      /** Effective only if the charter has these answers to other clauses; `otherwise` says why not. */
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
  /** Where it goes on a device. */
  places: z.array(text).min(1),
  steps: z.array(text).min(1),
  sources: z.array(sourceSchema).min(1),
});
export type DeviceFile = z.infer<typeof deviceFileSchema>;

/** A clause that no setting of the product implements, and who or what does instead. */
const beyondSchema = z.strictObject({
  clause: z.enum(DEVICE_CLAUSES),
  /** Only if the charter has this answer; left out: always. */
  when: z.array(z.enum(CLAUSE_ANSWERS)).optional(),
  /**
   * claude: an Owner sets it in Claude's console · network: a gateway or browser policy · policy: nothing but the
   * policy.
   */
  by: z.enum(['claude', 'network', 'policy']),
  says: text,
  where: text.optional(),
  sources: z.array(sourceSchema).default([]),
});

/**
 * The device settings of one product: which exist, which clauses of a charter they implement, and which they do not.
 */
export const deviceProductSchema = z.strictObject({
  id: z.enum(['claude_desktop', 'claude_code']),
  title: text,
  /** What the settings can and cannot enforce. */
  binds: text,
  asOf: day,
  keys: z.array(deviceKeySchema).min(1),
  /** Further documented settings, which are irrelevant for governance. */
  known: z.array(text).default([]),
  beyond: z.array(beyondSchema).default([]),
  files: z.array(deviceFileSchema).min(1),
});
export type DeviceProduct = z.infer<typeof deviceProductSchema>;
