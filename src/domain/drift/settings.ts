import { fold } from '../charter/names.ts';
import { organizationsIn } from '../decide/per-organization.ts';
import type { Charter } from '../model/charter.ts';
import { type SettingRow, UNREADABLE_SETTINGS } from '../model/kinds.ts';
import type { Current } from '../model/rule.ts';
import { keptFor } from '../rules/visibility/chat-retention.ts';
import { count, names } from '../text/words.ts';
import { compareKeys } from './api-keys.ts';
import {
  type Difference,
  listDifference,
  PROVISIONING_WORDS,
  provisioningDifference,
  provisioningOf,
  retentionDifference,
  switchDifference,
} from './differences.ts';
import { restoreSetting } from './restore.ts';
import type { SettingsInput, SettingsOut } from './settings-drift.ts';
import { addDeviation } from './settings-drift.ts';
import type { Found, Unread } from './types.ts';

interface Subject {
  readonly key: string;
  readonly label: string;
  readonly name: string;
  readonly rule: string;
  /** Names under which the log records a change of it. */
  readonly types: readonly string[];
  readonly restore: string;
  readonly amend: (value: unknown) => Found['amend'];
  /** undefined: the value has a form that Bylaw does not know. */
  readonly compare: (value: unknown) => Difference | null | undefined;
}

/**
 * Compares settings of the organization with the charter (Enterprise). What the charter does not state was not decided,
 * so it cannot drift. A missing row means that the setting cannot be controlled, not that it is off.
 */
export function compareSettings(input: SettingsInput): SettingsOut {
  const out: SettingsOut = { deviations: [], unread: [], same: 0, status: new Map() };
  const subjects = subjectsOf(input.charter);
  const settings = input.context.read('settings');
  if (input.context.profile.claudePlan !== 'enterprise') return out;
  const organizations = settings.ok ? organizationsIn(settings.rows) : [];
  for (const subject of subjects)
    if (!settings.ok || organizations.length === 0) compareSetting(input, subject, settings, out);
    else
      for (const { id, name } of organizations)
        compareSetting(
          input,
          { ...subject, key: `${subject.key}/${id}`, label: `${subject.label} in ${name}` },
          { ...settings, rows: settings.rows.filter(({ organization }) => organization === id) },
          out,
        );
  if (input.charter.approvedApiKeys !== undefined) compareKeys(input, input.charter.approvedApiKeys, out);
  return out;
}

function compareSetting(
  input: SettingsInput,
  subject: Subject,
  settings: Current<'settings'>,
  out: SettingsOut,
): void {
  const unread = unreadWords(subject, settings);
  if (unread !== null) {
    out.unread.push({ key: subject.key, label: subject.label, ...unread });
    return;
  }
  const row = settings.ok ? settings.rows.find(({ name }) => fold(name) === fold(subject.name)) : undefined;
  const difference = subject.compare(row?.value);
  if (!settings.ok || row === undefined || difference === undefined) return;
  const evidence = settings.cite(row, `${row.name}: ${shown(row)}`);
  if (difference === null) {
    out.same += 1;
    out.status.set(subject.key, {
      how: 'conforms',
      words: `${subject.label} is as the charter says.`,
      evidence,
      at: null,
    });
    return;
  }
  const control = input.controlOf(subject.rule, subject.name);
  addDeviation(out, {
    key: subject.key,
    subject: 'setting',
    system: 'Settings of the organization',
    label: subject.label,
    ...difference,
    effect: null,
    state: null,
    wanted: null,
    on: evidence.observedOn,
    notCovered: false,
    evidence: [evidence],
    cause: input.causes.ofSetting(subject.types),
    invariant: null,
    listed:
      control !== undefined && input.fails(control) ? [{ control: control.id, keys: [], states: {} }] : [],
    restore: restoreSetting(control, subject.restore),
    row: null,
    amend: subject.amend(row.value),
  });
}

/** Why a setting cannot be compared; null: it can. */
function unreadWords(
  { name, compare }: Subject,
  settings: Current<'settings'>,
): Pick<Unread, 'why' | 'question'> | null {
  if (!settings.ok) return { why: settings.why, question: settings.howToGet.text };
  const [row, ...others] = settings.rows.filter((one) => fold(one.name) === fold(name));
  const unread = settings.rows.find(({ type }) => type === UNREADABLE_SETTINGS);
  const why =
    unread !== undefined
      ? `The settings of this organization could not be read: ${String(unread.value)}`
      : row === undefined
        ? `The settings file has no row “${name}”: this organization cannot control it, which does not mean that it is off.`
        : row.value === null || row.value === undefined
          ? `The settings file gives no value for “${name}”.`
          : others.some((one) => normal(one.value) !== normal(row.value))
            ? `The settings file gives two values for “${name}”.`
            : compare(row.value) === undefined
              ? `The settings file gives a value for “${name}” that Bylaw does not know.`
              : null;
  return why === null
    ? null
    : {
        why,
        question: 'Save the settings file again, or look at the setting in Claude and record what you see.',
      };
}

