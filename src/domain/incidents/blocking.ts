import { addDays } from '../model/day.ts';
import { dayOf } from '../model/local-time.ts';
import type { CheckContext, Entitlement } from '../model/rule.ts';
import { isClaudeHost, isNamedClaude } from '../network/claude-hosts.ts';
import { organizationsOf } from '../network/plan.ts';
import { alertsAboutClaude } from '../rules/microsoft/defender-alerts.ts';
import { readPolicies } from '../rules/microsoft/policies.ts';
import { eventsOf, inSession } from '../rules/microsoft/session-control.ts';

import type { MeansAsked, MeansEvidence, MeansFinding, MeansState } from './means.ts';

/** Days for which an observation shows that something is active. */
const DAYS = 30;
/** Days for which a test from a device counts, the same as in the control of tenant restrictions. */
const PROBE_DAYS = 90;

/**
 * Which means of blocking are active for a device and person, according to readings, each with evidence and its time.
 */
export function blockingMeans(
  context: CheckContext,
  capability: (id: string) => Entitlement,
  asked: MeansAsked,
): readonly MeansFinding[] {
  const licensed = (id: string, finding: () => MeansFinding): MeansFinding => {
    const { has, reason } = capability(id);
    const made = finding();
    // An observation counts, whatever the profile says about licenses.
    const seen = made.state === 'active' || (made.state === 'not_proved' && made.evidence.length > 0);
    return has === 'no' && !seen ? { ...made, state: 'not_licensed', evidence: [], why: reason } : made;
  };
  const header = (id: 'header_injection' | 'browser_policy') =>
    licensed('claude.tenant_restrictions', () => onEach(asked, (one) => headerOf(context, one, id)));
  return [
    licensed('microsoft.defender_session_control', () => sessionControl(context, asked)),
    onEach(asked, (one) => indicator(context, one)),
    onEach(asked, (one) => webGateway(context, one)),
    header('header_injection'),
    header('browser_policy'),
    licensed('claude.inference_hooks', () => inferenceHook(context, asked)),
  ];
}

/** From evidence that it does not block to evidence that it does. */
const WORST_FIRST: readonly MeansState[] = ['not_active', 'cannot_read', 'not_proved', 'active'];

/** State across several devices: that of the worst one, since blocking one device does not block the others. */
function onEach(asked: MeansAsked, find: (asked: MeansAsked) => MeansFinding): MeansFinding {
  const [first, ...others] = asked.devices.map((device) => find({ ...asked, devices: [device] }));
  if (first === undefined) return find(asked);
  const rank = ({ state }: MeansFinding) => WORST_FIRST.indexOf(state);
  return others.reduce((worst, one) => (rank(one) < rank(worst) ? one : worst), first);
}

function sessionControl(context: CheckContext, { person }: MeansAsked): MeansFinding {
  const base = { id: 'session_control', reaches: 'own', why: null } as const;
  const events = context.read('cloud_app_events');
  const policies = readPolicies(context);
  const routing = policies.ok
    ? policies.rows.filter((row) => row.state === 'enabled' && row.session.cloudAppSecurity !== null)
    : [];
  const [policy] = routing;
  const set: MeansEvidence[] = !policies.ok
    ? []
    : policy === undefined
      ? [{ code: 'no_session_policy', at: policies.observedOn, of: null }]
      : [{ code: 'session_policy', at: policies.observedOn, of: policy.name }];
  if (events.ok) {
    const ids = idsOf(context, person);
    const sessions = eventsOf(events).filter(
      (row) =>
        inSession(row) &&
        isNamedClaude(row.app ?? '', context.catalogue) &&
        row.at <= context.now &&
        recent(context, row.at, DAYS),
    );
    const own = sessions.find(({ personId }) => personId !== null && ids.has(personId.toLowerCase()));
    if (own !== undefined)
      return { ...base, state: 'active', evidence: [{ code: 'session', at: own.at, of: own.app }, ...set] };
    const [other] = sessions;
    if (other !== undefined)
      return {
        ...base,
        state: 'not_proved',
        evidence: [{ code: 'session_of_others', at: other.at, of: other.app }, ...set],
      };
  }
  if (policy !== undefined) return { ...base, state: 'not_proved', evidence: set };
  if (policies.ok && policies.unread.length === 0) return { ...base, state: 'not_active', evidence: set };
  return { ...base, state: 'cannot_read', evidence: [], why: events.ok ? null : events.why };
}

