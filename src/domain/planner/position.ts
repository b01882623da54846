import { evaluateCondition } from '../decide/conditions.ts';
import { EvaluationState } from '../decide/context.ts';
import { decideControl } from '../decide/decide.ts';
import type { DecisionInput, Settled } from '../decide/input.ts';
import type { Control } from '../model/catalogue.ts';
import type { Coverage, Risk } from '../model/risk.ts';
import type { Entitlement } from '../model/rule.ts';
import { staffOf } from '../people/staff-count.ts';
import { findRule } from '../rules/index.ts';

/** Whether plan and licenses let a client enforce a control. Whether it is enforced is up to the verdict. */
export type Reach = 'enforceable' | 'policy_only' | 'not_licensed' | 'not_applicable' | 'unknown';

export interface ControlReach {
  readonly control: string;
  readonly reach: Reach;
  /** One sentence. */
  readonly because: string;
  /** Capabilities that it needs and the client lacks. */
  readonly lacks: readonly string[];
}

export interface RiskCover {
  readonly risk: string;
  /** The strongest of the layers; `policy_only` if no layer covers it. */
  readonly coverage: 'covers' | 'partly' | 'policy_only' | 'unknown';
  /** Details by layer. */
  readonly layers: readonly LayerCover[];
  /** What covers it, in one line. */
  readonly words: string;
  readonly residual: string;
}

export interface LayerCover {
  readonly layer: 'claude' | 'network_endpoint' | 'policy';
  readonly coverage: Coverage | 'unknown';
  readonly words: string;
}

export interface GoalReach {
  readonly goal: string;
  readonly has: 'yes' | 'no' | 'unknown';
  readonly because: string;
}

/** Whether a client has a channel that can see what people give to Claude. */
export interface ChannelReach {
  readonly channel: string;
  readonly has: 'yes' | 'no' | 'unknown';
  readonly because: string;
}

/** What a client can achieve with what it has bought. */
export interface Position {
  readonly controls: readonly ControlReach[];
  readonly risks: readonly RiskCover[];
  readonly goals: readonly GoalReach[];
  readonly channels: readonly ChannelReach[];
  readonly count: Readonly<Record<Reach, number>>;
}

export function positionOf(input: DecisionInput): Position {
  const shared = new EvaluationState(input);
  const controls = input.catalogue.controls.map((control) => reachOf(control, shared));
  const count = { enforceable: 0, policy_only: 0, not_licensed: 0, not_applicable: 0, unknown: 0 };
  for (const { reach } of controls) count[reach] += 1;
  return {
    controls,
    count,
    risks: input.catalogue.risks.map((risk) => coverOf(risk, shared)),
    channels: input.catalogue.capabilities
      .filter(({ channel }) => channel !== undefined)
      .map(({ id }) => {
        const { has, reason } = shared.capability(id);
        return { channel: id, has, because: reason };
      }),
    goals: input.catalogue.capabilities
      .filter(({ id }) => id.startsWith('goal.'))
      .map(({ id }) => {
        const { has, reason, only } = shared.capability(id);
        return {
          goal: id,
          has,
          because: only === undefined ? reason : `${reason} It works only in ${only}.`,
        };
      }),
  };
}

/**
 * The client as plans evaluate it: with the verdicts of controls that no purchase changes, and with the staff count
 * that all pages use. Without these verdicts, a plan would count controls as enforceable that the list of controls
 * calls not applicable.
 */
export function plannedFor(shared: EvaluationState): DecisionInput {
  const { input } = shared;
  const settled = new Map<string, Settled>();
  for (const control of input.catalogue.controls) {
    const { reach } = reachOf(control, shared);
    if (reach !== 'enforceable' && reach !== 'unknown') continue;
    const { state, reason } = decideControl(control, shared);
    if (state === 'not_applicable' || state === 'policy_only') settled.set(control.id, { state, reason });
  }
  const staff = staffOf(shared);
  return {
    ...input,
    charter: shared.countedCharter,
    charterCounted: true,
    settled,
    profile: { ...input.profile, ...(staff === null ? {} : { staffCount: staff }) },
  };
}

function reachOf(control: Control, shared: EvaluationState): ControlReach {
  const settled = shared.input.settled?.get(control.id);
  const found = boughtReach(control, shared);
  return settled !== undefined && (found.reach === 'enforceable' || found.reach === 'unknown')
    ? { ...found, reach: settled.state, because: settled.reason }
    : found;
}

