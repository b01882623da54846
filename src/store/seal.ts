import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushDirectory } from './blobs.ts';
import { StoreProblem } from './engine/problems.ts';
import { type Signer, signerFrom } from './sign.ts';

/** Encrypts secrets for the database with a key that is not stored in it. */
export interface Sealer {
  /** Id of the key for new secrets; reveals nothing about it. */
  readonly keyId: string;
  /**
   * `context` says where the text belongs, for example `users/u1/totp`. It is authenticated but not stored, so a
   * sealed text that was moved to another row cannot be opened.
   */
  seal(text: string, context: string): string;
  /** Throws `key` if its key is missing, `damaged` if the text was changed or belongs elsewhere. */
  open(sealed: string, context: string): string;
  /**
   * A signer for one purpose with a key derived from the current one (HKDF), so that nobody who has the database or a
   * backup without the key file can sign. After a rotation it is a different key.
   */
  signer(purpose: SigningPurpose): Signer;
}

export type SigningPurpose = 'audit heads' | 'backups';

export interface KeyRing extends Sealer {
  /** Public keys of the signers for a purpose, for the current and all older keys. */
  publicKeys(purpose: SigningPurpose): readonly string[];
  /** Adds a new key for sealing, which is on disk on return. Older keys can still open. */
  addKey(): Promise<void>;
  /** Removes all keys except the current one and those named; returns the removed ids. */
  keepOnly(inUse: ReadonlySet<string>): Promise<string[]>;
  /** The content of the key file, for a backup that includes it on request. */
  exported(): string;
}

