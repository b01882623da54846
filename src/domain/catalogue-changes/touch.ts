import type { Capability } from '../model/capability.ts';
import type { Catalogue, Condition, Control } from '../model/catalogue.ts';
import { STATE_WORDS } from '../model/verdict.ts';
import { names, shortId } from '../text/words.ts';
import type { Change } from './changes.ts';
import { canonical } from './entries.ts';
import type { Known, Use } from './use.ts';

/** The catalogues before and after a change. */
export interface Between {
  readonly before: Catalogue;
  readonly after: Catalogue;
}

/**
 * Why a change of the catalogue affects a client, as a sentence; null: it does not. Entries that a client does not use
 * never affect it.
 *
 * @param all All changes of the same revision, needed to evaluate the guide's own entry.
 */
export function touchOf(change: Change, use: Use, between: Between, all: readonly Change[]): string | null {
  switch (change.kind) {
    case 'control':
      return control(change, use);
    case 'capability':
      return capability(change, use, between);
    case 'connector':
      return connector(change, use);
    case 'risk':
      return byControls(riskControls(change), use);
    case 'clause':
      return clause(change, use, between);
    case 'claude_plan':
      return license(change, use, {
        held: use.licenses.plan === change.id,
        purchase: `claude:${change.id}`,
        what: 'plan',
      });
    case 'tier':
      return license(change, use, {
        held: use.licenses.tiers.includes(change.id),
        purchase: `m365:${change.id}`,
        what: 'license',
      });
    case 'add_on':
      return license(change, use, {
        held: use.licenses.addOns.includes(change.id),
        purchase: `add_on:${change.id}`,
        what: 'add-on',
      });
    case 'sku':
      return use.licenses.skus.includes(change.id) ? 'It holds this product.' : null;
    case 'service_plan':
      return use.licenses.servicePlans.includes(change.id)
        ? 'An owned license includes this service plan.'
        : null;
    case 'task':
      return byControls(proofOf(change), use) === null ? null : 'Its deployment needs this task.';
    case 'journey':
      return journey(change, use, between);
    case 'baseline':
      return use.baseline?.shipped === change.id
        ? `It follows “${use.baseline.name}”, which was copied from this.`
        : null;
    case 'message':
      return byControls([CONTACTED], use) === null
        ? null
        : 'It writes to holders of personal accounts, where it has no wording of its own for this message.';
    case 'recurring_task':
      return byControls(proofOf(change), use) === null ? null : 'Its recurring work includes this task.';
    case 'guide':
      return guide(change, use, between, all);
  }
}

/** The control on contacting everyone with a personal account. */
const CONTACTED = 'CLA-SHA-04';

const applied = (is: Known | undefined): boolean => is === 'yes' || is === 'unknown';

/** Fields of a control that affect its verdict; changes elsewhere only affect its wording. */
const DECIDES = ['appliesWhen', 'needs', 'checks', 'unlicensed', 'severity'] as const;

function control(change: Change, { applies, states }: Use): string | null {
  const was = applies.before[change.id];
  const is = applies.after[change.id];
  if (!applied(was) && !applied(is)) return null;
  const state = states[change.id];
  const now = state === undefined ? '' : ` It is ${STATE_WORDS[state]} now.`;
  if (change.change === 'added')
    return is === 'yes'
      ? `It is new and applies here.${now}`
      : `It is not known whether it applies here.${now}`;
  if (change.change === 'removed') return 'It applied here and is no longer decided.';
  if (!applied(was)) return `It did not apply here before and does now.${now}`;
  if (!applied(is)) return 'It applied here before and no longer does.';
  return decides(change)
    ? `How it is decided has changed, so the verdict may change.${now}`
    : `It applies here; its words changed, and what decides it did not.${now}`;
}

function decides({ before, after }: Change): boolean {
  const part = (body: unknown, key: string) =>
    canonical(typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : null);
  return DECIDES.some((key) => part(before, key) !== part(after, key));
}

function capability(change: Change, use: Use, between: Between): string | null {
  const was = use.held.before[change.id];
  const is = use.held.after[change.id];
  const uses = controlsUsing(change.id, between).filter(
    (id) => applied(use.applies.before[id]) || applied(use.applies.after[id]),
  );
  const looked = use.comparisons.find(({ goal }) => goal === change.id);
  if (was !== is && (uses.length > 0 || (was !== undefined && is !== undefined)))
    return `${HELD[was ?? 'missing']} and ${HELD_NOW[is ?? 'missing']}.${onIt(uses)}`;
  if (uses.length > 0) return `${onIt(uses).trim()} ${HOLDING[is ?? was ?? 'unknown']}`;
  return looked === undefined ? null : `The comparison “${looked.name}” looks at it.`;
}

const HELD = {
  yes: 'According to the earlier catalogue, the client had it',
  no: 'According to the earlier catalogue, the client lacked it',
  unknown: 'Whether the client had it was not known',
  missing: 'The earlier catalogue did not contain it',
} as const;
const HELD_NOW = {
  yes: 'has it now',
  no: 'lacks it now',
  unknown: 'whether it has it now is not known',
  missing: 'it is gone from the catalogue',
} as const;
const HOLDING = {
  yes: 'The client has it.',
  no: 'The client lacks it.',
  unknown: 'It is not known whether the client has it.',
} as const;

