import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../problem.ts';

/** This device's enrollment for a client. */
interface Device {
  readonly id: string;
  readonly key: KeyObject;
}

/** Where a device stores its key and id for a client: readable by this user only. The scripts use the same folder. */
function folderOf(client: string): string {
  if (!/^[a-z0-9-]{1,80}$/.test(client))
    throw new Problem('Name the client as it appears in the address of its page.');
  return join(process.env.BYLAW_DEVICE?.trim() || join(homedir(), '.bylaw-device'), client);
}

/** This device's enrollment for a client; null: it is not enrolled. */
export function enrolledDevice(client: string): Device | null {
  const folder = folderOf(client);
  const file = join(folder, 'key.pem');
  if (!existsSync(file) || !existsSync(join(folder, 'id'))) return null;
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Problem(
      `Others on this device can read ${file}, so what it signs shows nothing. Revoke the device in Bylaw, delete the file and enroll the device again.`,
    );
  try {
    const key = createPrivateKey(readFileSync(file));
    return { id: readFileSync(join(folder, 'id'), 'utf8').trim(), key };
  } catch {
    throw new Problem(`${file} cannot be read as a key. Enroll the device again.`);
  }
}

/** Generates a key. `keep` stores it once the server has accepted the public key. */
export function newDevice(client: string): { publicKey: string; keep: (id: string) => string } {
  const folder = folderOf(client);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64');
  return {
    publicKey,
    keep: (id) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, 'key.pem');
      writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
      // Writing to an existing file does not change its mode.
      chmodSync(file, 0o600);
      writeFileSync(join(folder, 'id'), `${id}\n`, { mode: 0o600 });
      return folder;
    },
  };
}

/** Signs a result together with the time and a nonce. */
export function signedBy({ id, key }: Device, result: Readonly<Record<string, unknown>>) {
  const nonce = randomBytes(16).toString('hex');
  const statement = Buffer.from(
    JSON.stringify({ device: id, at: new Date().toISOString(), nonce, ...result }),
    'utf8',
  );
  return {
    networkDevice: id,
    statement: statement.toString('base64'),
    signature: sign('sha256', statement, key).toString('base64'),
  };
}
