import { addDays } from '../model/day.ts';
import { dayOf } from '../model/local-time.ts';
import type { CheckContext } from '../model/rule.ts';
import { isNamedClaude } from '../network/claude-hosts.ts';
import { alertsToClaude } from '../rules/microsoft/defender-alerts.ts';
import { eventsOf, inSession } from '../rules/microsoft/session-control.ts';

/** What a channel was seen at work for. Only alerts of Purview name devices; a proxy gives addresses, Claude people. */
export const REACHES = ['devices', 'addresses', 'people'] as const;

interface ReachedOne {
  readonly name: string;
  /** Day on which it was seen last. */
  readonly last: string;
  /** Whether it is in the list of managed devices; null: it is no device, or that list was not read. */
  readonly managed: boolean | null;
  /** Whether the channel was seen to look at what goes to Claude there; false: it works there, or the way leads past it. */
  readonly looks: boolean;
}

interface ChannelReach {
  readonly channel: string;
  readonly what: (typeof REACHES)[number];
  /** Newest first. */
  readonly list: readonly ReachedOne[];
}

/** A decision of a guard, by what it names. */
export interface ReachCheck {
  readonly channel: 'claude.inference_hooks' | 'network.icap_check';
  readonly name: string;
  readonly at: string;
}

export interface Reach {
  /** Managed devices; null: the list was not read. */
  readonly managed: number | null;
  readonly channels: readonly ChannelReach[];
}

/** Days for which something that was seen counts. */
const REACH_DAYS = 90;

/** Where each channel of data loss prevention was seen at work, by what was read in the last 90 days. */
export function reachOf(context: CheckContext, checks: readonly ReachCheck[]): Reach {
  const { today, profile } = context;
  const from = addDays(today, -REACH_DAYS);
  const devices = context.read('managed_devices');
  const managed = devices.ok
    ? new Set(devices.rows.flatMap(({ name }) => (name === null ? [] : [shortName(name)])))
    : null;
  const dayIn = (at: string) => dayOf(at, profile.timezone);
  const channel = (
    id: string,
    what: ChannelReach['what'],
    seen: readonly { readonly name: string; readonly on: string; readonly looks: boolean }[],
  ): ChannelReach[] => {
    const last = new Map<string, { name: string; on: string; looks: boolean }>();
    for (const { name, on, looks } of seen) {
      if (on < from || on > today) continue;
      const key = what === 'devices' ? shortName(name) : name.toLowerCase();
      const known = last.get(key);
      const newest = known !== undefined && known.on >= on ? known : { name, on };
      last.set(key, { ...newest, looks: looks || known?.looks === true });
    }
    const list = [...last].map(([key, { name, on, looks }]) => ({
      name,
      last: on,
      looks,
      managed: what !== 'devices' || managed === null ? null : managed.has(key),
    }));
    list.sort((a, b) => (a.last === b.last ? a.name.localeCompare(b.name) : a.last < b.last ? 1 : -1));
    return list.length === 0 ? [] : [{ channel: id, what, list }];
  };
  const alerts = context.read('security_alerts', REACH_DAYS);
  const events = context.read('cloud_app_events', REACH_DAYS);
  const traffic = context.read('ai_traffic', REACH_DAYS);
  const about = new Set(alerts.ok ? alertsToClaude(context, alerts) : []);
  const logs = traffic.ok ? traffic : (traffic.part ?? null);
  const decided = (id: ReachCheck['channel']) =>
    checks.filter((one) => one.channel === id).map(({ name, at }) => ({ name, on: dayIn(at), looks: true }));
  return {
    managed: devices.ok ? devices.rows.length : null,
    channels: [
      ...channel(
        'microsoft.dlp_endpoint',
        'devices',
        (alerts.ok ? alerts.rows : [])
          .filter(({ source }) => /data ?loss ?prevention/iu.test(source ?? ''))
          .flatMap((row) =>
            (row.devices ?? []).flatMap(({ name }) =>
              // An alert on a printer or a stick shows the channel on the device, and not that it covers Claude.
              name === null ? [] : [{ name, on: dayIn(row.at), looks: about.has(row) }],
            ),
          ),
      ),
      ...channel(
        'microsoft.defender_session_control',
        'people',
        (events.ok ? eventsOf(events) : [])
          .filter((row) => inSession(row) && isNamedClaude(row.app ?? '', context.catalogue))
          .flatMap(({ at, person, personId }) => {
            const name = person ?? personId;
            return name === null ? [] : [{ name, on: dayIn(at), looks: true }];
          }),
      ),
      ...channel(
        'network.swg_dlp',
        'devices',
        // A log shows that a device goes through the gateway, and not that its content rules look.
        (logs?.rows ?? []).flatMap(({ tool, device, on }) =>
          tool === 'claude' && device !== null && on !== null ? [{ name: device, on, looks: false }] : [],
        ),
      ),
      ...channel('network.icap_check', 'addresses', decided('network.icap_check')),
      ...channel('claude.inference_hooks', 'people', decided('claude.inference_hooks')),
    ],
  };
}

/**
 * Whether an upload to a personal account would be seen. everywhere: on every managed device, and on no other · partly: on
 * some devices or networks · not_shown: a channel that would see it is licensed, and nothing shows it at work · open: no
 * channel that sees personal accounts is known to be there.
 */
export const UPLOAD_STATES = ['everywhere', 'partly', 'not_shown', 'open'] as const;
type UploadState = (typeof UPLOAD_STATES)[number];

interface ChannelKnown {
  readonly id: string;
  readonly licensed: 'yes' | 'no' | 'unknown';
  /** Whether it sees a personal account. */
  readonly personal: 'yes' | 'no' | 'unknown';
  /** Whether the control that someone states it by holds; null: there is none, or it cannot be told. */
  readonly holds: boolean | null;
}

export function uploadState(channels: readonly ChannelKnown[], reach: Reach): UploadState {
  const seeing = channels.filter(({ personal }) => personal === 'yes');
  const working = seeing.flatMap(({ id }) =>
    reach.channels
      .filter(({ channel }) => channel === id)
      .flatMap(({ list }) => list.filter(({ looks }) => looks)),
  );
  const covered = new Set(
    working.filter(({ managed }) => managed === true).map(({ name }) => shortName(name)),
  );
  if (reach.managed !== null && reach.managed > 0 && covered.size >= reach.managed) return 'everywhere';
  if (working.length > 0 || seeing.some(({ holds }) => holds === true)) return 'partly';
  return seeing.some(({ licensed, holds }) => licensed === 'yes' && holds !== false) ? 'not_shown' : 'open';
}

function shortName(name: string): string {
  const plain = name.trim().toLowerCase();
  return /^\d{1,3}(?:\.\d{1,3}){3}$|:/u.test(plain) ? plain : (plain.split('.')[0] ?? '');
}
// Guide: G4.1-06
