import { addDays } from '../model/day.ts';
import { dayOf } from '../model/local-time.ts';
import type { CheckContext } from '../model/rule.ts';
import { isNamedClaude } from '../network/claude-hosts.ts';
import { alertsToClaude } from '../rules/microsoft/defender-alerts.ts';
import { eventsOf, inSession } from '../rules/microsoft/session-control.ts';

/** What a channel was observed to cover. Only Purview alerts name devices; a proxy has addresses, Claude has people. */
export const REACHES = ['devices', 'addresses', 'people'] as const;

interface ReachedOne {
  readonly name: string;
  /** Day of the last observation. */
  readonly last: string;
  /** Whether it is among the managed devices; null: it is not a device, or the list was not read. */
  readonly managed: boolean | null;
  /** Whether the channel was observed scanning traffic to Claude there; false: it works there, or is bypassed. */
  readonly looks: boolean;
}

interface ChannelReach {
  readonly channel: string;
  readonly what: (typeof REACHES)[number];
  /** Newest first. */
  readonly list: readonly ReachedOne[];
}

/** A guard's decision, by what it identifies. */
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

/** Days for which an observation is valid. */
const REACH_DAYS = 90;

/** Where each channel of data loss prevention was observed at work, in the readings of the last 90 days. */
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
              // An alert about a printer or USB drive shows that the channel is active on the device, but not that it
              // covers Claude.
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
        // A log shows that a device uses the gateway, but not that its content rules scan.
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
 * Whether an upload to a personal account would be detected. everywhere: on every managed device, and on no other ·
 * partly: on some devices or networks · not_shown: a suitable channel is licensed, but nothing shows it at work ·
 * open: no channel that covers personal accounts is known.
 */
export const UPLOAD_STATES = ['everywhere', 'partly', 'not_shown', 'open'] as const;
type UploadState = (typeof UPLOAD_STATES)[number];

interface ChannelKnown {
  readonly id: string;
  readonly licensed: 'yes' | 'no' | 'unknown';
  /** Whether it covers a personal account. */
  readonly personal: 'yes' | 'no' | 'unknown';
  /** Whether the control by which someone attests it holds; null: there is none, or it is unknown. */
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
