import { dnsKinds } from '../../dns/kinds.ts';
import { telemetryFiles } from '../../otlp/files.ts';
import { SOURCES } from '../../registry.ts';
import type { FileKind } from '../file-kind.ts';
import { acknowledgements } from './acknowledgements.ts';
import { auditLog } from './audit-log.ts';
import { connectors } from './connectors.ts';
import { domainMemberships } from './domain-memberships.ts';
import { entraUsersTable } from './entra-users.ts';
import { claudeJsonKinds } from './json-claude.ts';
import { members } from './members.ts';
import { roster } from './roster.ts';
import { signInsTable } from './sign-ins.ts';
import { usage } from './usage.ts';

/** Every kind of file that Bylaw recognizes. The order decides nothing: the surest one is taken. */
export const fileKinds: readonly FileKind[] = [
  members as FileKind,
  roster as FileKind,
  domainMemberships as FileKind,
  usage as FileKind,
  auditLog as FileKind,
  connectors as FileKind,
  acknowledgements as FileKind,
  entraUsersTable as FileKind,
  signInsTable as FileKind,
  telemetryFiles as FileKind,
  ...claudeJsonKinds,
  ...SOURCES.flatMap(({ files }) => files),
  ...dnsKinds,
];
