import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fileAddress } from '../../api.ts';

/** Milliseconds in which several events become one asking. */
const TOGETHER_MS = 400;

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
  return Array.isArray(path) && path[0] === 'fleet';
}

/**
 * Keeps open pages in step with the server: what the server says has changed is asked for again. Where the line breaks the
 * browser opens it anew, and everything is asked for once.
 */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const source = new EventSource(fileAddress('/live'));
    const changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    let opened = false;
    const ask = () => {
      timer = null;
      const clients = new Set(changed);
      changed.clear();
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => {
          const client = clientOf(queryKey);
          return client === null ? isOfFleet(queryKey) : clients.has(client);
        },
      });
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const client = changedClient(data);
      if (client === null) return;
      changed.add(client);
      timer ??= setTimeout(ask, TOGETHER_MS);
    };
    source.onopen = () => {
      if (opened) void queries.invalidateQueries();
      opened = true;
    };
    return () => {
      source.close();
      if (timer !== null) clearTimeout(timer);
    };
  }, [queries]);
}

function changedClient(text: string): string | null {
  const message: unknown = JSON.parse(text);
  return typeof message === 'object' &&
    message !== null &&
    'is' in message &&
    message.is === 'changed' &&
    'client' in message &&
    typeof message.client === 'string'
    ? message.client
    : null;
}
