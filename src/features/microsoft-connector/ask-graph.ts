import { type GraphClient, graphClient } from '#sources/microsoft/graph/client.ts';
import { CLOUDS } from '#sources/microsoft/graph/clouds.ts';
import type { TargetContext } from '../shared/services/change-targets.ts';
import { type AskFailed, askWriter, type Writer } from '../sources/index.ts';

/** Calls Microsoft Graph for a step of a change. If it fails, the result says whether it may be tried again. */
export function askGraph<T>(
  of: TargetContext,
  writer: Writer,
  ask: (graph: GraphClient) => Promise<T>,
): Promise<T | AskFailed> {
  return askWriter(of, {
    writer,
    gone: 'The application for this is no longer connected or lacks a permission. Connect it again under Connections > Sources, or withdraw the change and follow its steps.',
    late: 'Microsoft did not answer in time.',
    open: ({ tenant = '', application = '', secret = '', cloud }, reach) =>
      graphClient(
        { cloud: CLOUDS.find((one) => one === cloud) ?? 'global', tenant, application, secret },
        reach,
      ),
    ask,
  });
}
// Guide: G6.2-01 G6.6-01
