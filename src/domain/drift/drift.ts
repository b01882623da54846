import { contextFor, type EvaluationState } from '../decide/context.ts';
import { decideControl } from '../decide/decide.ts';
import { coversItem, exceptionsFor } from '../decide/exceptions.ts';
import { DEFAULT_FRESH_DAYS } from '../decide/fresh-days.ts';
import type { Control } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import { observe } from '../rules/connectors/observe.ts';
import { zeroBaseline } from '../rules/connectors/zero-baseline.ts';
import { compareWithNothing, type OtherSubject } from './baseline.ts';
import { causesOf } from './cause.ts';
import { compareConnectors } from './connectors.ts';
import { compareDomains } from './domains.ts';
import { instants } from './instants.ts';
import { layersOf } from './layers.ts';
import { compareRoles } from './roles.ts';
import { compareSettings } from './settings.ts';
import type { SettingsOut } from './settings-drift.ts';
import {
  type Accepted,
  type Deviation,
  type Drift,
  type Found,
  type Listed,
  type Status,
  type Unread,
  URGENCIES,
} from './types.ts';

const ACTIONS = 'connectors-within-charter';
const CONNECTORS = 'connectors-only-chartered';
const ROLES = 'approved-admins';
const DOMAINS = 'domains-in-dns';

const CONNECTORS_NOT_STATED: Unread = {
  key: 'connectors',
  label: 'Connectors',
  why: 'The charter does not say which connectors are approved, so none can differ from it.',
  question: 'State the approved connectors in the charter; an empty list is a valid answer.',
};

/**
 * Drift from the charter in force: connectors, their actions, the settings it covers, and Owners and Admins; also
 * verification records that have disappeared.
 */
export function driftFrom(shared: EvaluationState): Drift {
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
  const beside = besideConnectors(shared, byRule);
  const compared = { connectors: byRule(CONNECTORS), actions: byRule(ACTIONS) };
  const control = compared.actions;
  if (control === undefined)
    return only(
      beside,
      shared,
      'The catalogue has no control that compares connectors with the charter.',
      null,
    );
  const days = freshDaysOf(control, ACTIONS);
  const context = contextFor(shared, control, days);
  const baseline = zeroBaseline(context);
  const stated = context.charter.ok ? (input.charter?.value ?? null) : null;
  if (stated === null && baseline === null)
    return only(
      beside,
      shared,
      'There is no charter in force, so there is nothing to compare with.',
      'Have a charter approved first.',
    );
  if (stated?.connectors === undefined && baseline === null)
    return only(
      { ...beside, unread: [...beside.unread, CONNECTORS_NOT_STATED] },
      shared,
      CONNECTORS_NOT_STATED.why,
      CONNECTORS_NOT_STATED.question,
    );
  // Until a charter names connectors, they are compared with what the lockdown left: none.
  const charter: Charter = baseline === null ? (stated ?? {}) : { ...stated, connectors: [] };
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
    baseline,
    layers: layersOf(context, days),
    causes,
    controls: compared,
    listed,
    atOf: instants(events?.ok ? events.rows : []),
  });
  const settings = compareSettings({
    context,
    charter: stated ?? {},
    causes,
    controlOf: byRule,
    fails: (one) => {
      if (one === undefined) return false;
      const { state } = decideControl(one, shared);
      return state === 'fail' || state === 'pending' || state === 'accepted';
    },
  });
  if (baseline !== null) compareWithNothing(otherSubjects(shared), beside);
  const seen = observe(context);
  const deviations = [...found.deviations, ...settings.deviations, ...beside.deviations]
    .map((one): Deviation => ({ ...one, accepted: acceptedBy(one, shared) }))
    .sort(inOrder);
  return {
    deviations,
    unread: [...found.unread, ...settings.unread, ...beside.unread].sort((a, b) => order(a.label, b.label)),
    same: found.same + settings.same + beside.same,
    unreported: found.unreported,
    status: new Map([...found.status, ...settings.status, ...beside.status]),
    baseline: baseline === null ? null : { on: baseline.on, by: baseline.by },
    observed: {
      on: newestDay(deviations, found.status),
      why: seen.missing?.why ?? null,
      howToGet: seen.missing?.howToGet.text ?? null,
      events: events?.ok ? { from: events.from, to: events.to } : null,
    },
  };
}

