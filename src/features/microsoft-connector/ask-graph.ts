import { type GraphClient, graphClient } from '#sources/microsoft/graph/client.ts';
import { CLOUDS } from '#sources/microsoft/graph/clouds.ts';
import { SourceProblem } from '#sources/problem.ts';
import type { TargetContext } from '../shared/services/change-targets.ts';
import { noteWriterProblem, type Writer, writerOf } from '../sources/index.ts';

/** Nothing is sent of a step after so long, in milliseconds: by then another process may have taken the change. */
const PATIENCE_MS = 90_000;
/** Seconds until a service that throttles or fails is asked again, where it does not say. */
const WAIT_SECONDS = 60;

type Failed =
  | {
      readonly is: 'busy';
      readonly seconds: number;
      readonly taken: 'no' | 'unknown';
      readonly why: string;
    }
  | { readonly is: 'refused'; readonly why: string };

/** Asks Microsoft Graph for a step of a change, and says of what it does not do whether it may be tried again. */
export async function askGraph<T>(
  { services, client }: TargetContext,
  writer: Writer,
  ask: (graph: GraphClient) => Promise<T>,
): Promise<T | Failed> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const opened = await writerOf(services, client.id, writer, signal);
  if (opened === null)
    return {
      is: 'refused',
      why: 'The application for this is not connected any more, or lacks a permission. Connect it again under Sources, or withdraw the change and follow its steps.',
    };
  const { tenant = '', application = '', secret = '', cloud } = opened.credential;
  const graph = graphClient(
    { cloud: CLOUDS.find((one) => one === cloud) ?? 'global', tenant, application, secret },
    opened.reach,
  );
  try {
    return await ask(graph);
  } catch (error) {
    if (!(error instanceof SourceProblem)) {
      if (!signal.aborted) throw error;
      return {
        is: 'busy',
        seconds: WAIT_SECONDS,
        taken: 'unknown',
        why: 'Microsoft did not answer in time.',
      };
    }
    await noteWriterProblem(services, client.id, writer, error);
    const { code, message, retryAfterMs } = error;
    if (code === 'throttled') {
      const seconds = retryAfterMs === null ? WAIT_SECONDS : Math.max(1, Math.ceil(retryAfterMs / 1000));
      return { is: 'busy', seconds, taken: 'no', why: message };
    }
    if (error.retry) return { is: 'busy', seconds: WAIT_SECONDS, taken: 'unknown', why: message };
    return { is: 'refused', why: message };
  }
}
// Guide: G6.2-01 G6.6-01
