import { isUuid, organizationOf } from '../activity/payload.ts';
import { CLAUDE_PLAN_WORDS } from '../labels.ts';
import { KINDS, type Kind, type Rows } from '../model/kinds.ts';
import type { ClaudePlan } from '../model/profile.ts';
import type { Reading } from '../model/reading.ts';
import type { Current } from '../model/rule.ts';
import { ask } from '../text/message.ts';
import { count, names, sentence } from '../text/words.ts';

/** The Claude organization of a row, by kind; null: the row does not name one. Other kinds never do. */
const ORGANIZATION: { readonly [K in Kind]?: (row: Rows[K]) => string | null } = {
  settings: ({ organization, ofAll }) => uuidOf(organization ?? ofAll),
  activities: ({ detail }) => organizationOf(detail),
  audit_log: ({ detail }) => organizationOf(detail),
};

function uuidOf(text: string | undefined): string | null {
  return text !== undefined && isUuid(text) ? text.toLowerCase() : null;
}

/** The Claude organizations that rows of a kind name, as lower-case UUIDs. */
export function organizationsNamed<K extends Kind>(kind: K, rows: readonly Rows[K][]): ReadonlySet<string> {
  const of = ORGANIZATION[kind];
  const found = new Set<string>();
  if (of !== undefined)
    for (const row of rows) {
      const organization = of(row);
      if (organization !== null) found.add(organization);
    }
  return found;
}

/**
 * Returns a reading unless it dates from when the client had another plan: the vendor offers it on that plan only, and
 * it does not describe the current one.
 */
export function ofThisPlan<K extends Kind>(kind: K, current: Current<K>, plan: ClaudePlan): Current<K> {
  const { label, onlyOn, howToGet } = KINDS[kind];
  if (!current.ok || onlyOn === undefined || onlyOn.some((one) => one === plan)) return current;
  const has = onlyOn.map((one) => CLAUDE_PLAN_WORDS[one]).join(' or ');
  return {
    ok: false,
    code: 'other_plan',
    why: `${sentence(`the ${label}`)} exists on ${has} only, and this client is on ${CLAUDE_PLAN_WORDS[plan]}, so it is from another time or another client. If the plan changed, change it in the profile.`,
    howToGet: ask('source', kind, howToGet),
  };
}

/**
 * Files of a log without those that are only about other Claude organizations, whose actions and settings say nothing
 * about ours. A file that also covers ours is kept whole, and so are all files if none would be left.
 */
export function withoutOtherOrganizations<K extends Kind>(
  kind: K,
  readings: readonly Reading<K>[],
  own: ReadonlySet<string>,
): readonly Reading<K>[] {
  if (own.size === 0 || KINDS[kind].shape !== 'log' || ORGANIZATION[kind] === undefined) return readings;
  const namedBy = readings.map(({ rows }) => organizationsNamed(kind, rows));
  if (namedBy.every((named) => own.isDisjointFrom(named))) return readings;
  return readings.filter((_, at) => {
    const named = namedBy[at];
    return named === undefined || named.size === 0 || !own.isDisjointFrom(named);
  });
}

/** Returns a reading unless it names only a Claude organization that the charter does not name. */
export function ofThisOrganization<K extends Kind>(
  kind: K,
  current: Current<K>,
  own: string | undefined,
): Current<K> {
  if (!current.ok || own === undefined) return current;
  const named = organizationsNamed(kind, current.rows);
  if (named.size === 0 || named.has(own.toLowerCase())) return current;
  const { label, howToGet } = KINDS[kind];
  return {
    ok: false,
    code: 'other_organization',
    why: `${sentence(`the ${label}`)} is of another Claude organization (${names([...named])}) than the one that the charter names (${own}). Files: ${names(current.readings.map(({ file }) => file))}.`,
    howToGet: ask('source', kind, howToGet),
  };
}

/**
 * Returns the events unless they miss an organization whose settings were read together with others that the events
 * cover: what did not happen in one organization says nothing about another.
 */
export function ofEveryOrganization<K extends Kind>(
  kind: K,
  current: Current<K>,
  settings: Current<'settings'>,
): Current<K> {
  if (!current.ok || !settings.ok) return current;
  const all = organizationsNamed('settings', settings.rows);
  if (all.size < 2) return current;
  const named = organizationsNamed(kind, current.rows);
  const silent = [...all].filter((one) => !named.has(one));
  if (silent.length === 0 || silent.length === all.size) return current;
  const { label, howToGet } = KINDS[kind];
  return {
    ok: false,
    code: 'partial',
    why: `${sentence(`the ${label}`)} holds no event of ${count(silent.length, 'organization')} of ${all.size} whose settings were read: ${names(silent)}. What happened there is not known.`,
    howToGet: ask('source', kind, howToGet),
    part: current,
  };
}
