import type { Rules } from '../../ui/fields.ts';
import type { Section } from './sections.ts';
import type { Draft } from './words.ts';

type Charter = Draft['value'];
type Values = Record<string, string | boolean>;

export interface FormField {
  /** Path in the charter, with dots. */
  readonly path: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'lines' | 'number' | 'yesno' | 'choice' | 'day';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly hint?: string;
}

const field = (
  kind: FormField['kind'],
  path: string,
  label: string,
  more: Partial<FormField> = {},
): FormField => ({ kind, path, label, ...more });

const choice = (path: string, label: string, choices: Readonly<Record<string, string>>): FormField => ({
  kind: 'choice',
  path,
  label,
  choices: Object.entries(choices).map(([value, words]) => ({ value, label: words })),
});

/** The form of each part. What it does not show stays as it is in the draft. */
export const FORMS: Readonly<Record<Section, readonly FormField[]>> = {
  people: [
    field('text', 'accountOwner', 'Account owner (email address)'),
    field('lines', 'owners', 'Owners', {
      hint: 'Email addresses of everyone who is meant to be Owner, one on each line',
    }),
    field('lines', 'admins', 'Admins', { hint: 'Email addresses, one on each line' }),
    field('number', 'maxOwners', 'Maximum number of additional Owners'),
    field('lines', 'inviteDomains', 'Domains that may be invited'),
    choice('seatsFor', 'Who gets a seat', { everyone: 'Everyone', on_request: 'On request' }),
    choice('provisioning', 'How people get in', {
      invite: 'By invitation',
      jit: 'On first sign-in',
      scim: 'Directory sync',
    }),
    field('yesno', 'ssoRequired', 'Single sign-on is required'),
    field('text', 'governanceOwner.name', 'Governance owner'),
    field('text', 'governanceOwner.email', 'Governance owner, email address'),
    field('text', 'governanceDeputy.name', 'Deputy governance owner'),
    field('text', 'governanceDeputy.email', 'Deputy governance owner, email address'),
    field('long', 'recoveryPlan', 'How the organization gets back in when an owner is lost'),
    field('lines', 'approvedApiKeys', 'API keys', {
      hint: 'Names or IDs of the keys that should exist',
    }),
    field('yesno', 'contentAccess.allowed', 'Conversations of others may be read'),
    field('lines', 'contentAccess.approvers', 'Who agrees to that'),
    field('lines', 'contentKept.of', 'Text that is kept of what people write', {
      hint: 'messages (with answers) or tool_input, one on each line. Without this no text is kept.',
    }),
    field('lines', 'contentKept.from', 'Text is kept from', {
      hint: 'cowork, claude_code, office_agents or chats (Compliance API), one on each line',
    }),
    field('text', 'contentKept.purpose', 'Text is kept for'),
    field('number', 'contentKept.days', 'Days that each text is kept', { hint: '90 at most' }),
    field('day', 'contentKept.until', 'Last day of which text is kept'),
    field('lines', 'contentKept.approvedBy', 'Who approved that text is kept', {
      hint: 'Two people, one on each line. Text is kept only where the two above say that conversations may be read and who agrees, and the notice to staff names their content.',
    }),
  ],
  limits: [
    field('number', 'usageMinimumDays', 'Days of use required before anyone is compared'),
    field('number', 'usageFactor', 'Usage is reviewed when it exceeds the average this many times'),
    field('number', 'reviewDays.monthly', 'Days between monthly reviews'),
    field('number', 'reviewDays.quarterly', 'Days between quarterly reviews'),
    field('number', 'reviewDays.scopes', 'Days between reviews of scopes'),
    field('number', 'auditRetentionDays', 'Days that audit records are kept'),
    field('number', 'chatRetentionDays', 'Days that chats are kept', { hint: '0: without limit' }),
    field('text', 'telemetry.endpoint', 'Cowork telemetry goes to'),
    field('day', 'telemetry.since', 'Cowork telemetry since'),
  ],
  ams: [
    field('text', 'ams.name', 'Membership system'),
    field('lines', 'ams.methods', 'Ways to it', {
      hint: 'custom_mcp, manual_upload, bedrock or none, one on each line',
    }),
    field('day', 'ams.vendorConsulted.on', 'Vendor consulted on'),
    field('text', 'ams.vendorConsulted.contact', 'Contact at the vendor'),
    field('long', 'ams.vendorConsulted.outcome', 'Outcome'),
    field('text', 'ams.serviceAccount.name', 'Account it uses'),
    field('yesno', 'ams.serviceAccount.readOnly', 'That account can only read'),
    field('yesno', 'ams.serviceAccount.admin', 'That account is an administrator'),
    field('day', 'ams.serviceAccount.reviewed', 'Rights of that account reviewed on'),
    field('yesno', 'ams.privateNetwork', 'It is in a private network'),
    field('day', 'ams.egressAllowlisted', 'Only Claude’s addresses let through since'),
  ],
  devices: [
    field('yesno', 'network.tenantRestriction', 'Other Claude organizations are blocked by a header'),
    field('yesno', 'network.blockClaude', 'Claude is blocked in general'),
    field('text', 'network.allowlistForManagedDevices', 'Who is exempt from the block'),
    field('yesno', 'desktopUpdates.automatic', 'Claude Desktop updates automatically'),
    field('yesno', 'desktopOrgLock', 'Desktop app signs in only to this organization'),
    field('text', 'claudeOrganization', 'Id of the Claude organization', {
      hint: 'Claude: Organization settings > Organization, at the bottom',
    }),
    field('lines', 'desktopExtensions', 'Desktop extensions that may be installed'),
    field('yesno', 'localMcpAllowed', 'MCP servers on own computers are allowed'),
    field('yesno', 'claudeInChromeAllowed', 'Claude in Chrome is allowed'),
    field('yesno', 'cowork.enabled', 'Cowork is on'),
    field('yesno', 'cowork.runInCloud', 'Cowork runs in the cloud'),
    field('yesno', 'cowork.automaticApproval', 'Cowork approves its own steps'),
    field('yesno', 'cowork.alwaysAllow', 'Always allow can be chosen in Cowork'),
  ],
  microsoft: [
    field('text', 'entra.ssoAppId', 'Application id of the Claude sign-in app'),
    field('lines', 'entra.connectorScopes', 'Scopes meant for the connector'),
    field('text', 'entra.consentBy', 'Account chosen to give consent'),
    field('lines', 'entra.emergencyAccess.groups', 'Emergency access groups'),
    field('lines', 'entra.emergencyAccess.users', 'Emergency access accounts'),
  ],
  policy: [
    field('text', 'policy.version', 'Policy version'),
    field('day', 'policy.published', 'Published on'),
    field('text', 'policy.approvedBy', 'Approved by'),
    field('number', 'policy.distributedTo', 'People who received it'),
    field('text', 'policy.contact', 'Contact for questions'),
    field('lines', 'policy.clauses', 'Clauses it contains', {
      hint: 'Ids of the catalogue, one on each line',
    }),
    field('lines', 'policy.noticeCovers', 'What the notice to staff names'),
    field('number', 'policy.targetShare', 'Share of seat holders who must acknowledge it', {
      hint: '1 is everyone',
    }),
    field('day', 'policy.employmentAgreementClause', 'Clause in employment agreements since'),
    field('lines', 'incidentPlan.types', 'Planned incident types'),
    field('lines', 'incidentPlan.contacts', 'Contacts for incidents'),
    field('day', 'incidentPlan.reviewed', 'Incident plan reviewed on'),
    field('yesno', 'offboardingTemplate.includesClaude', 'The offboarding template includes Claude'),
    field('day', 'offboardingTemplate.reviewed', 'Offboarding template reviewed on'),
  ],
  who: [
    field('lines', 'people.same', 'One person', {
      hint: 'Addresses or names of one person on one line, with commas between',
    }),
    field('lines', 'people.different', 'Two people who look alike', {
      hint: 'Two on each line, with a comma between',
    }),
    field('lines', 'people.shared', 'Shared mailboxes'),
    field('lines', 'people.service', 'Service accounts'),
    field('lines', 'people.guests', 'Guests'),
  ],
};