export interface KeyOptions {
  /** Where the key file is, unless `key` is given. */
  readonly keyFile: string;
  /** Keys from the environment instead of a file, current one first, separated by commas or spaces. */
  readonly key?: string | null;
  /** Create the file if it is missing (default). False if the database already contains sealed texts. */
  readonly create?: boolean;
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Reads the keys, or creates the first one. Throws `key` if they are missing or malformed. */
export async function openSealer(options: KeyOptions): Promise<KeyRing> {
  const fromEnvironment = options.key !== undefined && options.key !== null && options.key.trim() !== '';
  const place = fromEnvironment ? 'BYLAW_KEY' : options.keyFile;
  let keys = fromEnvironment ? parseKeys(options.key ?? '', place) : await readOrMake(options);
  let read = fromEnvironment ? null : stamp(options.keyFile);

  /** The current keys: another process on the same database may have rotated them. */
  function now(): readonly Key[] {
    if (fromEnvironment) return keys;
    const found = stamp(options.keyFile);
    // If the file is missing or half written, a running server keeps the keys it has.
    if (found === null || found === read) return keys;
    try {
      keys = parseKeys(readFileSync(options.keyFile, 'utf8'), place);
      read = found;
    } catch {}
    return keys;
  }

  async function replace(next: Key[]): Promise<void> {
    if (fromEnvironment) {
      throw new StoreProblem(
        'key',
        'The key comes from BYLAW_KEY, which cannot be changed from here. Put a new key before the old one there (“new,old”), start again, and rotate again.',
      );
    }
    await writeKeys(options.keyFile, next);
    keys = next;
    read = stamp(options.keyFile);
  }

  return {
    get keyId() {
      return current(now()).id;
    },
    seal: (text, context) => seal(current(now()), text, context),
    open(sealed, context) {
      const id = keyIdOf(sealed);
      const key = now().find((candidate) => candidate.id === id);
      if (key === undefined) {
        throw new StoreProblem(
          'key',
          `The key ${id} that sealed a secret is not in ${place}. Put the right key there, or enter the secret again.`,
        );
      }
      return unseal(key, sealed, context);
    },
    signer: (purpose) => signerOf(current(now()), purpose),
    publicKeys: (purpose) => now().map((key) => signerOf(key, purpose).publicKey),
    addKey: () => replace([newKey(), ...now()]),
    async keepOnly(inUse) {
      const [first, ...older] = now();
      if (first === undefined) return [];
      const removed = older.filter((key) => !inUse.has(key.id)).map((key) => key.id);
      if (removed.length > 0 && !fromEnvironment) {
        await replace([first, ...older.filter((key) => inUse.has(key.id))]);
      }
      return removed;
    },
    exported: () => fileText(now()),
  };
}

function signerOf(key: Key, purpose: SigningPurpose): Signer {
  return signerFrom(Buffer.from(hkdfSync('sha256', key.bytes, '', `bylaw sign ${purpose}`, 32)));
}

/** Access to the rows with sealed texts, implemented by their owner. */
export interface SealedRows {
  /** Replaces every sealed text with `change(sealed, context)`; returns their number. */
  rewrite(change: (sealed: string, context: string) => string): Promise<number>;
  /** Every sealed text, read again after the rewrite. */
  all(): Promise<readonly string[]>;
}

/**
 * Seals everything with a new key, then forgets keys without references. If interrupted at any point, all secrets
 * remain readable, and the next rotation continues. With keys from the environment, the first one there is the new
 * one.
 */
export async function rotateKeys(
  ring: KeyRing,
  rows: SealedRows,
  options: { addKey: boolean } = { addKey: true },
): Promise<{ resealed: number; removed: string[] }> {
  if (options.addKey) await ring.addKey();
  const resealed = await rows.rewrite((sealed, context) => ring.seal(ring.open(sealed, context), context));
  const removed = await ring.keepOnly(new Set((await rows.all()).map(keyIdOf)));
  return { resealed, removed };
}

/** The id of the key that sealed a text. Throws `damaged` if it is not a sealed text. */
export function keyIdOf(sealed: string): string {
  const [version, id, body, more] = sealed.split('.');
  if (version !== 's1' || id === undefined || body === undefined || more !== undefined) {
    throw new StoreProblem('damaged', 'A sealed secret cannot be read. Enter it again.');
  }
  return id;
}

function seal(key: Key, text: string, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
  cipher.setAAD(bound(key.id, context));
  const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `s1.${key.id}.${body.toString('base64url')}`;
}

function unseal(key: Key, sealed: string, context: string): string {
  const text = sealed.slice(sealed.lastIndexOf('.') + 1);
  const body = Buffer.from(text, 'base64url');
  try {
    // Decoding ignores characters that are not base64; accept only the exact encoding that sealing produces.
    if (body.toString('base64url') !== text) throw new Error('not as it was sealed');
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, body.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(bound(key.id, context));
    decipher.setAuthTag(body.subarray(-16));
    return Buffer.concat([decipher.update(body.subarray(12, -16)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new StoreProblem(
      'damaged',
      `A sealed secret (${context}) was changed or belongs elsewhere. Enter it again.`,
      { cause: error },
    );
  }
}

function bound(keyId: string, context: string): Buffer {
  return Buffer.from(JSON.stringify(['bylaw', 's1', keyId, context]));
}

/** Changes whenever the file is written; null: there is none. */
function stamp(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.ino} ${found.mtimeMs} ${found.size}`;
}

function current(keys: readonly Key[]): Key {
  const [first] = keys;
  if (first === undefined) throw new Error('A key ring has at least one key.');
  return first;
}

function newKey(): Key {
  return keyOf(randomBytes(32));
}

function keyOf(bytes: Buffer): Key {
  return { id: createHash('sha256').update('bylaw key id').update(bytes).digest('hex').slice(0, 12), bytes };
}

async function readOrMake(options: KeyOptions): Promise<Key[]> {
  try {
    return parseKeys(await readFile(options.keyFile, 'utf8'), options.keyFile);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    if (options.create === false) {
      throw new StoreProblem(
        'key',
        `The key file ${options.keyFile} is missing, so the secrets in the database cannot be opened. Put it back from where you keep it, or name its place with BYLAW_KEY_FILE; if it is permanently lost, “bylaw keys replace-lost” creates a new one and discards those secrets.`,
        { cause: error },
      );
    }
    const made = [newKey()];
    await writeKeys(options.keyFile, made);
    return made;
  }
}

function parseKeys(text: string, place: string): Key[] {
  const lines = text
    .replaceAll(/^#.*$/gm, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const keys = lines.map((word) => Buffer.from(word, 'base64'));
  if (keys.length === 0 || keys.some((bytes) => bytes.length !== 32)) {
    throw new StoreProblem(
      'key',
      `${place} holds no key: a key is 32 bytes in base64, as “openssl rand -base64 32” makes them.`,
    );
  }
  return keys.map(keyOf);
}

function fileText(keys: readonly Key[]): string {
  const lines = keys.map((key) => key.bytes.toString('base64'));
  return `# Keys that seal the secrets in Bylaw's database, the current one first. Keep a copy apart from the backups.\n${lines.join('\n')}\n`;
}

async function writeKeys(file: string, keys: readonly Key[]): Promise<void> {
  const directory = dirname(file);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${randomUUID()}`;
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(fileText(keys));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
    await flushDirectory(directory);
  } finally {
    await rm(unfinished, { force: true });
  }
}
