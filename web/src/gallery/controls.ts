import type { VerdictState } from '../theme/tokens.ts';
import type { SeverityLevel } from '../ui/severity.tsx';

export interface GalleryControl {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly state: VerdictState;
  readonly severity: SeverityLevel;
  readonly observed: string | null;
}

const at = (day: number, hour: number) =>
  `2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:40:00Z`;

export const CONTROLS: readonly GalleryControl[] = [
  {
    id: 'ACC-07',
    title: 'Only current staff hold a seat',
    reason: '3 of 64 members have left the Society: Tobin Achterberg, Wren Castellane, Ilse Marchetti.',
    state: 'fail',
    severity: 'critical',
    observed: at(24, 8),
  },
  {
    id: 'CON-09',
    title: 'No action is wider than the charter',
    reason: 'SharePoint “Delete item” is Needs approval; charter v6 says Blocked.',
    state: 'fail',
    severity: 'critical',
    observed: at(24, 8),
  },
  {
    id: 'CON-04',
    title: 'Only chartered connectors are enabled',
    reason: 'Taskline is enabled and is not in charter v6.',
    state: 'fail',
    severity: 'high',
    observed: at(24, 8),
  },
  {
    id: 'CON-15',
    title: 'Desktop extensions are on an allowlist',
    reason: 'The settings file is from Sep 8, 77 days old. It is valid for 60 days.',
    state: 'cannot_read',
    severity: 'high',
    observed: at(8, 9),
  },
  {
    id: 'M365-06',
    title: 'Connector app scopes match the charter',
    reason: 'The read consent lacks one permission: DelegatedPermissionGrant.Read.All.',
    state: 'cannot_read',
    severity: 'high',
    observed: null,
  },
  {
    id: 'M365-02',
    title: 'MFA is required for Claude',
    reason: 'Report-only until Dec 2. It would have blocked no one so far.',
    state: 'pending',
    severity: 'critical',
    observed: at(12, 9),
  },
  {
    id: 'ACC-04',
    title: 'No shared mailbox holds a seat',
    reason: 'membership@ keeps a seat until Jan 31, 2027. Owner: Mara Ellingsworth.',
    state: 'accepted',
    severity: 'medium',
    observed: at(24, 8),
  },
  {
    id: 'SHA-01',
    title: 'Staff do not use personal accounts',
    reason: 'No technology can prevent it; the policy is the control.',
    state: 'policy_only',
    severity: 'medium',
    observed: at(20, 8),
  },
  {
    id: 'VIS-01',
    title: 'The compliance API is read',
    reason: 'Not licensed: requires Claude Enterprise.',
    state: 'not_licensed',
    severity: 'low',
    observed: at(20, 8),
  },
  {
    id: 'OPS-11',
    title: 'The gateway holds its own keys',
    reason: 'There is no gateway.',
    state: 'not_applicable',
    severity: 'low',
    observed: at(20, 8),
  },
  {
    id: 'ACC-02',
    title: 'Every seat uses our email domain',
    reason: '64 of 64.',
    state: 'pass',
    severity: 'high',
    observed: at(24, 8),
  },
];
