import { setTimeout as wait } from 'node:timers/promises';
import type { AnySinkKind } from '#sinks/registry.ts';
import { SendRefused, type SinkConnection, type SinkMeans, type SinkRequest } from '#sinks/sink.ts';
import type { Services } from '../context.ts';
import { connectAllowed, fetchAllowed, OutboundRefused } from '../outbound.ts';
import { ownFolder } from './own-folder.ts';

/** Limit for a complete answer. */
const TIMEOUT_MS = 30_000;
const MAX_ANSWER = 1_000_000;

/**
 * What a sink with these settings may reach: its own hosts by the rules of outbound.ts, and folders of its own client.
 */
export function meansFor(
  { config, clock, catalogue }: Pick<Services, 'config' | 'clock' | 'catalogue'>,
  kind: AnySinkKind,
  settings: unknown,
  of: { readonly clientId: string; readonly sinkId: string },
): SinkMeans {
  const hosts = kind.hosts(settings);
  const asked = new Map<string, ReturnType<typeof fetchAllowed>>();
  const fetchWith = (ca: string) => {
    const made = asked.get(ca) ?? fetchAllowed({ hosts, privateHosts: config.privateHosts, ca, ...LIMITS });
    asked.set(ca, made);
    return made;
  };
  return {
    fetch: (url, { ca, ...request }: SinkRequest) =>
      refusing(() => fetchWith(ca)(url, { ...request, redirect: 'manual' })),
    connect: (to: SinkConnection) =>
      refusing(() =>
        connectAllowed({ ...to, hosts, privateHosts: config.privateHosts, timeoutMs: TIMEOUT_MS }),
      ),
    now: clock,
    wait: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
    ownFolder: ownFolder(config, of),
    folders: config.forwardFolders ?? [],
    clientFolder: of.clientId,
    vendors: catalogue.siem,
  };
}

const LIMITS = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER };

async function refusing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof OutboundRefused) throw new SendRefused(error.message);
    throw error;
  }
}
