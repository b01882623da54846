import type { Delivery } from '#domain/model/delivery.ts';

/** An address that cards may be sent to, or one sentence saying why it cannot be used. */
export type Address =
  | { readonly url: URL; readonly problem: null }
  | { readonly url: null; readonly problem: string };

/**
 * Parses the address of a workflow. Allowed are the vendor's hosts for such messages and those that the server's
 * operator configured. The input is a secret, so no sentence repeats more of it than its host.
 */
export function addressOf(
  text: string,
  { hosts, retired }: Delivery,
  privateHosts: readonly string[],
): Address {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return refused(
      'That is not an address. In Teams, open the workflow and copy the address of its trigger.',
    );
  }
  const host = url.hostname.toLowerCase();
  const old = retired.find(({ ends }) => isBelow(host, ends));
  if (old !== undefined)
    return refused(
      `${host} belongs to ${old.what}, which Microsoft has retired. Create a workflow in Teams instead and copy its address.`,
    );
  const allowed = privateHosts.includes(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowed))
    return refused('The address has to start with https. Copy it from Teams exactly as shown there.');
  if (url.username !== '' || url.password !== '')
    return refused(`The address of ${host} contains a name or password. Leave them out.`);
  if (!allowed && !hosts.some(({ ends }) => isBelow(host, ends)))
    return refused(
      `${host} is not a host of Teams workflows (${hosts.map(({ ends }) => `*${ends}`).join(', ')}). Copy the address from the workflow; for another host, the server’s administrator adds it to BYLAW_ALLOW_PRIVATE_HOSTS.`,
    );
  if (!allowed && !url.searchParams.has('sig'))
    return refused(
      'The address has no signature (sig=…), so the workflow would refuse Bylaw. Let “Anyone” trigger the workflow, and copy its address again.',
    );
  return { url, problem: null };
}

/** Whether a host matches a suffix: `.example` matches hosts below it, `a.example` also itself. */
function isBelow(host: string, ends: string): boolean {
  return ends.startsWith('.') ? host.endsWith(ends) : host === ends || host.endsWith(`.${ends}`);
}

function refused(problem: string): Address {
  return { url: null, problem };
}