function indicator(context: CheckContext, { devices }: MeansAsked): MeansFinding {
  const base = { id: 'indicator', reaches: 'personal', why: null } as const;
  const alerts = context.read('security_alerts', PROBE_DAYS);
  if (!alerts.ok) return { ...base, state: 'cannot_read', evidence: [], why: alerts.why };
  const here = (row: { readonly devices?: readonly { name: string | null; entraId: string | null }[] }) =>
    (row.devices ?? []).some(({ name, entraId }) => isOneOf(devices, name) || isOneOf(devices, entraId));
  const isClaude = (host: string) => isClaudeHost(host, context.catalogue);
  const about = alertsAboutClaude(alerts).find(
    (row) =>
      here(row) &&
      row.at <= context.now &&
      recent(context, row.at, DAYS) &&
      /endpoint/iu.test(row.source ?? '') &&
      (row.hosts ?? []).some(isClaude),
  );
  if (about !== undefined) {
    // A stopped file says nothing about other traffic to the host.
    const stopped = (about.stoppedHosts ?? []).some(isClaude);
    return {
      ...base,
      state: stopped ? 'active' : 'cannot_read',
      evidence: [{ code: stopped ? 'stopped' : 'not_stopped', at: about.at, of: about.title }],
    };
  }
  const seen = alerts.rows
    .filter((row) => here(row) && row.at <= context.now)
    .flatMap((row) =>
      (row.devices ?? [])
        .filter(({ name, entraId }) => isOneOf(devices, name) || isOneOf(devices, entraId))
        .flatMap(({ onboarded }) => (onboarded === null ? [] : [{ at: row.at, onboarded }])),
    )
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (seen === undefined) return { ...base, state: 'cannot_read', evidence: [] };
  return {
    ...base,
    // Indicators work only on devices onboarded to Defender for Endpoint; the list of indicators is not read.
    state: seen.onboarded ? 'cannot_read' : 'not_active',
    evidence: [{ code: seen.onboarded ? 'onboarded' : 'not_onboarded', at: seen.at, of: null }],
  };
}

function webGateway(context: CheckContext, { devices, checks }: MeansAsked): MeansFinding {
  const base = { id: 'web_gateway', reaches: 'personal', why: null } as const;
  const traffic = context.read('ai_traffic');
  const logs = traffic.ok ? traffic : (traffic.part ?? null);
  const ours = new Set(organizationsOf(context.charter.ok ? context.charter.value : {}, null));
  const rows = (logs?.rows ?? []).filter(
    ({ tool, device, on, organization }) =>
      tool === 'claude' &&
      isOneOf(devices, device) &&
      on !== null &&
      on <= context.today &&
      recent(context, on, DAYS) &&
      // Requests of our own organization say nothing about a personal account.
      (organization === null || !ours.has(organization)),
  );
  const newest = rows.reduce((last, { on }) => (on !== null && on > last ? on : last), '');
  const ofDay = rows.filter(({ on }) => on === newest);
  const icap = checks.filter(({ guard, at }) => guard === 'icap' && recent(context, at, DAYS));
  const checked = icap.filter(({ own }) => own).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  const found: MeansEvidence[] = [];
  let state: MeansState = 'cannot_read';
  if (ofDay.length > 0) {
    const times = sum(ofDay.map((row) => row.times));
    const refused = sum(ofDay.map((row) => row.refused));
    const word = { at: newest, of: times === null ? null : String(times) };
    if (times !== null && refused !== null && times > 0) {
      if (refused >= times) {
        // An incomplete log does not show what the rest of the traffic got through.
        if (traffic.ok) {
          state = 'active';
          found.push({ code: 'refused_by_log', ...word });
        }
      } else {
        state = 'not_active';
        found.push(
          refused === 0
            ? { code: 'passed_by_log', ...word }
            : { code: 'some_refused_by_log', at: newest, of: `${refused} of ${times}` },
        );
      }
    }
  }
  if (checked !== undefined) {
    found.push({
      code: checked.enforced ? 'checked_at_proxy' : 'watched_at_proxy',
      at: checked.at,
      of: null,
    });
    if (state === 'cannot_read') state = checked.enforced ? 'active' : 'not_proved';
  } else if (state === 'cannot_read' && icap[0] !== undefined) {
    state = 'not_proved';
    found.push({ code: 'proxy_of_others', at: icap[0].at, of: null });
  }
  return {
    ...base,
    state,
    evidence: found,
    why: state === 'cannot_read' && !traffic.ok ? traffic.why : null,
  };
}

