import { contextFor, DEFAULT_FRESH_DAYS, type Shared } from '../decide/context.ts';
import { decideControl } from '../decide/decide.ts';
import { coversItem, exceptionsFor } from '../decide/exceptions.ts';
import type { Control } from '../model/catalogue.ts';
import type { ActivityRow } from '../model/kinds.ts';
import type { Evidence } from '../model/reading.ts';
import { observe } from '../rules/connectors/observe.ts';
import { causesOf } from './cause.ts';
import { compareConnectors } from './connectors.ts';
import { layersOf } from './layers.ts';
import { compareSettings } from './settings.ts';
import {
  type Accepted,
  type Deviation,
  type Drift,
  type Found,
  type Listed,
  type Standing,
  URGENCIES,
} from './types.ts';

const ACTIONS = 'connectors-within-charter';
const CONNECTORS = 'connectors-only-chartered';

/** What departs from the charter in force: connectors, their actions, and the settings that it speaks of. */
export function driftFrom(shared: Shared): Drift {
  const { input } = shared;
  const { controls } = input.catalogue;
  const byRule = (rule: string, setting?: string): Control | undefined =>
    controls.find(({ checks }) =>
      checks.some(
        (check) =>
          check.rule === rule &&
          (rule !== 'setting' || (check.with as { name?: unknown } | undefined)?.name === setting),
      ),
    );
  const compared = { connectors: byRule(CONNECTORS), actions: byRule(ACTIONS) };
  const control = compared.actions;
  if (control === undefined)
    return nothing('The catalogue has no control that compares connectors with the charter.', null);
  const days = control.checks.find(({ rule }) => rule === ACTIONS)?.freshDays ?? DEFAULT_FRESH_DAYS;
  const context = contextFor(shared, control, days);
  if (!context.charter.ok || input.charter === null)
    return nothing(
      'There is no charter in force, so there is nothing to depart from.',
      'Have a charter approved first.',
    );
  const charter = input.charter.value;
  if (charter.connectors === undefined)
    return nothing(
      'The charter does not say which connectors are approved, so nothing can depart from it.',
      'State the approved connectors in the charter; an empty list is an answer.',
    );
  const causes = causesOf(context);
  const events = input.profile.claudePlan === 'enterprise' ? context.events() : null;
  const verdicts = new Map(
    [compared.connectors, compared.actions].flatMap((one) =>
      one === undefined ? [] : [[one.id, decideControl(one, shared)] as const],
    ),
  );
  const listed = (which: 'connectors' | 'actions', keys: readonly string[]): readonly Listed[] => {
    const one = compared[which];
    const items = (one && verdicts.get(one.id)?.items) ?? [];
    const there = items.filter(({ key }) => keys.includes(key));
    if (one === undefined || there.length === 0) return [];
    const states = Object.fromEntries(
      there.flatMap(({ key, state }) => (state === undefined ? [] : [[key, state] as const])),
    );
    return [{ control: one.id, keys: there.map(({ key }) => key), states }];
  };
  const found = compareConnectors({
    context,
    charter,
    layers: layersOf(context, days),
    causes,
    controls: compared,
    listed,
    atOf: instants(events?.ok ? events.rows : []),
  });
  const settings = compareSettings({
    context,
    charter,
    causes,
    controlOf: byRule,
    fails: (one) => {
      if (one === undefined) return false;
      const { state } = decideControl(one, shared);
      return state === 'fail' || state === 'pending' || state === 'accepted';
    },
  });
  const seen = observe(context);
  const deviations = [...found.deviations, ...settings.deviations]
    .map((one): Deviation => ({ ...one, accepted: acceptedBy(one, shared) }))
    .sort(inOrder);
  return {
    deviations,
    unread: [...found.unread, ...settings.unread].sort((a, b) => order(a.label, b.label)),
    same: found.same + settings.same,
    standing: new Map([...found.standing, ...settings.standing]),
    observed: {
      on: newestDay(deviations, found.standing),
      why: seen.missing?.why ?? null,
      howToGet: seen.missing?.howToGet ?? null,
      events: events?.ok ? { from: events.from, to: events.to } : null,
    },
  };
}

/** Accepted only where each control that lists it has an exception that counts, for every item of it. */
function acceptedBy({ listed }: Found, { input }: Shared): Accepted | null {
  const all: Accepted[] = [];
  for (const { control: id, keys, states } of listed) {
    const control = input.catalogue.controls.find((one) => one.id === id);
    if (control === undefined) return null;
    const { signed } = exceptionsFor(control, input);
    const whole = signed.find(({ items }) => items === undefined);
    if (whole !== undefined) all.push(whole);
    else if (keys.length === 0) return null;
    for (const key of whole === undefined ? keys : []) {
      const state = states[key];
      const one = signed.find((e) => coversItem(e, { key, ...(state === undefined ? {} : { state }) }));
      if (one === undefined) return null;
      all.push(one);
    }
  }
  const [first] = all.sort((a, b) => (a.until < b.until ? -1 : 1));
  return first === undefined ? null : { until: first.until, owner: first.owner, reason: first.reason };
}

function nothing(why: string, howToGet: string | null): Drift {
  return {
    deviations: [],
    unread: [],
    same: 0,
    standing: new Map(),
    observed: { on: null, why, howToGet, events: null },
  };
}

/** When a cited event of the log happened; null: the evidence is no event. */
function instants(rows: readonly ActivityRow[]): (evidence: Evidence | undefined) => string | null {
  const at = new Map(
    rows.flatMap((row): [string, string][] =>
      row.type.startsWith('mcp_') ? [[`${row.file}#${row.row}`, row.at]] : [],
    ),
  );
  return (evidence) =>
    evidence?.kind === 'activities' || evidence?.kind === 'audit_log'
      ? (at.get(`${evidence.file}#${evidence.row}`) ?? null)
      : null;
}

function newestDay(deviations: readonly Deviation[], standing: ReadonlyMap<string, Standing>): string | null {
  const days = [
    ...deviations.map(({ on }) => on),
    ...[...standing.values()].flatMap(({ evidence }) => evidence?.observedOn ?? []),
  ];
  return days.sort().at(-1) ?? null;
}

/** Urgent first; of these what is widest, then by name. */
function inOrder(a: Deviation, b: Deviation): number {
  return (
    URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) ||
    b.width - a.width ||
    order(a.label, b.label) ||
    order(a.key, b.key)
  );
}

function order(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}
