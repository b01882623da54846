import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestAuthority {
  readonly url: string;
  /** Its root certificate, as PEM. */
  readonly root: string;
  /** While true, it does not answer. */
  away: boolean;
  /** Its answers so far, newest last. */
  readonly answers: Buffer[];
  close(): Promise<void>;
}

const CONFIG = `
[tsa]
default_tsa = here
[here]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[usage]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
`;

/** A time-stamping authority based on OpenSSL, over HTTP on this machine. */
export async function startAuthority(): Promise<TestAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-tsa-'));
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  };
  await writeFile(join(folder, 'tsa.cnf'), CONFIG);
  await writeFile(join(folder, 'serial'), '01\n');
  const made = ['-newkey', 'rsa:2048', '-nodes', '-sha256'];
  openssl(
    'req',
    '-x509',
    ...made,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '3650',
    '-subj',
    '/O=Test/CN=Test root',
  );
  openssl(
    'req',
    ...made,
    '-keyout',
    'tsa.key',
    '-out',
    'tsa.csr',
    '-subj',
    '/O=Test/CN=Test authority of time stamps',
  );
  openssl(
    'x509',
    '-req',
    '-in',
    'tsa.csr',
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-CAcreateserial',
    '-out',
    'tsa.pem',
    '-days',
    '365',
    '-sha256',
    '-extfile',
    'tsa.cnf',
    '-extensions',
    'usage',
  );
  const answers: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    if (authority.away) return response.writeHead(503).end();
    await writeFile(join(folder, 'query.tsq'), Buffer.concat(pieces));
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr');
    const answer = await readFile(join(folder, 'reply.tsr'));
    answers.push(answer);
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const authority: TestAuthority = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`,
    root: await readFile(join(folder, 'root.pem'), 'utf8'),
    away: false,
    answers,
    close: async () => {
      server.close();
      await rm(folder, { recursive: true });
    },
  };
  return authority;
}
