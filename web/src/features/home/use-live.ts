import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { addressOf, routes } from '../../api.ts';
import { meQuery } from '../../shell/frame-source.ts';

/** Events within this time cause a single request. */
const DEBOUNCE_MS = 400;
/** Delay before reopening a stream that the browser has given up. */
const RECONNECT_MS = 5_000;

/** Extracts the client from a query's input; null if the query is not about one client. */
function clientOf(key: readonly unknown[]): string | null {
  const [, second] = key;
  if (typeof second !== 'object' || second === null || !('input' in second)) return null;
  const { input } = second;
  return typeof input === 'object' && input !== null && 'client' in input && typeof input.client === 'string'
    ? input.client
    : null;
}

/** Lists across clients are affected by a change of any client. */
function isOfFleet(key: readonly unknown[]): boolean {
  const [path] = key;
  return (
    Array.isArray(path) &&
    (path[0] === 'fleet' || path[0] === 'work' || (path[0] === 'shell' && path[1] === 'notifications'))
  );
}

/**
 * Topics that change often, with the features that show them: only their queries are refetched. Any other topic
 * refetches all.
 */
const STREAM: Readonly<Record<string, readonly string[]>> = {
  activity: ['activity', 'telemetry', 'usage'],
  alerts: ['alerts', 'detections', 'home', 'shell'],
  sources: ['sources', 'telemetry', 'usage'],
  sinks: ['sinks'],
};

/** Whether a query shows any of these topics. */
function shows(key: readonly unknown[], topics: ReadonlySet<string>): boolean {
  const [path] = key;
  const feature = Array.isArray(path) ? String(path[0]) : '';
  return [...topics].some((topic) => ownValue(STREAM, topic)?.includes(feature) ?? true);
}

/**
 * Keeps open pages up to date: refetches the queries affected by each change that the server announces. If the
 * connection breaks, it is reopened and all queries are refetched once. A broken connection is also how an idle page
 * notices that the server is unreachable or that the user is signed out.
 */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const changed = new Map<string, Set<string>>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    let again: ReturnType<typeof setTimeout> | null = null;
    let opened = false;
    const ask = () => {
      timer = null;
      const clients = new Map(changed);
      changed.clear();
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => {
          const client = clientOf(queryKey);
          if (client === null) return isOfFleet(queryKey) && [...clients.values()].some(isMore);
          const topics = clients.get(client);
          return topics !== undefined && shows(queryKey, topics);
        },
      });
    };
    const listen = () => {
      const source = new EventSource(addressOf(routes.live.events, {}));
      source.onmessage = ({ data }: MessageEvent<string>) => {
        const change = changeIn(data);
        if (change === null) return;
        const topics = changed.get(change.client) ?? new Set();
        changed.set(change.client, topics.add(change.topic));
        timer ??= setTimeout(ask, DEBOUNCE_MS);
      };
      source.onopen = () => {
        if (opened) void queries.invalidateQueries();
        opened = true;
      };
      source.onerror = () => {
        void queries.invalidateQueries({ queryKey: meQuery.queryKey });
        if (source.readyState !== EventSource.CLOSED) return;
        again = setTimeout(() => {
          line = listen();
        }, RECONNECT_MS);
      };
      return source;
    };
    let line = listen();
    return () => {
      line.close();
      for (const one of [timer, again]) if (one !== null) clearTimeout(one);
    };
  }, [queries]);
}

/** Whether anything other than the activity feed changed. */
function isMore(topics: ReadonlySet<string>): boolean {
  return [...topics].some((topic) => topic !== 'activity');
}

function changeIn(text: string): { client: string; topic: string } | null {
  const message: unknown = JSON.parse(text);
  if (typeof message !== 'object' || message === null || !('is' in message) || message.is !== 'changed')
    return null;
  return 'client' in message &&
    typeof message.client === 'string' &&
    'topic' in message &&
    typeof message.topic === 'string'
    ? { client: message.client, topic: message.topic }
    : null;
}
