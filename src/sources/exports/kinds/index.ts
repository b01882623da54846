import { dnsKinds } from '../../dns/kinds.ts';
import { networkLogs } from '../../network-logs/files.ts';
import { telemetryFiles } from '../../otlp/files.ts';
import { SOURCES } from '../../registry.ts';
import type { FileKind } from '../file-kind.ts';
import { acknowledgements } from './acknowledgements.ts';
import { connectors } from './connectors.ts';
import { roster } from './roster.ts';

/**
 * Every kind of file that Bylaw recognizes: those of the vendors, and those of the client itself. The order decides
 * nothing: the surest one is taken.
 */
export const fileKinds: readonly FileKind[] = [
  ...SOURCES.flatMap(({ files }) => files),
  roster as FileKind,
  connectors as FileKind,
  acknowledgements as FileKind,
  telemetryFiles as FileKind,
  networkLogs as FileKind,
  ...dnsKinds,
];
