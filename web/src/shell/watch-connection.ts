import { client } from '../api.ts';
import { isReachable } from '../connection.ts';

/** Milliseconds between two questions while the server does not answer. */
const PAUSE = 5_000;

/** Asks for what anyone may know. That it was answered, or not, is noted where every call passes. */
const ask = () => void client.start.state({}).catch(() => undefined);

/**
 * Notices at once when this computer loses its network (a server on it still answers then), and soon when the server
 * answers again. Call the result to end it.
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
