import type { z } from 'zod';
import {
  type ClientPermission,
  type Grant,
  type Permission,
  permissionsOf,
} from '#domain/access/permissions.ts';
import { WORK_KIND_WORDS } from '#domain/labels.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { shortId } from '#domain/text/words.ts';
import {
  NOW,
  WORK_KINDS,
  WORK_WHEN,
  type WorkItem,
  type WorkKind,
  type WorkWhen,
} from '#domain/work/items.ts';
import { LEAVING } from '#domain/work/waiting.ts';
import { isOwner } from '../exceptions/index.ts';
import { concernWords } from '../shared/words.ts';
import type { ClientWork, KeptWork } from './load.ts';
import type { workItemSchema } from './schemas.ts';

export type WorkView = z.infer<typeof workItemSchema>;
export type WorkCounts = Readonly<Record<WorkWhen, number>>;
type Can = (permission: Permission, client: string | null) => boolean;

export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly can: Can;
}

/** Permission needed to see each kind of work. */
export const KIND_NEEDS: Readonly<Record<WorkKind, ClientPermission>> = {
  alert: 'alerts.read',
  incident: 'incidents.read',
  finding: 'controls.read',
  exception_waits: 'exceptions.read',
  override_waits: 'deployment.read',
  charter_waits: 'charter.read',
  request_waits: 'requests.read',
  change_waits: 'charter.read',
  detection_waits: 'alerts.read',
  setting_waits: 'alerts.read',
  staff_report: 'incidents.read',
  claims_wait: 'attestations.read',
  source: 'connections.read',
  sink: 'connections.read',
  exception_ends: 'exceptions.read',
  request_ends: 'requests.read',
  change_ends: 'charter.read',
  attestation_ends: 'attestations.read',
  reading_ends: 'controls.read',
  deployment_task: 'deployment.read',
  drift: 'charter.read',
  leaver: 'people.read',
  joiner: 'people.read',
  recurring: 'work.read',
  review: 'controls.read',
  usage_file: 'activity.read',
  report: 'reports.read',
  import_draft: 'imports.read',
};

/** The items of a client that the viewer may see. */
export function visibleItems({ client, items }: ClientWork, can: Can): readonly WorkItem[] {
  return items.filter(({ kind }) => can(KIND_NEEDS[kind], client.id));
}

export function countWhen(items: readonly { readonly when: WorkWhen }[]): WorkCounts {
  const counts = emptyCounts();
  for (const { when } of items) counts[when] += 1;
  return counts;
}

/** Counts of the items that the viewer may see, without unpacking the items. */
export function visibleCounts({ client, counts }: KeptWork, can: Can): WorkCounts {
  const seen = emptyCounts();
  for (const kind of WORK_KINDS) if (can(KIND_NEEDS[kind], client.id)) addCounts(seen, counts[kind] ?? {});
  return seen;
}

export function sumCounts(all: readonly WorkCounts[]): WorkCounts {
  const sum = emptyCounts();
  for (const counts of all) addCounts(sum, counts);
  return sum;
}

function emptyCounts(): Record<WorkWhen, number> {
  return { overdue: 0, soon: 0, waiting: 0, undated: 0, later: 0, itself: 0 };
}

function addCounts(to: Record<WorkWhen, number>, more: Partial<WorkCounts>): void {
  for (const when of WORK_WHEN) to[when] += more[when] ?? 0;
}

/** Overdue, soon and waiting together: the number of things to do now. */
export function nowOf(counts: WorkCounts): number {
  return NOW.reduce((sum, when) => sum + counts[when], 0);
}

/** Whether a piece of work is up to someone: they own it, or it waits for a decision that they may make. */
export function isMine(item: WorkItem, client: string, viewer: Viewer): boolean {
  if (item.kind === 'exception_waits')
    return item.askedBy !== viewer.id && viewer.can('exceptions.approve', client);
  if (item.kind === 'override_waits')
    return item.askedBy !== viewer.id && viewer.can('deployment.override', client);
  if (item.kind === 'charter_waits')
    return item.askedBy !== viewer.id && viewer.can('charter.approve', client);
  if (item.kind === 'change_waits')
    return item.askedBy !== viewer.id && viewer.can('charter.approve', client);
  if (item.kind === 'detection_waits' || item.kind === 'setting_waits')
    return item.askedBy !== viewer.id && viewer.can('detections.edit', client);
  if (item.kind === 'request_waits')
    return (
      item.askedBy !== viewer.id &&
      (viewer.can('requests.review', client) || viewer.can('requests.decide', client))
    );
  if (item.kind === 'staff_report' && item.owner === null) return viewer.can('incidents.lead', client);
  if (item.kind === 'claims_wait') return viewer.can('attestations.write', client);
  const { owner } = item;
  if (owner === null) return false;
  if (owner.user !== null) return owner.user === viewer.id;
  if (owner.mail !== null) return owner.mail.toLowerCase() === viewer.email.toLowerCase();
  return isOwner(owner.name, viewer);
}