function subjectsOf(charter: Charter): Subject[] {
  const list: Subject[] = [];
  const part = (key: string) => (value: unknown) => ({ kind: 'part' as const, part: key, value });
  const { inviteDomains, ssoRequired, provisioning, chatRetentionDays, desktopExtensions, connectors } =
    charter;
  if (inviteDomains !== undefined)
    list.push({
      key: 'setting/invite-domains',
      label: 'Domains that may be invited',
      name: 'allowed_invite_domains',
      rule: 'invite-domains',
      types: ['allowed_invite_domains'],
      restore: `Let only ${names(inviteDomains, 6)} be invited.`,
      amend: (value) => (Array.isArray(value) && value.length > 0 ? part('inviteDomains')(value) : null),
      compare: (value) => listDifference(value, inviteDomains),
    });
  if (ssoRequired !== undefined)
    list.push({
      key: 'setting/sso-required',
      label: 'Single sign-on is required',
      name: 'sso_claude_ai_enforced',
      rule: 'sso-required',
      types: ['sso_claude_ai_enforced', 'org_sso_toggled'],
      restore: ssoRequired ? 'Require single sign-on.' : 'Stop requiring single sign-on.',
      amend: part('ssoRequired'),
      compare: (value) => switchDifference(value, ssoRequired, 'narrows', 'soon'),
    });
  if (provisioning !== undefined)
    list.push({
      key: 'setting/provisioning',
      label: 'How people get into Claude',
      name: 'sso_provisioning_mode',
      rule: 'directory-sync',
      types: ['sso_provisioning_mode', 'org_sso_provisioning_mode_changed'],
      restore: `Set provisioning to ${PROVISIONING_WORDS[provisioning]}.`,
      amend: (value) => {
        const is = provisioningOf(value);
        return is === null ? null : { kind: 'part', part: 'provisioning', value: is };
      },
      compare: (value) => provisioningDifference(value, provisioning),
    });
  if (chatRetentionDays !== undefined)
    list.push({
      key: 'setting/chat-retention',
      label: 'How long chats are kept',
      name: 'data_retention_periods',
      rule: 'chat-retention',
      types: ['data_retention_periods'],
      restore: `Set the period for chats to ${chatRetentionDays === 0 ? 'no limit' : count(chatRetentionDays, 'day')}.`,
      amend: (value) => {
        const kept = keptFor(value);
        if (kept === null) return null;
        const days = Number.isFinite(kept.longest) ? kept.longest : 0;
        return { kind: 'part', part: 'chatRetentionDays', value: days };
      },
      compare: (value) => retentionDifference(value, chatRetentionDays),
    });
  if (desktopExtensions !== undefined)
    list.push({
      key: 'setting/desktop-extensions',
      label: 'Desktop extensions are limited to a list',
      name: 'desktop_extension_allowlist_enabled',
      rule: 'desktop-extensions-allowlist',
      types: ['is_desktop_extension_allowlist_enabled', 'desktop_extension_allowlist_enabled'],
      restore: 'Switch the list of allowed desktop extensions on.',
      amend: () => null,
      compare: (value) => switchDifference(value, true, 'narrows', 'urgent'),
    });
  // What the charter's `*` opens is reported by the cells; no charter can say it for connectors added later.
  if (connectors !== undefined)
    list.push({
      key: 'setting/new-tools-always-allow',
      label: 'Tools of new connectors start at Always allow',
      name: 'connector_tools_default_always_allow',
      rule: 'setting',
      types: ['connector_tools_default_always_allow'],
      restore: 'Set the default for tools of new connectors to Needs approval or Blocked.',
      amend: () => null,
      compare: (value) => switchDifference(value, false, 'widens', 'urgent'),
    });
  return list;
}

function shown({ value }: SettingRow): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Normalizes a value, so that the order in which a file lists it makes no difference. */
function normal(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(normal).sort());
  if (typeof value === 'object' && value !== null)
    return JSON.stringify(
      Object.entries(value)
        .map(([key, one]) => [key, normal(one)])
        .sort(),
    );
  return JSON.stringify(value) ?? '';
}
