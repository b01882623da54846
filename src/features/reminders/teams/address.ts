import type { Delivery } from '#domain/model/delivery.ts';

/** An address that cards may be sent to, or one sentence that says why it is none. */
export type Address =
  | { readonly url: URL; readonly problem: null }
  | { readonly url: null; readonly problem: string };

/**
 * Reads the address of a workflow. Only hosts at which the vendor takes such messages are asked, and those that whoever
 * runs the server named. What is typed is a secret: no sentence repeats more of it than its host.
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

/** Whether a host is one that ends so: `.example` takes what is below it, `a.example` itself too. */
function isBelow(host: string, ends: string): boolean {
  return ends.startsWith('.') ? host.endsWith(ends) : host === ends || host.endsWith(`.${ends}`);
}

function refused(problem: string): Address {
  return { url: null, problem };
}
