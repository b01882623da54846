import { type X509Certificate as Certificate, X509Certificate } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { rootCertificates, TLSSocket } from 'node:tls';

/** Issuer of a host's certificate on this route. */
export interface SeenCertificate {
  readonly host: string;
  /** Organization or name of the root authority. */
  readonly issuer: string;
  /** Whether it is one of the public roots included in Node; a gateway that inspects TLS has its own. */
  readonly isPublic: boolean;
}

/** Channel on which undici reports connections, also through proxies, before it sends anything. */
const CONNECTED = 'undici:client:connected';

/** Runs `ask`, and records the certificate of each host that it connects to. */
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
  // Node appends the trusted root to the chain that the host sent.
  while (top.issuerCertificate !== undefined && top.issuerCertificate.fingerprint256 !== top.fingerprint256)
    top = top.issuerCertificate;
  publicRoots ??= new Set(rootCertificates.map((pem) => new X509Certificate(pem).fingerprint256));
  return { issuer: nameIn(top.issuer), isPublic: publicRoots.has(top.fingerprint256) };
}

/** Organization of a distinguished name, otherwise its common name. */
function nameIn(distinguished: string): string {
  const part = (name: string) =>
    distinguished
      .split('\n')
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  return part('O') ?? part('CN') ?? distinguished.replaceAll('\n', ', ');
}
// Guide: G4.4-01