function onIt(controls: readonly string[]): string {
  if (controls.length === 0) return '';
  return ` ${names(controls.map(shortId), 4)} ${controls.length === 1 ? 'rests' : 'rest'} on it here.`;
}

/** Controls whose verdict or enforcement depends on a capability, directly or through another one that needs it. */
function controlsUsing(id: string, { before, after }: Between): string[] {
  const found = new Set<string>();
  for (const catalogue of [before, after]) {
    const wanted = dependents(id, catalogue.capabilities);
    for (const one of catalogue.controls)
      if (capabilitiesOf(one).some((needed) => wanted.has(needed))) found.add(one.id);
  }
  return [...found].sort();
}

function dependents(id: string, capabilities: readonly Capability[]): ReadonlySet<string> {
  const found = new Set([id]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const one of capabilities)
      if (
        [...(one.grantedBy.alsoNeeds ?? []), ...(one.grantedBy.anyOf ?? [])].some((needed) =>
          found.has(needed),
        )
      )
        found.add(one.id);
  }
  return found;
}

function capabilitiesOf({ needs, enforcedBy, appliesWhen }: Control): readonly string[] {
  return [
    ...needs,
    ...(enforcedBy?.needs ?? []),
    ...(appliesWhen === undefined ? [] : inCondition(appliesWhen)),
  ];
}

function inCondition(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(inCondition);
  if ('any' in condition) return condition.any.flatMap(inCondition);
  if ('not' in condition) return inCondition(condition.not);
  return 'capability' in condition ? [condition.capability] : [];
}

function connector({ id }: Change, { connectors }: Use): string | null {
  const how = connectors[id] ?? [];
  if (how.length === 0) return null;
  if (how.length === 2) return 'Its charter approves it, and it was observed in Claude.';
  return how[0] === 'charter' ? 'Its charter approves it.' : 'It was observed in Claude.';
}

function byControls(controls: readonly string[], { applies }: Use): string | null {
  const here = controls.filter((id) => applied(applies.before[id]) || applied(applies.after[id]));
  return here.length === 0
    ? null
    : `${names(here.map(shortId), 4)} ${here.length === 1 ? 'applies' : 'apply'} here.`;
}

function listOf(body: unknown, key: string): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const value = (body as Record<string, unknown>)[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

const riskControls = ({ before, after }: Change) => [
  ...new Set([...listOf(before, 'controls'), ...listOf(after, 'controls')]),
];
const proofOf = ({ before, after }: Change) => [
  ...new Set([...listOf(before, 'proof'), ...listOf(after, 'proof')]),
];

function clause(change: Change, use: Use, between: Between): string | null {
  if (use.clauses.includes(change.id)) return 'Its charter says that the policy contains it.';
  const rows = new Set([...listOf(change.before, 'guideRows'), ...listOf(change.after, 'guideRows')]);
  const controls = [between.before, between.after].flatMap((catalogue) =>
    catalogue.controls
      .filter(({ area, guide: own }) => area === 'policy' && own.some((row) => rows.has(row)))
      .map(({ id }) => id),
  );
  return byControls([...new Set(controls)].sort(), use);
}

const PRICES = ['price', 'seatPrice', 'asOf', 'sources'];

function license(
  change: Change,
  use: Use,
  { held, purchase, what }: { held: boolean; purchase: string; what: string },
): string | null {
  const changed = ['before', 'after'].map((side) => {
    const body = side === 'before' ? change.before : change.after;
    if (typeof body !== 'object' || body === null) return null;
    return canonical(Object.fromEntries(Object.entries(body).filter(([key]) => !PRICES.includes(key))));
  });
  const priceOnly = change.change === 'changed' && changed[0] === changed[1];
  const using = use.comparisons.filter(({ purchases }) => purchases.includes(purchase));
  if (held && !priceOnly) return `It holds this ${what}.`;
  if (using.length === 0) return null;
  // A quote takes precedence over the list price, so a price change makes no difference.
  if (priceOnly && use.quoted.includes(purchase)) return null;
  const list = names(
    using.map(({ name }) => `“${name}”`),
    3,
  );
  return `${using.length === 1 ? 'The comparison' : 'The comparisons'} ${list} ${using.length === 1 ? 'uses' : 'use'} it.`;
}

function journey({ id }: Change, use: Use, { before, after }: Between): string | null {
  const proof = [before, after].flatMap(({ journeys }) =>
    journeys.filter((one) => one.id === id).flatMap(({ tasks }) => tasks.flatMap((task) => task.proof)),
  );
  return byControls([...new Set(proof)], use) === null ? null : 'Its deployment follows it.';
}

/** A new revision of the guide affects the clients that are affected by entries whose guide part changed. */
function guide(change: Change, use: Use, between: Between, all: readonly Change[]): string | null {
  const ofGuide = all.filter((one) => one.kind !== 'guide' && guidePart(one.before) !== guidePart(one.after));
  const touching = ofGuide.filter((one) => touchOf(one, use, between, all) !== null);
  if (touching.length === 0) return null;
  const list = names(
    touching.map(({ id, kind }) => (kind === 'control' ? shortId(id) : id)),
    4,
  );
  return `The guide’s revision of ${change.date ?? 'a later month'} changes for it: ${list}.`;
}

function guidePart(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { guide: says, guideRows } = body as { guide?: unknown; guideRows?: unknown };
  return canonical([says ?? null, guideRows ?? null]);
}
// Guide: G0-10
