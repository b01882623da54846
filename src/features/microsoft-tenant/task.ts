import type { z } from 'zod';
import { contextFor } from '#domain/decide/context.ts';
import { addDays } from '#domain/model/day.ts';
import type { Kind, SignInRow } from '#domain/model/kinds.ts';
import type { CheckContext, Current } from '#domain/model/rule.ts';
import { address } from '#domain/people/names.ts';
import { holdsSeat } from '#domain/people/reconcile.ts';
import { claudeAppIds, isOut, looksOf } from '#domain/rules/microsoft/agent-catalog.ts';
import { appPath, kindOfApp } from '#domain/rules/microsoft/app-kind.ts';
import { CONNECTOR_APPS, CONNECTOR_EGRESS } from '#domain/rules/microsoft/apps.ts';
import { allInside } from '#domain/rules/microsoft/cidr.ts';
import { classified } from '#domain/rules/microsoft/defender-alerts.ts';
import { compliant, equipment } from '#domain/rules/microsoft/devices-enrolled.ts';
import { openSites } from '#domain/rules/microsoft/open-sites.ts';
import { siteName } from '#domain/rules/microsoft/shared-sites.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { alertsShown } from './alert-task.ts';
import type { tenantSchema } from './contract.ts';
import { licensedOf } from './licensed.ts';
import { sessionsOf } from './sessions.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    microsoftTenant: typeof microsoftTenant;
  }
}

type Shown = z.infer<typeof tenantSchema>;
type Alerts = Shown['alerts'];
/** The content of the readings; `show.ts` adds decisions made here. */
export type TenantReading = Omit<Shown, 'alerts'> & {
  readonly alerts: Pick<Alerts, 'read' | 'total'> & {
    readonly list: readonly Omit<Alerts['list'][number], 'closed' | 'incident'>[];
  };
};
type Part = TenantReading['devices']['read'];

const RULE = 'staff-devices-enrolled';
const DAYS = 30;

/** The state of the client's tenant for Claude, part by part. null if the catalogue has no such control. */
export function microsoftTenant({ shared }: TaskInput): TenantReading | null {
  const control = shared.input.catalogue.controls.find((one) => one.checks.some(({ rule }) => rule === RULE));
  if (control === undefined) return null;
  const context = contextFor(shared, control, DAYS);
  const members = context.read('members');
  const seats = members.ok
    ? new Set(members.rows.filter(holdsSeat).map(({ email }) => address(email)))
    : null;
  const hasSeat = (upn: string | null) => (seats === null ? null : upn !== null && seats.has(address(upn)));
  return {
    devices: devicesOf(context),
    policies: policiesOf(context),
    apps: appsOf(context),
    agents: agentsOf(context),
    background: backgroundOf(context),
    risk: { users: riskyUsersOf(context, hasSeat), detections: detectionsOf(context, hasSeat) },
    alerts: alertsOf(context),
    sessions: sessionsOf(context),
    sites: sitesOf(context),
    licensed: licensedOf(context, partOf),
    premium: premiumOf(context),
    domains: domainsOf(context),
  };
}

function partOf<K extends Kind>(current: Current<K>): Part {
  return current.ok
    ? { on: current.observedOn, why: null, howToGet: null }
    : { on: null, why: current.why, howToGet: current.howToGet.text };
}

function devicesOf(context: CheckContext): TenantReading['devices'] {
  const devices = context.read('managed_devices');
  const states = devices.ok ? devices.rows.map((row) => compliant(row, devices.observedOn)) : [];
  const people = devices.ok ? equipment(context, devices) : null;
  return {
    read: partOf(devices),
    total: states.length,
    compliant: states.filter((one) => one === true).length,
    notCompliant: states.filter((one) => one === false).length,
    unknown: states.filter((one) => one === null).length,
    seats: people?.length ?? null,
    ready: (people ?? []).filter(({ is }) => is === 'ready').length,
    notReady: (people ?? []).flatMap(({ email, is, devices: own }) =>
      is === 'ready' ? [] : [{ email, is, devices: own.length }],
    ),
  };
}

