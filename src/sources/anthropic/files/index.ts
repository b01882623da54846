import type { FileKind } from '../../exports/file-kind.ts';
import { auditLog } from './audit-log.ts';
import { domainMemberships } from './domain-memberships.ts';
import { claudeJsonKinds } from './json-claude.ts';
import { members } from './members.ts';
import { usage } from './usage.ts';

/** Exports from Claude, and saved responses of its APIs. */
export const claudeFiles: readonly FileKind[] = [
  members as FileKind,
  domainMemberships as FileKind,
  usage as FileKind,
  auditLog as FileKind,
  ...claudeJsonKinds,
];