/** Lists whose entries are lists themselves. */
const NESTED: ReadonlySet<string> = new Set(['people.same', 'people.different']);

function at(charter: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      charter,
    );
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the form shows of a charter. */
export function valuesOf(form: readonly FormField[], charter: Charter): Values {
  return Object.fromEntries(
    form.flatMap(({ path, kind }): [string, string | boolean][] => {
      const value = at(charter, path);
      if (kind === 'lines') {
        const list = Array.isArray(value) ? value : [];
        const lines = list.map((one: unknown) => (Array.isArray(one) ? one.join(', ') : String(one)));
        return [
          [path, lines.join('\n')],
          [`${path}#none`, Array.isArray(value) && value.length === 0],
        ];
      }
      if (kind === 'yesno') return [[path, value === undefined ? '' : value === true ? 'yes' : 'no']];
      return [[path, value === undefined ? '' : String(value)]];
    }),
  );
}

export function rulesOf(form: readonly FormField[]): Rules<Values> {
  return Object.fromEntries(
    form.flatMap(({ path, kind }) =>
      kind === 'number'
        ? [
            [
              path,
              (value: string | boolean) =>
                value === '' || /^\d+(\.\d+)?$/.test(String(value).trim()) ? null : 'This is a number.',
            ] as const,
          ]
        : [],
    ),
  );
}

