/** The database URL to connect to, and a warning for the operator; `warning` null: there is none. */
export interface DatabaseAddress {
  readonly url: string;
  readonly warning: string | null;
}

/** Why the URL cannot be used, as a sentence. */
export interface RefusedAddress {
  readonly problem: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/u;

/**
 * Requires verified TLS for a PostgreSQL server on another machine unless the URL says otherwise. Connections without
 * TLS need the operator's explicit consent (`BYLAW_DATABASE_TLS=off`).
 *
 * @param url Starts with postgres:// or postgresql://.
 */
export function databaseAddress(url: string, tls: string | undefined): DatabaseAddress | RefusedAddress {
  const wanted = tls?.trim() || 'on';
  if (wanted !== 'on' && wanted !== 'off')
    return { problem: `BYLAW_DATABASE_TLS is “${wanted}”. Write on or off.` };
  if (!URL.canParse(url))
    return {
      problem:
        'DATABASE_URL cannot be read. Write postgres://user:password@host/database, with special characters in the password percent-encoded.',
    };
  const address = new URL(url);
  // The driver also takes a host from the query, where a path means a local Unix socket.
  const hosts = [...address.searchParams.getAll('host'), decodeURIComponent(address.hostname)];
  const far = hosts.filter((host) => host !== '' && !host.startsWith('/') && !LOOPBACK.test(host));
  const [host] = far;
  if (host === undefined) return { url, warning: null };
  const mode = address.searchParams.get('sslmode');
  const plain = mode === 'disable' || ['false', '0'].includes(address.searchParams.get('ssl') ?? '');
  if (wanted === 'off')
    return mode === null || plain
      ? {
          url,
          warning: `The database at ${host} is on another machine and BYLAW_DATABASE_TLS is off, so everything that it holds can be read in transit.`,
        }
      : { url, warning: null };
  if (plain)
    return {
      problem: `DATABASE_URL asks for a connection to ${host} without TLS, so everything that it holds could be read in transit. Take sslmode=disable out of it, or set BYLAW_DATABASE_TLS=off if the way is safe.`,
    };
  if (mode === 'no-verify')
    return {
      url,
      warning: `The certificate of the database at ${host} is not checked (sslmode=no-verify), so another machine could pass for it. Name the certificate of its authority with sslrootcert=/path/ca.pem instead.`,
    };
  // Other values of `sslmode` are weaker than their names suggest in either libpq's or the driver's reading.
  address.searchParams.delete('ssl');
  address.searchParams.delete('uselibpqcompat');
  address.searchParams.set('sslmode', 'verify-full');
  return { url: address.href, warning: null };
}