/** From what was bought, and from whether the control applies to the client. */
function boughtReach(control: Control, shared: EvaluationState): ControlReach {
  const applies = control.appliesWhen
    ? evaluateCondition(control.appliesWhen, shared)
    : { is: 'yes' as const };
  const reach = (state: Reach, because: string, lacks: readonly string[] = []): ControlReach => ({
    control: control.id,
    reach: state,
    because,
    lacks,
  });
  if (applies.is === 'no') return reach('not_applicable', control.notApplicable ?? applies.said.text);
  const needed = control.needs.map((id) => shared.capability(id));
  const missing = needed.find(({ has }) => has === 'no');
  const lacks = needed.filter(({ has }) => has === 'no').map(({ id }) => id);
  if (missing) return reach(control.unlicensed?.state ?? 'not_licensed', missing.reason, lacks);
  const doubtful = needed.find(({ has }) => has === 'unknown');
  if (doubtful) return reach('unknown', doubtful.reason);
  if (applies.is === 'unknown') return reach('unknown', applies.said.text);
  const held = (control.enforcedBy?.needs ?? []).map((id) => shared.capability(id));
  const absent = held.filter(({ has }) => has === 'no');
  if (control.enforcedBy && absent[0])
    return reach(
      'policy_only',
      `${absent[0].reason} ${control.enforcedBy.otherwise}`,
      absent.map(({ id }) => id),
    );
  const open = held.find(({ has }) => has === 'unknown');
  if (open) return reach('unknown', open.reason);
  if (control.checks.every(({ rule }) => findRule(rule).policyOnly === true))
    return reach('policy_only', 'No plan or license enforces it; the policy is the control.');
  const only = [...needed, ...held].find((one) => one.only !== undefined)?.only;
  const because = [...needed, ...held].at(-1)?.reason ?? 'It needs no license beyond what every client has.';
  return reach('enforceable', only === undefined ? because : `${because} It works only in ${only}.`);
}

const RANK: Readonly<Record<Coverage | 'unknown', number>> = {
  covers: 4,
  partly: 3,
  unknown: 2,
  policy_only: 1,
  none: 0,
  not_applicable: 0,
};

/** Weight of a risk's coverage, for comparing sets of purchases; every risk counts equally. */
export function weightOf({ coverage }: Pick<RiskCover, 'coverage'>): number {
  return coverage === 'covers' ? 1 : coverage === 'partly' ? 0.5 : 0;
}

function coverOf(risk: Risk, shared: EvaluationState): RiskCover {
  const layers: LayerCover[] = [claudeLayer(risk, shared), ...network(risk, shared)];
  const best = [...layers].sort((a, b) => RANK[b.coverage] - RANK[a.coverage])[0];
  const coverage = best?.coverage ?? 'none';
  const reaches = coverage === 'covers' || coverage === 'partly' || coverage === 'unknown';
  return {
    risk: risk.id,
    coverage: reaches ? coverage : 'policy_only',
    layers: [...layers, { layer: 'policy', coverage: 'policy_only', words: 'The acceptable use policy' }],
    words: reaches
      ? (best?.words ?? '')
      : risk.policyOnly
        ? 'No purchase changes this'
        : 'Only the policy covers it',
    residual: risk.residual,
  };
}

function claudeLayer(risk: Risk, { input }: EvaluationState): LayerCover {
  const { claudePlan } = input.profile;
  if (claudePlan === 'free_pro')
    return {
      layer: 'claude',
      coverage: 'none',
      words: 'Personal plans have no settings for an organization',
    };
  const entry = risk.layers[claudePlan === 'team' ? 'claude_team' : 'claude_enterprise'];
  return { layer: 'claude', coverage: entry?.coverage ?? 'none', words: entry?.vendor ?? '' };
}

/** What the network and the devices cover, with the client's licenses for them. */
function network(risk: Risk, shared: EvaluationState): LayerCover[] {
  const entry = risk.layers.network_endpoint;
  if (entry === undefined || entry.coverage === 'none' || entry.coverage === 'not_applicable') return [];
  if (entry.through === undefined)
    return [{ layer: 'network_endpoint', coverage: entry.coverage, words: entry.vendor }];
  const found = entry.through.map((way) => ({ ...way, ...answer(way.capability, shared) }));
  const held = found.find(({ has }) => has === 'yes');
  if (held?.only)
    return [
      {
        layer: 'network_endpoint',
        coverage: held.coverage === 'covers' ? 'partly' : held.coverage,
        words: `${held.words}; here only in ${held.only}`,
      },
    ];
  if (held) return [{ layer: 'network_endpoint', coverage: held.coverage, words: held.words }];
  const doubtful = found.find(({ has }) => has === 'unknown');
  return [
    doubtful
      ? { layer: 'network_endpoint', coverage: 'unknown', words: `Not known whether held: ${doubtful.words}` }
      : { layer: 'network_endpoint', coverage: 'none', words: 'Not licensed' },
  ];
}

function answer(capability: string, shared: EvaluationState): Pick<Entitlement, 'has' | 'only'> {
  const { has, only } = shared.capability(capability);
  return only === undefined ? { has } : { has, only };
}