function policiesOf(context: CheckContext): TenantReading['policies'] {
  const policies = context.read('compliance_policies');
  return {
    read: partOf(policies),
    list: (policies.ok ? policies.rows : []).map(({ name, platform, changedAt }) => ({
      name,
      platform,
      changedAt,
    })),
  };
}

function appsOf(context: CheckContext): TenantReading['apps'] {
  const principals = context.read('service_principals');
  const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  return {
    read: partOf(principals),
    list: (principals.ok ? principals.rows : []).flatMap((row) => {
      const is = kindOfApp(row, own);
      if (is === null) return [];
      const { appId, name, publisher, enabled, createdAt = null } = row;
      return [{ appId, name, is, publisher, enabled, createdAt, path: appPath(row) }];
    }),
  };
}

function agentsOf(context: CheckContext): TenantReading['agents'] {
  const agents = context.read('agent_packages');
  const principals = context.read('service_principals');
  const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  const ids = claudeAppIds(principals.ok ? principals.rows : [], own);
  return {
    read: partOf(agents),
    total: agents.ok ? agents.rows.length : 0,
    list: (agents.ok ? agents.rows : []).flatMap((row) => {
      const is = looksOf(row, ids);
      if (is === null) return [];
      const { id, appId, name, publisher } = row;
      return [{ id, appId, name, is, publisher, closed: isOut(row) }];
    }),
  };
}

function backgroundOf(context: CheckContext): TenantReading['background'] {
  const signIns = context.read('sign_ins');
  const from = addDays(context.today, -DAYS);
  const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  const apps = new Set<string | undefined>([own, ...CONNECTOR_APPS.map(({ appId }) => appId)]);
  const rows = (signIns.ok ? signIns.rows : []).filter(
    ({ interactive, appId, at }) =>
      interactive === false && at.slice(0, 10) >= from && appId !== null && apps.has(appId.toLowerCase()),
  );
  const refused = new Map<string, TenantReading['background']['refused'][number]>();
  for (const row of rows) {
    if (row.errorCode === null || row.errorCode === 0) continue;
    const sources = fromConnector(row) ? 'connector' : 'elsewhere';
    const key = `${row.errorCode} ${sources}`;
    const known = refused.get(key);
    refused.set(key, {
      code: row.errorCode,
      sources,
      count: (known?.count ?? 0) + 1,
      last: known !== undefined && known.last > row.at ? known.last : row.at,
    });
  }
  const read = partOf(signIns);
  return {
    // Interactive sign-ins alone do not show those in the background.
    read:
      signIns.ok && !signIns.rows.some(({ interactive }) => interactive === false)
        ? {
            on: null,
            why: 'The sign-ins that were read include none made in the background by a program for a person.',
            howToGet: 'Connect Microsoft 365 under Connections > Sources, which reads them too.',
          }
        : read,
    total: rows.length,
    refused: [...refused.values()].sort((a, b) => b.count - a.count),
  };
}

const fromConnector = ({ ip }: SignInRow) => ip !== null && allInside([ip], CONNECTOR_EGRESS);

type HasSeat = (upn: string | null) => boolean | null;
/** Microsoft's states of a user without an open risk. */
const NO_OPEN_RISK = new Set(['none', 'remediated', 'dismissed', 'confirmedsafe']);

function riskyUsersOf(context: CheckContext, hasSeat: HasSeat): TenantReading['risk']['users'] {
  const users = context.read('risky_users');
  return {
    read: partOf(users),
    list: (users.ok ? users.rows : [])
      .filter(({ state }) => !NO_OPEN_RISK.has(state?.toLowerCase() ?? ''))
      .map(({ upn, name, id, level, state, updatedAt }) => ({
        who: upn ?? name ?? id ?? '',
        level,
        state,
        updatedAt,
        seat: hasSeat(upn),
      })),
  };
}

