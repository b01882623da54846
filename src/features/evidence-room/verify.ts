import type { z } from 'zod';
import { STAMP_PROBLEMS, type Stamp } from '#domain/time-stamps/stamp.ts';
import { exportReader, type FoundFile, type KeptHead, type Verification } from '../audit/index.ts';
import { byteReader, NotAsWritten } from '../shared/byte-reader.ts';
import { verifyCms } from '../signed-records/index.ts';
import { checkStamp } from '../time-stamps/index.ts';
import {
  AUDIT,
  ROOM_MANIFEST,
  ROOM_README,
  ROOM_SIGNATURE,
  ROOM_STAMPS,
  type RoomManifest,
  roomManifestSchema,
  roomManifestText,
  roomStampsSchema,
} from './manifest.ts';
import { type ReadZip, readZip } from './read-zip.ts';
import { zipTime } from './zip.ts';

export type RoomVerification =
  | {
      readonly proved: true;
      readonly manifest: RoomManifest;
      /** By the clock of the server that signed it. */
      readonly signedAt: Date;
      readonly audit: Extract<Verification, { proved: true }>;
      /** Files whose date a time-stamp authority proved. */
      readonly stamps: readonly ProvedDay[];
    }
  | { readonly proved: false; readonly differs: string };

export interface ProvedDay extends Pick<Stamp, 'at' | 'authority' | 'certificate'> {
  readonly name: string;
  readonly path: string;
}

export interface RoomExpected {
  /** Trusted certificates (PEM) for the issuers of time stamps; null accepts any. */
  readonly issuers: string | null;
  /** SHA-256 of the certificate that must have signed it; null accepts any. */
  readonly certificate: string | null;
  /** A hash of the audit chain that was noted elsewhere. */
  readonly noted: string | null;
  /** Heads of the audit log that were stored outside the server. */
  readonly kept: readonly KeptHead[];
}

/** Maximum bytes of manifest or signature; those of a hundred thousand files are smaller. */
const MAX_TEXT_BYTES = 128 * 1024 * 1024;
/** Maximum bytes of a time-stamp response. */
const MAX_STAMP_BYTES = 100_000;

/**
 * Verifies an evidence room without its server: every byte of the archive, the signature of its list of files, each
 * file's hash, and the audit log with its evidence. Reports the first difference. Throws only if reading the archive
 * fails.
 */
export async function verifyRoom(
  archive: AsyncIterable<Uint8Array>,
  expected: RoomExpected,
): Promise<RoomVerification> {
  const audit = exportReader(expected.noted, expected.kept);
  const texts = new Map<string, Uint8Array[]>([
    [ROOM_MANIFEST, []],
    [ROOM_SIGNATURE, []],
    [ROOM_STAMPS, []],
  ]);
  let read: ReadZip;
  try {
    read = await readZip(archive, ({ name, bytes }) => {
      if (name.startsWith(AUDIT) && !name.endsWith('.tsr'))
        return audit.take({ name: name.slice(AUDIT.length), bytes });
      if (name.endsWith('.tsr') && bytes <= MAX_STAMP_BYTES) texts.set(name, []);
      const pieces = texts.get(name);
      if (pieces === undefined) return () => {};
      if (bytes > MAX_TEXT_BYTES) throw new NotAsWritten(`${name} is far too large.`);
      return (piece) => pieces.push(Uint8Array.from(piece));
    });
  } catch (error) {
    if (!(error instanceof NotAsWritten)) throw error;
    // If the records were read, they say more precisely what differs.
    const record = audit.broken();
    return differs(record === null ? error.message : `In the folder audit: ${record}`);
  }
  const { files } = read;
  const bytes = (name: string) => Buffer.concat(texts.get(name) ?? []);
  const signed = await signedManifest(bytes(ROOM_MANIFEST), bytes(ROOM_SIGNATURE), files);
  if (typeof signed === 'string') return differs(signed);
  const { manifest, at } = signed;
  if (expected.certificate !== null && expected.certificate !== manifest.certificate)
    return differs(`Another certificate signed it: ${manifest.certificate}.`);
  const wrong = listed(manifest, files) ?? read.end ?? timed(manifest, read);
  if (wrong !== null) return differs(wrong);
  const chain = audit.end(
    files
      .filter(({ name }) => name.startsWith(AUDIT))
      .map((file) => ({ ...file, name: file.name.slice(AUDIT.length) })),
  );
  if (!chain.proved) return differs(`In the folder audit: ${chain.differs}`);
  if (chain.manifest.chain !== manifest.client.id || chain.manifest.takenAt !== manifest.takenAt)
    return differs('The audit log in it is of another client or another export.');
  const stamps = await stampsIn(bytes(ROOM_STAMPS), bytes, expected.issuers ?? '');
  if (typeof stamps === 'string') return differs(stamps);
  return { proved: true, manifest, signedAt: at, audit: chain, stamps };
}

