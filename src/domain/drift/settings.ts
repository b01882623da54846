import { fold } from '../charter/names.ts';
import type { Control } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { ApiKeyRow, SettingRow } from '../model/kinds.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext, Current } from '../model/rule.ts';
import { detailText } from '../rules/connectors/events.ts';
import { keptFor } from '../rules/visibility/chat-retention.ts';
import { count, names } from '../text/words.ts';
import type { Causes } from './cause.ts';
import { restoreSetting } from './restore.ts';
import type { Direction, Found, Standing, Unread, Urgency } from './types.ts';

export interface SettingsInput {
  readonly context: CheckContext;
  readonly charter: Charter;
  readonly causes: Causes;
  /** The control that a rule decides. */
  readonly controlOf: (rule: string, setting?: string) => Control | undefined;
  /** Whether that control fails now, so that an exception could accept it. */
  readonly fails: (control: Control | undefined) => boolean;
}

interface Out {
  readonly deviations: Found[];
  readonly unread: Unread[];
  same: number;
  readonly standing: Map<string, Standing>;
}

/** What a comparison of one setting comes to; null: it is as the charter says. */
interface Difference {
  readonly direction: Direction;
  readonly urgency: Urgency;
  readonly words: string;
  readonly charter: string;
  readonly observed: string;
  readonly width: number;
}

interface Subject {
  readonly key: string;
  readonly label: string;
  readonly name: string;
  readonly rule: string;
  /** Under which names the log writes a change of it. */
  readonly types: readonly string[];
  readonly restore: string;
  readonly amend: (value: unknown) => Found['amend'];
  /** undefined: the value is of a form that Bylaw does not know. */
  readonly compare: (value: unknown) => Difference | null | undefined;
}

/**
 * Settings of the organisation against the keys of the charter that speak of them (Enterprise). What the charter does
 * not state was not decided, so nothing can depart from it; a row that is not there cannot be controlled, and is not off.
 */
export function compareSettings(input: SettingsInput): Out {
  const out: Out = { deviations: [], unread: [], same: 0, standing: new Map() };
  const subjects = subjectsOf(input.charter);
  const settings = input.context.read('settings');
  if (input.context.profile.claudePlan !== 'enterprise') return out;
  for (const subject of subjects) compareSetting(input, subject, settings, out);
  if (input.charter.approvedApiKeys !== undefined) compareKeys(input, input.charter.approvedApiKeys, out);
  return out;
}

function compareSetting(
  input: SettingsInput,
  subject: Subject,
  settings: Current<'settings'>,
  out: Out,
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
    out.standing.set(subject.key, {
      how: 'conforms',
      words: `${subject.label} is as the charter says.`,
      evidence,
      at: null,
    });
    return;
  }
  const control = input.controlOf(subject.rule, subject.name);
  add(out, {
    key: subject.key,
    subject: 'setting',
    system: 'Settings of the organisation',
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
    listed: control !== undefined && input.fails(control) ? [{ control: control.id, keys: [] }] : [],
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
  if (!settings.ok) return { why: settings.why, question: settings.howToGet };
  const [row, ...others] = settings.rows.filter((one) => fold(one.name) === fold(name));
  const why =
    row === undefined
      ? `The settings file has no row “${name}”: this organisation cannot control it, which does not say that it is off.`
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
        question:
          'Save the answer of the settings again, or look at it in Claude and write it down as an attestation.',
      };
}

function add(out: Out, deviation: Found): void {
  out.deviations.push(deviation);
  out.standing.set(deviation.key, {
    how: 'departs',
    words: deviation.words,
    evidence: deviation.evidence[0] ?? null,
    at: null,
  });
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
      restore: ssoRequired ? 'Require single sign-on.' : 'Take the requirement of single sign-on away.',
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
      label: 'Desktop extensions are held to a list',
      name: 'desktop_extension_allowlist_enabled',
      rule: 'desktop-extensions-allowlist',
      types: ['is_desktop_extension_allowlist_enabled', 'desktop_extension_allowlist_enabled'],
      restore: 'Switch the list of allowed desktop extensions on.',
      amend: () => null,
      compare: (value) => switchDifference(value, true, 'narrows', 'urgent'),
    });
  // What the charter's "*" opens by itself is told by the cells; no charter says that of connectors yet to come.
  if (connectors !== undefined)
    list.push({
      key: 'setting/new-tools-always-allow',
      label: 'Tools of new connectors start at Always allow',
      name: 'connector_tools_default_always_allow',
      rule: 'setting',
      types: ['connector_tools_default_always_allow'],
      restore: 'Switch off that tools of new connectors start at Always allow.',
      amend: () => null,
      compare: (value) => switchDifference(value, false, 'widens', 'urgent'),
    });
  return list;
}

const PROVISIONING_WORDS = { invite: 'invitations', jit: 'just in time', scim: 'directory sync' } as const;

function provisioningOf(value: unknown): keyof typeof PROVISIONING_WORDS | null {
  if (typeof value !== 'string') return null;
  if (value === 'login_only') return 'invite';
  return value.startsWith('jit') ? 'jit' : value.startsWith('scim') ? 'scim' : null;
}

function provisioningDifference(
  value: unknown,
  wanted: keyof typeof PROVISIONING_WORDS,
): Difference | null | undefined {
  const is = provisioningOf(value);
  if (is === null) return undefined;
  if (is === wanted) return null;
  const observed = PROVISIONING_WORDS[is];
  const charter = PROVISIONING_WORDS[wanted];
  return {
    direction: 'other',
    urgency: 'soon',
    words: `People get in by ${observed}; the charter says ${charter}.`,
    charter,
    observed,
    width: 1,
  };
}