function detectionsOf(context: CheckContext, hasSeat: HasSeat): TenantReading['risk']['detections'] {
  const detections = context.read('risk_detections');
  const from = addDays(context.today, -DAYS);
  // A detection is listed again when its state changes; the last one is current.
  const latest = new Map((detections.ok ? detections.rows : []).map((row) => [row.id ?? row.at, row]));
  const kinds = new Map<string, TenantReading['risk']['detections']['list'][number]>();
  for (const row of latest.values()) {
    if (row.at.slice(0, 10) < from) continue;
    const known = kinds.get(row.type);
    const seat = hasSeat(row.upn);
    const outcome = row.detail === null || row.detail === 'none' ? row.state : row.detail;
    kinds.set(row.type, {
      type: row.type,
      count: (known?.count ?? 0) + 1,
      seats: seat === null ? null : (known?.seats ?? 0) + (seat ? 1 : 0),
      last: known !== undefined && known.last > row.at ? known.last : row.at,
      outcomes: [...new Set([...(known?.outcomes ?? []), ...(outcome === null ? [] : [outcome])])],
    });
  }
  return { read: partOf(detections), list: [...kinds.values()].sort((a, b) => b.count - a.count) };
}

function alertsOf(context: CheckContext): TenantReading['alerts'] {
  const alerts = context.read('security_alerts');
  return {
    read: partOf(alerts),
    total: alerts.ok ? new Set(alerts.rows.map(({ id }) => id)).size : 0,
    list: alertsShown(alerts).map(
      ({ id, title, kind, severity, status, classification, people, at, link, ...more }) => ({
        ...{ id, title, kind, severity, status, classification, at, link },
        classified: classified({ status, classification }),
        destination: more.destination,
        people: [...people],
        files: more.files.map(({ name, sha256 }) => ({ name, sha256 })),
        policies: [...more.policies],
        devices: more.devices.map(({ name, entraId, onboarded }) => ({ name, entraId, onboarded })),
        stopped: more.stopped === true,
      }),
    ),
  };
}

/** The sharing report combined with live readings; a part without data says why. */
function sitesOf(context: CheckContext): TenantReading['sites'] {
  const { report, usage, groups, permissions, visibility, countedTo, sites } = openSites(context);
  const silent: Part = { on: null, why: 'The list of groups does not say which are public.', howToGet: null };
  const from = {
    report: partOf(report),
    usage: partOf(usage),
    groups: groups.ok && !visibility ? silent : partOf(groups),
    // It is optional, so a client without this application is not told that it is missing.
    permissions: !permissions.ok && permissions.code === 'not_given' ? null : partOf(permissions),
  };
  const read = [from.report, from.usage, from.groups, from.permissions].filter(
    (part) => part !== null && part.why === null,
  ) as Part[];
  const [oldest] = read.map(({ on }) => on).sort();
  return {
    read: read.length === 0 ? from.report : { on: oldest ?? null, why: null, howToGet: null },
    from,
    countedTo,
    unread: sites.flatMap((site) =>
      // An open one is in the list below anyway.
      site.live === null || site.live.unread === null || site.by.length > 0
        ? []
        : [{ key: site.key, name: siteName(site), url: site.url, why: site.live.unread }],
    ),
    total: sites.reduce((sum, { concealed }) => sum + Math.max(1, concealed), 0),
    list: sites.flatMap((site) => {
      // Of sites that the sharing report omits, only open ones are shown, because nothing else is known about them.
      if (site.is === 'none' || (site.is === 'unknown' && !site.reported)) return [];
      const { key, url, id, owner, is, by, anyone, linksBy, everyone, organization, people } = site;
      return [
        {
          key,
          name: siteName(site),
          url,
          id,
          owner,
          is,
          by: [...by],
          anyone,
          linksBy,
          everyone,
          organization,
          people,
        },
      ];
    }),
  };
}

function premiumOf(context: CheckContext): TenantReading['premium'] {
  const use = context.read('premium_use');
  const [row] = use.ok ? use.rows : [];
  return {
    read: partOf(use),
    p1Owned: row?.p1Owned ?? null,
    p2Owned: row?.p2Owned ?? null,
    p1Used: [...(row?.p1Used ?? [])],
    p2Used: [...(row?.p2Used ?? [])],
  };
}

function domainsOf(context: CheckContext): TenantReading['domains'] {
  const domains = context.read('entra_domains');
  return {
    read: partOf(domains),
    list: (domains.ok ? domains.rows : []).map(({ name, verified, isDefault, authentication }) => ({
      name,
      verified,
      isDefault,
      authentication,
    })),
  };
}
// Guide: G1.2-06 G5.3-04 G6.1-00 G6.1-04 G6.3-01 G6.5-01