/** Accepted only if every control that lists it has an exception in force for every item. */
function acceptedBy({ listed }: Found, shared: EvaluationState): Accepted | null {
  const all: Accepted[] = [];
  for (const { control: id, keys, states } of listed) {
    const control = shared.input.catalogue.controls.find((one) => one.id === id);
    if (control === undefined) return null;
    const { signed } = exceptionsFor(control, shared);
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

/** The drift found although connectors cannot be compared, with the reason why they cannot. */
function only(beside: SettingsOut, shared: EvaluationState, why: string, howToGet: string | null): Drift {
  const deviations = beside.deviations
    .map((one): Deviation => ({ ...one, accepted: acceptedBy(one, shared) }))
    .sort(inOrder);
  return {
    deviations,
    unread: beside.unread,
    same: beside.same,
    unreported: [],
    status: beside.status,
    baseline: null,
    observed: { on: newestDay(deviations, beside.status), why, howToGet, events: null },
  };
}

/** Things on computers that can be connected besides connectors, if a control of the catalogue reads them. */
function otherSubjects(shared: EvaluationState): OtherSubject[] {
  const { controls } = shared.input.catalogue;
  const of = (
    rule: string,
    decides: string | null,
    subject: Pick<OtherSubject, 'key' | 'label' | 'restore'>,
  ): OtherSubject[] => {
    const control = controls.find(({ checks }) =>
      checks.some((check) => check.rule === rule && (decides === null || decidesOn(check.with, decides))),
    );
    return control === undefined ? [] : [{ ...subject, control, verdict: decideControl(control, shared) }];
  };
  return [
    ...of('desktop-extensions-allowlist', null, {
      key: 'baseline/desktop-extensions',
      label: 'Desktop extensions',
      restore: 'Take each extension off the allowlist, and keep the allowlist on.',
    }),
    ...of('connector-default-decided', 'localMcpAllowed', {
      key: 'baseline/local-servers',
      label: 'Local MCP servers',
      restore: 'Switch local servers off by device policy, and remove those that were set up.',
    }),
  ];
}

function decidesOn(params: unknown, path: string): boolean {
  const { decisions } = (params ?? {}) as { readonly decisions?: unknown };
  return (
    Array.isArray(decisions) && decisions.some((one) => (one as { path?: unknown } | null)?.path === path)
  );
}

type ByRule = (rule: string) => Control | undefined;

/** Roles and domains, which can drift even if the charter says nothing about connectors. */
function besideConnectors(shared: EvaluationState, byRule: ByRule): SettingsOut {
  const out: SettingsOut = { deviations: [], unread: [], same: 0, status: new Map() };
  const roles = byRule(ROLES);
  const charter = shared.input.charter?.value;
  if (roles !== undefined && charter !== undefined) {
    const context = contextFor(shared, roles, freshDaysOf(roles, ROLES));
    const verdict = decideControl(roles, shared);
    compareRoles({ context, charter, control: roles, verdict, causes: causesOf(context) }, out);
  }
  const domains = byRule(DOMAINS);
  if (domains !== undefined) {
    const days = freshDaysOf(domains, DOMAINS);
    const context = contextFor(shared, domains, days);
    compareDomains({ context, control: domains, verdict: decideControl(domains, shared), days }, out);
  }
  return out;
}

function freshDaysOf({ checks }: Control, rule: string): number {
  return checks.find((check) => check.rule === rule)?.freshDays ?? DEFAULT_FRESH_DAYS;
}

function newestDay(deviations: readonly Deviation[], status: ReadonlyMap<string, Status>): string | null {
  const days = [
    ...deviations.map(({ on }) => on),
    ...[...status.values()].flatMap(({ evidence }) => evidence?.observedOn ?? []),
  ];
  return days.sort().at(-1) ?? null;
}

/** By urgency, then by width, then by name. */
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
// Guide: G1.1-02 G1.1-03 G2.2-16 G2.2-17 G2.2-26 G3.4-02 G7.1-01 GA-07