type Parts = NonNullable<
  Parameters<typeof import('../../api.ts')['client']['charter']['draft']['edit']>[0]['parts']
>;

/** The parts of the charter as the form says; a group of which nothing is stated is taken away. */
export function partsOf(form: readonly FormField[], values: Values, charter: Charter): Parts {
  const before = valuesOf(form, charter);
  const touched = form.filter(
    ({ path }) => values[path] !== before[path] || values[`${path}#none`] !== before[`${path}#none`],
  );
  const tops = [...new Set(touched.map(({ path }) => path.split('.')[0] ?? ''))];
  const parts = tops.map((top) => {
    const fields = form.filter(({ path }) => path.split('.')[0] === top);
    let whole: unknown = structuredClone(at(charter, top));
    for (const one of fields) {
      const rest = one.path.split('.').slice(1);
      const value = read(one, values);
      whole = rest.length === 0 ? value : put(isGroup(whole) ? whole : {}, rest, value);
    }
    const empty = whole === undefined || (isGroup(whole) && Object.keys(whole).length === 0);
    return [top, empty ? null : whole] as const;
  });
  // The server checks what the form cannot know.
  return Object.fromEntries(parts) as Parts;
}

function read({ path, kind }: FormField, values: Values): unknown {
  if (kind === 'lines' && values[`${path}#none`] === true) return [];
  const text = String(values[path] ?? '').trim();
  if (text === '') return undefined;
  switch (kind) {
    case 'lines': {
      const lines = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      return NESTED.has(path) ? lines.map((line) => line.split(',').map((one) => one.trim())) : lines;
    }
    case 'number':
      return Number(text);
    case 'yesno':
      return text === 'yes';
    default:
      return text;
  }
}

function put(group: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown) {
  const made = { ...group };
  const old = group[key];
  const next = rest.length === 0 ? value : put(isGroup(old) ? old : {}, rest, value);
  if (next === undefined || (rest.length > 0 && isGroup(next) && Object.keys(next).length === 0))
    delete made[key];
  else made[key] = next;
  return made;
}
