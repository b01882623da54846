import { client } from '../api.ts';
import { isReachable } from '../connection.ts';

/** Milliseconds between two checks while the server does not answer. */
const PAUSE = 5_000;

/** Requests something public. Whether it was answered is recorded for every call. */
const ask = () => void client.start.state({}).catch(() => undefined);

/**
 * Detects immediately when this computer goes offline (a local server still answers then), and soon when the server is
 * back. Returns a function to stop.
 */
export function watchConnection(): () => void {
  window.addEventListener('offline', ask);
  window.addEventListener('online', ask);
  const timer = setInterval(() => {
    if (!isReachable()) ask();
  }, PAUSE);
  return () => {
    window.removeEventListener('offline', ask);
    window.removeEventListener('online', ask);
    clearInterval(timer);
  };
}
