import { type X509Certificate as Certificate, X509Certificate } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { rootCertificates, TLSSocket } from 'node:tls';

/** Who vouches for a host on this path, as its certificate says. */
export interface SeenCertificate {
  readonly host: string;
  /** Organization or name of the authority at the top of the chain. */
  readonly issuer: string;
  /** Whether that authority is one of the public ones that come with Node; a gateway that inspects TLS has its own. */
  readonly isPublic: boolean;
}

/** undici says there that it has connected, by a proxy as well, before it sends anything. */
const CONNECTED = 'undici:client:connected';

/** What the certificates of the hosts say that are asked meanwhile, each host once. */
export async function whileWatching<T>(
  ask: () => Promise<T>,
): Promise<{ readonly answer: T; readonly certificates: readonly SeenCertificate[] }> {
  const seen = new Map<string, SeenCertificate>();
  const note = (message: unknown) => {
    const { socket, connectParams } = message as { socket?: unknown; connectParams?: { hostname?: unknown } };
    const host = connectParams?.hostname;
    if (!(socket instanceof TLSSocket) || typeof host !== 'string' || seen.has(host)) return;
    const certificate = socket.getPeerX509Certificate();
    if (certificate !== undefined) seen.set(host, { host, ...topOf(certificate) });
  };
  subscribe(CONNECTED, note);
  try {
    return { answer: await ask(), certificates: [...seen.values()] };
  } finally {
    unsubscribe(CONNECTED, note);
  }
}

let publicRoots: ReadonlySet<string> | null = null;

function topOf(certificate: Certificate): Pick<SeenCertificate, 'issuer' | 'isPublic'> {
  let top = certificate;
  // Node adds the authority that it trusts at the end of what the host sent.
  while (top.issuerCertificate !== undefined && top.issuerCertificate.fingerprint256 !== top.fingerprint256)
    top = top.issuerCertificate;
  publicRoots ??= new Set(rootCertificates.map((pem) => new X509Certificate(pem).fingerprint256));
  return { issuer: nameIn(top.issuer), isPublic: publicRoots.has(top.fingerprint256) };
}

/** The organization of a distinguished name, else its common name. */
function nameIn(distinguished: string): string {
  const part = (name: string) =>
    distinguished
      .split('\n')
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  return part('O') ?? part('CN') ?? distinguished.replaceAll('\n', ', ');
}
// Guide: G4.4-01
