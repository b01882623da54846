import { type SettingRow, UNREADABLE_SETTINGS } from '../model/kinds.ts';
import type { CheckContext, Current } from '../model/rule.ts';
import type { Item, Outcome } from '../model/verdict.ts';
import { because } from '../rules/outcome.ts';
import { ask, caseKey } from '../text/message.ts';
import { names } from '../text/words.ts';

/** One of several organizations whose settings are read together. */
export interface SettingsOf {
  readonly id: string;
  /** Display name; the id if no source has the name. */
  readonly name: string;
}

/** The linked organizations with current settings; empty: the settings are of a single one, which need not be named. */
export function organizationsIn(rows: readonly SettingRow[]): readonly SettingsOf[] {
  const found = new Map<string, SettingsOf>();
  for (const { organization, organizationName } of rows)
    if (organization !== undefined && !found.has(organization))
      found.set(organization, { id: organization, name: organizationName ?? organization });
  return found.size > 1 ? [...found.values()] : [];
}

/** The answer names its organization itself. */
const UNREADABLE = 'decide.per_organization.unreadable';

/** Outcomes in order of precedence, worst first. */
const STATES_WORST_FIRST: readonly Outcome['state'][] = [
  'fail',
  'cannot_read',
  'pending',
  'policy_only',
  'not_applicable',
  'pass',
];

/**
 * Runs a check for each linked organization whose settings were read and returns the worst outcome: a client is only
 * as well configured as its worst organization. With settings of a single organization, the check runs once.
 */
export function decideForEach(
  context: CheckContext,
  reads: readonly string[],
  decide: (context: CheckContext) => Outcome,
): Outcome {
  const settings = reads.includes('settings') ? context.read('settings') : null;
  const organizations = settings?.ok ? organizationsIn(settings.rows) : [];
  if (!settings?.ok || organizations.length === 0) return decide(context);
  const outcomes = organizations.map((organization) => ({
    organization,
    outcome: decideOne(context, settings, organization, decide),
  }));
  const state =
    STATES_WORST_FIRST.find((one) => outcomes.some(({ outcome }) => outcome.state === one)) ?? 'cannot_read';
  const counting = outcomes.filter(({ outcome }) => outcome.state === state);
  const [first] = counting;
  if (first === undefined) return decide(context);
  const whose = names(
    counting.map(({ organization }) => organization.name),
    5,
  );
  const all = counting.length === outcomes.length;
  const same = counting.every(({ outcome }) => caseKey(outcome) === caseKey(first.outcome));
  // An answer that names its organization needs no addition.
  const named = counting.length === 1 && first.outcome.code === UNREADABLE;
  const reason = named
    ? first.outcome.reason
    : same
      ? `${first.outcome.reason} So it is in ${all ? `all ${outcomes.length} linked organizations` : whose}.`
      : counting.map(({ organization, outcome }) => `${organization.name}: ${outcome.reason}`).join(' ');
  const items = new Map<string, Item>();
  for (const { outcome } of counting)
    for (const item of outcome.items) if (!items.has(item.key)) items.set(item.key, item);
  return {
    ...first.outcome,
    params: same
      ? first.outcome.params
      : { each: counting.map(({ organization, outcome }) => `${organization.id} ${caseKey(outcome)}`) },
    reason: [reason, ...notNamed(context, counting, organizations)].join(' '),
    items: [...items.values()],
    evidence: counting.flatMap(({ outcome }) => outcome.evidence),
    ...dueOf(counting.map(({ outcome }) => outcome)),
    ...changedOf(counting.map(({ outcome }) => outcome)),
  };
}

/**
 * What to do if there are only organizations that the charter does not name: they may be our chapters, or the file is
 * the wrong one.
 */
function notNamed(
  { charter }: CheckContext,
  counting: readonly { readonly organization: SettingsOf; readonly outcome: Outcome }[],
  organizations: readonly SettingsOf[],
): readonly string[] {
  const own = charter.ok ? charter.value.claudeOrganization?.toLowerCase() : undefined;
  const isOwn = ({ id }: SettingsOf) => id.toLowerCase() === own;
  const others = counting.filter(
    ({ organization, outcome }) => outcome.state !== 'pass' && !isOwn(organization),
  );
  if (own === undefined || !organizations.some(isOwn) || others.length < counting.length) return [];
  const whose = names(
    others.map(({ organization }) => organization.name),
    5,
  );
  return [`The charter names another organization as ours; if ${whose} is not ours, leave its file out.`];
}

function decideOne(
  context: CheckContext,
  settings: Extract<Current<'settings'>, { ok: true }>,
  { id, name }: SettingsOf,
  decide: (context: CheckContext) => Outcome,
): Outcome {
  const rows = settings.rows.filter(({ organization }) => organization === id);
  const unread = rows.find(({ type }) => type === UNREADABLE_SETTINGS);
  if (unread !== undefined)
    return because(UNREADABLE, `The settings of ${name} could not be read: ${String(unread.value)}`, {
      organization: id,
    }).cannotRead(
      ask(
        'look',
        'key',
        'Create a key that may read every linked organization, or look at the setting in Claude and record what you see.',
      ),
      [settings.cite(unread, 'not readable')],
    );
  const own = { ...settings, rows };
  return decide({
    ...context,
    read: (kind, days) =>
      kind === 'settings'
        ? // The same window as above: a check that asks for another window must not get another organization's rows.
          (own as never)
        : context.read(kind, days),
  });
}

/** The latest change that any of them found. */
function changedOf(outcomes: readonly Outcome[]): Pick<Outcome, 'changedOn'> {
  const changedOn = outcomes
    .flatMap((one) => one.changedOn ?? [])
    .sort()
    .at(-1);
  return changedOn === undefined ? {} : { changedOn };
}

/** What becomes due, earliest first. */
function dueOf(outcomes: readonly Outcome[]): Pick<Outcome, 'due'> {
  const due = outcomes.flatMap((one) => one.due ?? []).sort()[0];
  return due === undefined ? {} : { due };
}
// Guide: G5.2-00
