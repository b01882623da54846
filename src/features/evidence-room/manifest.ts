import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What an evidence room says of itself: its last file but one. The last one is the signature of this. */
export const roomManifestSchema = z.strictObject({
  format: z.literal('bylaw-evidence-room'),
  version: z.literal(1),
  madeWith: z.string(),
  client: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
  zone: z.string(),
  takenAt: z.iso.datetime(),
  takenBy: z.string(),
  /** SHA-256 of the certificate that it is signed with. */
  certificate: sha256,
  /** The files before this one, in their order. */
  files: z.array(z.strictObject({ name: z.string(), bytes: z.number().int(), sha256 })),
});
export type RoomManifest = z.infer<typeof roomManifestSchema>;

export const ROOM_README = 'README.txt';
/** Where the files of the export of the audit log lie. */
export const AUDIT = 'audit/';
export const ROOM_MANIFEST = 'manifest.json';
/** A detached signature of the manifest (CMS, RFC 5652), in DER. */
export const ROOM_SIGNATURE = 'manifest.p7s';

/** Which files an authority of time stamps was asked about, and its answers. */
export const ROOM_STAMPS = 'time-stamps.json';
export const roomStampsSchema = z.array(
  z.object({
    sha256,
    name: z.string(),
    /** The file; null: it is no longer kept. */
    path: z.string().nullable(),
    state: z.enum(['proved', 'waiting']),
    at: z.string().nullable(),
    authority: z.string().nullable(),
    certificate: z.string().nullable(),
    /** Where the answer lies, as it came (RFC 3161); null: there is none yet, or it is no longer kept. */
    token: z.string().nullable(),
  }),
);
export type RoomStamps = z.infer<typeof roomStampsSchema>;

/** The same manifest gives the same text. */
export function roomManifestText(manifest: RoomManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
