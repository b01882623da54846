import { dnsKinds } from '../../dns/kinds.ts';
import { networkLogs } from '../../network-logs/files.ts';
import { telemetryFiles } from '../../otlp/files.ts';
import { SOURCES } from '../../registry.ts';
import type { FileKind } from '../file-kind.ts';
import { acknowledgements } from './acknowledgements.ts';
import { connectors } from './connectors.ts';
import { roster } from './roster.ts';

/**
 * All kinds of files that Bylaw recognizes, of vendors and of clients. The order does not matter: the highest score
 * wins.
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