function headerOf(
  context: CheckContext,
  { devices, probes }: MeansAsked,
  id: 'header_injection' | 'browser_policy',
): MeansFinding {
  const base = { id, reaches: 'personal', why: null } as const;
  const counting = probes
    .filter(
      ({ way, verdict, at }) =>
        (way === 'browser') === (id === 'browser_policy') &&
        verdict !== 'not_shown' &&
        at <= context.now &&
        recent(context, at, PROBE_DAYS),
    )
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const here = counting.filter(({ place }) => isOneOf(devices, place));
  // A result by the person concerned in their own favor must not override what someone else saw.
  const lasts = [...Map.groupBy(here, ({ way }) => way).values()].flatMap(
    (of) => of.find(({ verdict, byPerson }) => verdict !== 'holds' || !byPerson) ?? of[0] ?? [],
  );
  // Desktop app and programs use the same gateway, so if one of them gets through, it does not block.
  const own =
    lasts.find(({ verdict }) => verdict !== 'holds') ?? lasts.find((one) => !one.byPerson) ?? lasts[0];
  if (own !== undefined) {
    const holds = own.verdict === 'holds';
    if (holds && own.byPerson)
      return {
        ...base,
        state: 'not_proved',
        evidence: [{ code: 'probe_by_person', at: own.at, of: own.place }],
      };
    return {
      ...base,
      state: holds ? 'active' : 'not_active',
      evidence: [{ code: holds ? 'probe' : 'probe_lets_in', at: own.at, of: own.place }],
    };
  }
  const elsewhere = counting.find(({ verdict }) => verdict === 'holds');
  return elsewhere === undefined
    ? { ...base, state: 'cannot_read', evidence: [] }
    : {
        ...base,
        state: 'not_proved',
        evidence: [{ code: 'probe_elsewhere', at: elsewhere.at, of: elsewhere.place }],
      };
}

function inferenceHook(context: CheckContext, { checks, hook }: MeansAsked): MeansFinding {
  const base = { id: 'inference_hook', reaches: 'own', why: null } as const;
  if (hook === null) return { ...base, state: 'not_active', evidence: [] };
  const recently = checks
    .filter(({ guard, at }) => guard === 'inference_hook' && recent(context, at, DAYS))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const own = recently.find((one) => one.own);
  if (own !== undefined)
    return {
      ...base,
      state: own.enforced ? 'active' : 'not_proved',
      evidence: [{ code: own.enforced ? 'hook' : 'hook_watches', at: own.at, of: null }],
    };
  const [other] = recently;
  return {
    ...base,
    state: 'not_proved',
    evidence: other === undefined ? [] : [{ code: 'hook_of_others', at: other.at, of: null }],
  };
}

/** The person's object ids in Entra, lower case. */
function idsOf(context: CheckContext, person: string | null): ReadonlySet<string> {
  const users = context.read('entra_users');
  if (person === null || !users.ok) return new Set();
  const wanted = person.trim().toLowerCase();
  return new Set(
    users.rows.flatMap(({ id, upn, mail }) =>
      id !== null && (upn?.toLowerCase() === wanted || mail?.toLowerCase() === wanted)
        ? [id.toLowerCase()]
        : [],
    ),
  );
}

/** Whether a name is one of the devices. If only one of two names has a domain, the first labels are compared. */
function isOneOf(devices: readonly string[], name: string | null): boolean {
  const wanted = name?.trim().toLowerCase() ?? '';
  if (wanted === '') return false;
  return devices.some((one) => {
    const device = one.trim().toLowerCase();
    if (device === wanted) return true;
    const bothWhole = isWhole(device) && isWhole(wanted);
    return !bothWhole && !isAddress(device) && !isAddress(wanted) && first(device) === first(wanted);
  });
}

const first = (name: string) => name.split('.')[0];
const isAddress = (name: string) => /^\d{1,3}(?:\.\d{1,3}){3}$|:/u.test(name);
const isWhole = (name: string) => name.includes('.');

function recent({ today, profile }: CheckContext, at: string, days: number): boolean {
  const on = at.length === 10 ? at : dayOf(at, profile.timezone);
  return on >= addDays(today, -days);
}

/** null if any value is unknown. */
function sum(values: readonly (number | null)[]): number | null {
  return values.reduce((all: number | null, one) => (all === null || one === null ? null : all + one), 0);
}
// Guide: G7.2-10
