import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { addressOf, routes } from '../../api.ts';
import { meQuery } from '../../shell/frame-source.ts';

/** Events within this time cause a single request. */
const DEBOUNCE_MS = 400;
/** Delay before reopening a stream that the browser has given up. */
const RECONNECT_MS = 5_000;

/** Reads the client out of what a query asked for; null where it is of no client. */
function clientOf(key: readonly unknown[]): string | null {
  const [, second] = key;
  if (typeof second !== 'object' || second === null || !('input' in second)) return null;
  const { input } = second;
  return typeof input === 'object' && input !== null && 'client' in input && typeof input.client === 'string'
    ? input.client
    : null;
}

/** Lists over all clients change with any of them. */
function isOfFleet(key: readonly unknown[]): boolean {
  const [path] = key;
  return (
    Array.isArray(path) &&
    (path[0] === 'fleet' || path[0] === 'work' || (path[0] === 'shell' && path[1] === 'notifications'))
  );
}

/** What the stream of events changes, and what shows it: nothing else of the client is asked for again. */
const STREAM: Readonly<Record<string, readonly string[]>> = {
  activity: ['activity', 'telemetry', 'usage'],
  alerts: ['alerts', 'detections', 'home', 'shell'],
  sources: ['sources', 'telemetry', 'usage'],
  sinks: ['sinks'],
};

/** Whether what was asked for shows any of these topics. */
function shows(key: readonly unknown[], topics: ReadonlySet<string>): boolean {
  const [path] = key;
  const feature = Array.isArray(path) ? String(path[0]) : '';
  return [...topics].some((topic) => ownValue(STREAM, topic)?.includes(feature) ?? true);
}

/**
 * Keeps open pages in step with the server: what the server says has changed is asked for again. Where the line breaks it
 * is opened again, and everything is asked for once. A broken line is also how a page that asks for nothing hears that the
 * server is away, or that its person is signed out.
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

/** Whether anything but the stream of events changed. */
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