/** `on`: whether having it on narrows or widens what people can do. */
function switchDifference(
  value: unknown,
  wanted: boolean,
  on: 'narrows' | 'widens',
  urgency: Urgency,
): Difference | null | undefined {
  if (typeof value !== 'boolean') return undefined;
  if (value === wanted) return null;
  const wider = value === (on === 'widens');
  const words = (state: boolean) => (state ? 'On' : 'Off');
  return {
    direction: wider ? 'wider' : 'narrower',
    urgency: wider ? urgency : 'information',
    words: `Is ${words(value).toLowerCase()}; the charter says ${words(wanted).toLowerCase()}.`,
    charter: words(wanted),
    observed: words(value),
    width: wider ? 1 : 0,
  };
}

function listDifference(value: unknown, wanted: readonly string[]): Difference | null | undefined {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) return undefined;
  const plain = (text: string) => text.trim().toLowerCase().replace(/^@/, '').replace(/\.$/, '');
  const is = new Set(value.map(plain));
  const says = new Set(wanted.map(plain));
  const extra = [...is].filter((one) => !says.has(one)).sort();
  const missing = [...says].filter((one) => !is.has(one)).sort();
  // An empty list names nobody, so nothing shows that invitations are limited.
  const open = is.size === 0 && says.size > 0;
  if (extra.length === 0 && missing.length === 0) return null;
  const wider = open || extra.length > 0;
  return {
    direction: wider ? 'wider' : 'narrower',
    urgency: wider ? 'soon' : 'information',
    words: open
      ? `The list is empty, so nothing shows that invitations are limited; the charter says ${names([...says], 4)}.`
      : [
          extra.length > 0
            ? `${names(extra, 4)} may be invited and ${extra.length === 1 ? 'is' : 'are'} not in the charter.`
            : null,
          missing.length > 0
            ? `${names(missing, 4)} ${missing.length === 1 ? 'is' : 'are'} in the charter and may not be invited.`
            : null,
        ]
          .filter((one) => one !== null)
          .join(' '),
    charter: [...says].sort().join(', '),
    observed: is.size === 0 ? 'Empty' : [...is].sort().join(', '),
    width: open ? 1000 : extra.length,
  };
}

function retentionDifference(value: unknown, wanted: number): Difference | null | undefined {
  const kept = keptFor(value);
  if (kept === null) return undefined;
  const limit = wanted === 0 ? Number.POSITIVE_INFINITY : wanted;
  if (kept.shortest <= limit && limit <= kept.longest) return null;
  const longer = kept.shortest > limit;
  const charter = wanted === 0 ? 'without limit' : `for ${count(wanted, 'day')}`;
  return {
    direction: longer ? 'wider' : 'narrower',
    urgency: longer ? 'soon' : 'information',
    words: `Chats are kept ${kept.words}; the charter says ${charter}.`,
    charter,
    observed: kept.words,
    width: longer ? (Number.isFinite(kept.longest) ? kept.longest : 1e9) : 0,
  };
}

function compareKeys(input: SettingsInput, approved: readonly string[], out: Out): void {
  const keys = input.context.read('api_keys');
  if (!keys.ok) {
    out.unread.push({ key: 'api-keys', label: 'API keys', why: keys.why, question: keys.howToGet });
    return;
  }
  const known = new Set(approved.map(fold));
  const control = input.controlOf('api-keys-known');
  for (const row of keys.rows) {
    if (row.active !== true) continue;
    const key = `setting/api-key/${(row.id || row.name || '').toLowerCase()}`;
    const evidence: Evidence = keys.cite(row, row.scopes.join(', ') || 'no scopes given');
    if (known.has(fold(row.id)) || (row.name !== null && known.has(fold(row.name)))) {
      out.same += 1;
      out.standing.set(key, { how: 'conforms', words: 'The key is approved.', evidence, at: null });
      continue;
    }
    const reads = row.scopes.length > 0 && row.scopes.every((scope) => /^read\b/i.test(scope));
    const name = row.name ?? row.id;
    add(out, {
      key,
      subject: 'setting',
      system: 'API keys',
      label: `API key ${name}`,
      direction: 'wider',
      urgency: reads ? 'soon' : 'urgent',
      words: `Is active with ${row.scopes.length === 0 ? 'scopes that the file does not give, which count as writes' : names(row.scopes, 4)}; the charter does not approve it.`,
      effect: null,
      charter: 'Not approved',
      observed: 'Active',
      state: null,
      wanted: null,
      width: row.scopes.length,
      on: evidence.observedOn,
      notCovered: false,
      evidence: [evidence],
      cause: input.causes.ofEvents((event) => isOfKey(event, row)),
      invariant: null,
      listed:
        control !== undefined && input.fails(control)
          ? [{ control: control.id, keys: [(row.id || name).toLowerCase()] }]
          : [],
      restore: restoreSetting(control, `Revoke the key ${name}.`),
      row: null,
      amend: { kind: 'part', part: 'approvedApiKeys', value: [...approved, row.id || name] },
    });
  }
}

function isOfKey(
  event: { type: string; detail: Readonly<Record<string, unknown>> },
  key: ApiKeyRow,
): boolean {
  if (!/^(admin_)?api_key_created$/.test(event.type)) return false;
  const id =
    detailText(event as Parameters<typeof detailText>[0], 'admin_api_key_id') ?? event.detail.api_key_id;
  return id === key.id;
}

function shown({ value }: SettingRow): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value whatever the order in which a file writes it. */
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
