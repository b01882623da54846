import { NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { needed, type Rules, type useFields } from '../../ui/fields.ts';
import { Columns } from '../../ui/layout.tsx';

/** The values of the client form, as text. Empty means not known. */
export interface ClientValues extends Record<string, string> {
  name: string;
  domains: string;
  claudePlan: string;
  claudeSeats: string;
  m365: string;
  staffCount: string;
  timezone: string;
  swg: string;
  siem: string;
  /** '', 'planned' or 'declined'; used only if there is no SIEM. */
  siemLater: string;
  siemLaterFrom: string;
  siemLaterReason: string;
  deviceManagement: string;
}

export const CLAUDE_PLAN_CHOICES = [
  { value: 'team', label: 'Team' },
  { value: 'enterprise', label: 'Enterprise' },
  { value: 'free_pro', label: 'Personal plans only (Free, Pro, Max)' },
] as const;

export const M365_CHOICES = [
  { value: '', label: 'Not known yet' },
  { value: 'business_basic_standard', label: 'Business Basic or Standard' },
  { value: 'business_premium', label: 'Business Premium' },
  { value: 'e3', label: 'Microsoft 365 E3' },
  { value: 'e5', label: 'Microsoft 365 E5' },
] as const;

/** What Bylaw can read on each plan, shown below the field. */
const PLAN_WORDS: Readonly<Record<string, string>> = {
  team: 'Bylaw cannot connect to Claude on Team; it reads the files you export.',
  enterprise: 'Audit log, settings and analytics can be exported and read.',
  free_pro: 'Nothing can be managed centrally; most controls depend on the policy.',
};

export const CLIENT_RULES: Rules<ClientValues> = {
  name: needed('Enter the client’s name as it should appear in reports.'),
  domains: (value) => {
    const list = domainsOf(value);
    if (list.length === 0) return 'Enter the staff’s email domain, for example, yourorg.org.';
    const wrong = list.find((domain) => !/^[^\s@]+\.[^\s@.]{2,}$/.test(domain));
    return wrong === undefined ? null : `“${wrong}” is not an email domain. Enter the part after the @.`;
  },
  claudeSeats: wholeNumber,
  staffCount: wholeNumber,
  siemLaterReason: (value, all) =>
    hasNoSiem(all.siem) && all.siemLater !== '' && value.trim().length < 3 ? 'Briefly say why.' : null,
  timezone: (value) =>
    value === ''
      ? 'Choose the time zone for the client’s dates and times.'
      : zones().includes(value) || value === 'UTC'
        ? null
        : `“${value}” is not a time zone name such as America/New_York.`,
};

function wholeNumber(value: string): string | null {
  return value === '' || /^\d{1,6}$/.test(value.trim()) ? null : 'Enter a whole number, or leave it empty.';
}

export function domainsOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((domain) => domain.trim().toLowerCase().replace(/^@/, ''))
    .filter((domain) => domain !== '');
}

export function zones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}

/** The values in the format of the API; empty ones are left out, since empty means not known. */
export function profileOf(values: ClientValues) {
  const { claudeSeats, m365, staffCount, swg, siem, deviceManagement } = values;
  return {
    domains: domainsOf(values.domains),
    claudePlan: chosen(CLAUDE_PLAN_CHOICES, values.claudePlan) ?? 'team',
    timezone: values.timezone,
    ...given('m365', chosen(M365_CHOICES, m365)),
    ...given('claudeSeats', claudeSeats.trim() === '' ? null : Number(claudeSeats)),
    ...given('staffCount', staffCount.trim() === '' ? null : Number(staffCount)),
    ...given('swg', swg.trim() || null),
    ...given('siem', siem.trim() || null),
    ...given('siemLater', siemLaterOf(values)),
    ...given('deviceManagement', deviceManagement.trim() || null),
  };
}

/** null if there is a SIEM, since a plan for one is then obsolete. */
function siemLaterOf({ siem, siemLater: is, siemLaterFrom, siemLaterReason }: ClientValues) {
  if (!hasNoSiem(siem) || (is !== 'planned' && is !== 'declined')) return null;
  return {
    is: is as 'planned' | 'declined',
    reason: siemLaterReason.trim(),
    ...(is === 'planned' && siemLaterFrom !== '' ? { from: siemLaterFrom } : {}),
  };
}

export function hasNoSiem(siem: string): boolean {
  return siem.trim().toLowerCase() === 'none';
}

function chosen<Value extends string>(
  choices: readonly { readonly value: Value | '' }[],
  wanted: string,
): Value | null {
  const value = choices.find((choice) => choice.value === wanted)?.value;
  return value === undefined || value === '' ? null : value;
}

function given<Name extends string, Value>(name: Name, value: Value | null): { [N in Name]?: Value } {
  return value === null ? {} : ({ [name]: value } as { [N in Name]?: Value });
}

type Fields = ReturnType<typeof useFields<ClientValues>>;

/** Descriptions go below the input, so that inputs side by side stay aligned. */
export const INPUT_ORDER: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

/** Which of the domains is the primary one; the others are each verified separately too. */
function primaryText(written: string): string {
  const [primary, ...others] = domainsOf(written);
  return primary === undefined || others.length === 0
    ? 'Separate several with commas, the primary one first.'
    : `${primary} is the primary domain because it comes first.`;
}