export function workView(
  { client }: Pick<ClientWork, 'client'>,
  item: WorkItem,
  viewer: Viewer,
  grantsOf: ReadonlyMap<string, readonly Grant[]>,
): WorkView {
  const { owner } = item;
  return {
    client: client.slug,
    name: client.name,
    key: item.key,
    kind: item.kind,
    kindName: WORK_KIND_WORDS[item.kind],
    title: item.title,
    why: item.why,
    due: item.due,
    when: item.when,
    owner:
      owner === null
        ? null
        : {
            ...owner,
            access:
              owner.user === null
                ? null
                : permissionsOf(grantsOf.get(owner.user) ?? [], client.id).has('work.read'),
          },
    role: item.role === null ? null : roleWords(item.role),
    mine: isMine(item, client.id, viewer),
    control: item.control === null ? null : { id: item.control, short: shortId(item.control) },
    href: `/c/${client.slug}${placeOf(item)}`,
  };
}

/** Roles of the catalogue are ids with a title; those of recurring tasks and approvals are text already. */
function roleWords(role: string): string {
  if (role === 'approver') return 'People who may approve exceptions';
  return /^[a-z]+(_[a-z]+)+$/.test(role) || ['security', 'hr', 'board', 'staff'].includes(role)
    ? concernWords(role)
    : role;
}

/** Page on which a change of a setting is approved, if not the client’s settings. */
const SETTING_AT: Readonly<Record<string, string>> = {
  dlp: '/connectors/data-loss-prevention',
  member_list: '/connectors/data-loss-prevention',
  hook: '/connectors/inference-hook',
  icap: '/connectors/proxy-check',
  sink: '/connections/sinks',
  source: '/connections',
};

/** Page on which changes to a target are approved, if not that of Conditional Access. */
const CHANGED_AT: Readonly<Record<string, string>> = {
  claude_app: '/connectors/microsoft-365',
  claude_invitations: '/deployment/invite_staff',
  claude_member: '/people/leavers',
  connector_grants: '/incidents',
  domain_capture: '/personal-accounts',
  // Blocked from an incident; for someone who leaves, it is on the page of the offboarding.
  entra_account: '/incidents',
  [LEAVING]: '/people/leavers',
};

/** Where to do it, as a path relative to the client's URL. */
export function placeOf({ kind, control, subject }: WorkItem): string {
  switch (kind) {
    case 'finding':
      if (subject !== null) return `/charter?answer=${subject}`;
      return control === null ? '/controls' : `/controls/${shortId(control)}`;
    case 'review':
      if (subject !== null) return `/reviews/${subject}`;
      return control === null ? '/controls' : `/controls/${shortId(control)}`;
    case 'charter_waits':
      return `/charter/${subject ?? ''}`;
    case 'change_waits':
    case 'change_ends':
      return ownValue(CHANGED_AT, subject ?? '') ?? '/conditional-access';
    case 'detection_waits':
      return `/alerts/detections?panel=${subject ?? ''}`;
    case 'setting_waits':
      return ownValue(SETTING_AT, subject?.split(':')[0] ?? '') ?? '/settings';
    case 'request_waits':
    case 'request_ends':
      return `/connectors/requests/${subject ?? ''}`;
    case 'staff_report':
      return `/incidents/reports?panel=${subject ?? ''}`;
    case 'exception_waits':
      return `/exceptions?panel=${subject ?? ''}`;
    case 'exception_ends':
      return `/exceptions?control=${control ?? ''}`;
    case 'override_waits':
    case 'deployment_task':
      return `/deployment/${subject ?? ''}`;
    case 'drift':
      return `/connectors/drift?panel=${encodeURIComponent(subject ?? '')}`;
    case 'attestation_ends':
      return `/attestations?new=${control ?? 'choose'}`;
    case 'claims_wait':
      return '/attestations?tab=files';
    case 'alert':
      return '/alerts';
    case 'incident':
      return `/incidents/${subject ?? ''}`;
    case 'source':
      return '/connections';
    case 'sink':
      return '/connections/sinks';
    case 'reading_ends':
      return '/imports';
    case 'leaver':
      return `/people/leavers?panel=${subject ?? ''}`;
    case 'joiner':
      return `/people/joiners?panel=${subject ?? ''}`;
    case 'recurring':
      return subject === null ? '/work?tab=recurring' : `/work?tab=recurring&task=${subject}`;
    case 'usage_file':
      return '/usage?tab=weekly';
    case 'report':
      return '/reports';
    case 'import_draft':
      return subject === null ? '/imports' : `/imports/${subject}`;
  }
}
