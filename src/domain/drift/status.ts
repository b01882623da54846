import { fileKey } from '../connectors/places.ts';
import type { MatrixConnector } from '../connectors/row.ts';
import type { Evidence } from '../model/reading.ts';
import type { ObservedConnector } from '../rules/connectors/table.ts';
import type { Layer } from './layers.ts';

/** Whether a connector is switched on, from the newest reading that covers it. */
export interface Status {
  readonly enabled: boolean;
  readonly layer: number;
  readonly group: ObservedConnector;
  readonly evidence: readonly Evidence[];
}

/** null: no reading that counts covers it, so it is unknown whether it is on. */
export function statusOf(
  connector: Pick<MatrixConnector, 'id' | 'entry'>,
  layers: readonly Layer[],
): Status | null {
  for (const [layer, { connectors }] of layers.entries()) {
    const group = connectors.find(
      (one) => fileKey(one.key) === connector.id || one.entries.some(({ id }) => id === connector.entry),
    );
    if (group !== undefined) return { enabled: group.enabled, layer, group, evidence: group.evidence };
  }
  return null;
}