/**
 * Name, domain, plan, license and device management, which decide most about which controls apply. `children` follow in
 * the same columns.
 */
export function FirstAnswers({ fields, children }: { fields: Fields; children?: ReactNode }) {
  return (
    <Columns min="17rem" gap="lg">
      <TextInput label="Name of the association" autoComplete="organization" {...fields.text('name')} />
      <TextInput
        label="Email domain"
        placeholder="yourorg.org"
        description={primaryText(fields.values.domains)}
        inputWrapperOrder={INPUT_ORDER}
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        {...fields.text('domains')}
      />
      <Choice
        label="Claude plan"
        data={[...CLAUDE_PLAN_CHOICES]}
        words={ownValue(PLAN_WORDS, fields.values.claudePlan)}
        {...fields.text('claudePlan')}
      />
      <Choice
        label="Microsoft 365 license"
        data={[...M365_CHOICES]}
        words="Determines sign-in and device controls."
        {...fields.text('m365')}
      />
      <DeviceManagement fields={fields} />
      {children}
    </Columns>
  );
}

const DEVICE_MANAGEMENTS = [
  { value: '', label: 'Not known' },
  { value: 'intune', label: 'Microsoft Intune' },
  { value: 'jamf', label: 'Jamf' },
  { value: 'workspace one', label: 'Workspace ONE' },
  { value: 'group policy', label: 'Group Policy' },
  { value: 'none', label: 'None: no one manages the computers' },
];
const ANOTHER = 'another one';

/** Common gateways. How each inserts the header for Claude's organization is in catalogue/network/ways. */
const GATEWAYS = [
  { value: '', label: 'Not known' },
  { value: 'none', label: 'None' },
  { value: 'cato', label: 'Cato Networks' },
  { value: 'cisco', label: 'Cisco' },
  { value: 'cloudflare', label: 'Cloudflare Gateway' },
  { value: 'forcepoint', label: 'Forcepoint' },
  { value: 'fortigate', label: 'FortiGate' },
  { value: 'netskope', label: 'Netskope' },
  { value: 'palo alto', label: 'Palo Alto Networks' },
  { value: 'squid', label: 'Squid' },
  { value: 'zscaler', label: 'Zscaler' },
];
const SIEMS = [
  { value: '', label: 'Not known' },
  { value: 'none', label: 'None' },
  { value: 'sentinel', label: 'Microsoft Sentinel' },
  { value: 'splunk', label: 'Splunk' },
];

/** What manages the settings of computers. */
const DeviceManagement = ({ fields }: { fields: Fields }) => (
  <NamedChoice
    fields={fields}
    name="deviceManagement"
    label="Device management"
    of="the device management"
    choices={DEVICE_MANAGEMENTS}
    words="What delivers settings to the client’s computers."
  />
);

/** The gateway for the client's web traffic. */
export const GatewayField = ({ fields }: { fields: Fields }) => (
  <NamedChoice
    fields={fields}
    name="swg"
    label="Secure web gateway"
    of="the gateway"
    choices={GATEWAYS}
    words="What checks the client’s web traffic."
  />
);

/** Where the client's security logs are kept. */
export const SiemField = ({ fields }: { fields: Fields }) => (
  <NamedChoice
    fields={fields}
    name="siem"
    label="SIEM"
    of="the SIEM"
    choices={SIEMS}
    words="Where the client keeps security logs."
  />
);

interface NamedChoiceProps {
  readonly fields: Fields;
  readonly name: 'deviceManagement' | 'swg' | 'siem';
  readonly label: string;
  /** What the custom name is for, in a sentence: "the gateway". */
  readonly of: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly words: string;
}

/** Common products, or the name of another one. Empty means not known. */
function NamedChoice({ fields, name, label, of, choices, words }: NamedChoiceProps) {
  const value = fields.values[name];
  const [asked, setAsked] = useState(false);
  const known = choices.find((one) => one.value === value.trim().toLowerCase());
  // Keeps the text field while someone types in it, even if the text matches a common product.
  const named = known === undefined || asked;
  return (
    <>
      <Choice
        label={label}
        data={[...choices, { value: ANOTHER, label: 'Another one' }]}
        words={words}
        name={`choose ${name}`}
        value={named ? ANOTHER : known.value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setAsked(chosen === ANOTHER);
          fields.set(name, chosen === ANOTHER ? '' : chosen);
        }}
      />
      {named ? (
        <TextInput
          label={`Name of ${of}`}
          autoCapitalize="none"
          onFocus={() => setAsked(true)}
          {...fields.text(name)}
        />
      ) : null}
    </>
  );
}

function Choice({ words, ...select }: React.ComponentProps<typeof NativeSelect> & { words: ReactNode }) {
  return <NativeSelect {...select} description={words} inputWrapperOrder={INPUT_ORDER} />;
}

/** The browser's time zone, which is usually the client's too. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

export const EMPTY_CLIENT = (): ClientValues => ({
  name: '',
  domains: '',
  claudePlan: 'team',
  claudeSeats: '',
  m365: '',
  staffCount: '',
  timezone: ownZone(),
  swg: '',
  siem: '',
  siemLater: '',
  siemLaterFrom: '',
  siemLaterReason: '',
  deviceManagement: '',
});