/** The time stamps of the room if all match their files; otherwise what is wrong with the first that does not. */
async function stampsIn(
  list: Buffer,
  bytes: (name: string) => Buffer,
  issuers: string,
): Promise<readonly ProvedDay[] | string> {
  const named = parse(list, roomStampsSchema);
  if (named === null) return `${ROOM_STAMPS} is not written as this version of Bylaw knows it.`;
  const proved: ProvedDay[] = [];
  for (const { sha256, name, path, token } of named) {
    if (path === null || token === null) continue;
    const stamp = await checkStamp(bytes(token), { sha256, issuers });
    if (!stamp.proved) return `${token} does not prove the day of ${path}: ${STAMP_PROBLEMS[stamp.problem]}`;
    proved.push({ name, path, at: stamp.at, authority: stamp.authority, certificate: stamp.certificate });
  }
  return proved;
}

function differs(what: string): RoomVerification {
  return { proved: false, differs: what };
}

/** The signed manifest, or what is wrong with it. */
async function signedManifest(
  text: Buffer,
  signature: Buffer,
  files: readonly FoundFile[],
): Promise<{ readonly manifest: RoomManifest; readonly at: Date } | string> {
  const [last, end] = files.slice(-2);
  if (last?.name !== ROOM_MANIFEST || end?.name !== ROOM_SIGNATURE)
    return `The archive does not end with ${ROOM_MANIFEST} and ${ROOM_SIGNATURE}: a file was added, renamed or removed there, or it is not an evidence room.`;
  const signed = isWholeDer(signature) ? await verifyCms(text, signature) : null;
  if (signed === null)
    return `${ROOM_MANIFEST} is not the one that ${ROOM_SIGNATURE} was made for: one of the two was changed.`;
  const parsed = parse(text, roomManifestSchema);
  if (parsed === null || roomManifestText(parsed) !== text.toString('utf8'))
    return `${ROOM_MANIFEST} is not the manifest of an evidence room that this version of Bylaw knows.`;
  if (parsed.certificate !== signed.fingerprint)
    return `${ROOM_MANIFEST} names another certificate than the one that signed it.`;
  return { manifest: parsed, at: signed.at };
}

function parse<T>(text: Buffer, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(text.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Whether the bytes are exactly one DER value. */
function isWholeDer(bytes: Buffer): boolean {
  const [, first = 0] = bytes;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4 || bytes.length < 2 + more) return false;
  const length = more === 0 ? first : bytes.readUIntBE(2, more);
  return bytes.length === 2 + more + length;
}

/** Checks that the archive has the files of the manifest in the same order; returns the first difference, or null. */
function listed({ files: due }: RoomManifest, files: readonly FoundFile[]): string | null {
  const there = files.slice(0, -2);
  const names = new Set(due.map(({ name }) => name));
  const extra = there.find(({ name }) => !names.has(name));
  for (let at = 0; at < due.length; at += 1) {
    const [one, other] = [due[at], there[at]];
    if (one === undefined) break;
    if (other?.name !== one.name) {
      const renamed = there.find(({ sha256, name }) => sha256 === one.sha256 && !names.has(name));
      if (renamed !== undefined) return `${one.name} was renamed: it is here as ${renamed.name}.`;
      if (there.some(({ name }) => name === one.name))
        return extra === undefined
          ? `${one.name} is in another place than the manifest says.`
          : `${extra.name} was added: the manifest does not list it.`;
      return `${one.name} is missing.`;
    }
    if (other.bytes !== one.bytes || other.sha256 !== one.sha256)
      return `${one.name} was changed: it is not the file that the manifest lists.`;
  }
  if (extra !== undefined) return `${extra.name} was added: the manifest does not list it.`;
  return there[0]?.name === ROOM_README ? null : `The archive does not start with ${ROOM_README}.`;
}

function timed({ takenAt }: RoomManifest, { files }: ReadZip): string | null {
  const time = zipTime(new Date(takenAt));
  const late = files.find((file) => file.time !== time);
  return late === undefined ? null : `${late.name} has another time than the export.`;
}

/** Whether a file starts like an evidence room. */
export async function beginsAsRoom(archive: AsyncIterable<Uint8Array>): Promise<boolean> {
  const input = byteReader(archive);
  try {
    return Buffer.from(await input.exactly(2, 'at its beginning')).toString('latin1') === 'PK';
  } catch (error) {
    if (error instanceof NotAsWritten) return false;
    throw error;
  } finally {
    await input.close();
  }
}
