import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The manifest of an evidence room: its second to last file. The last one is the manifest's signature. */
export const roomManifestSchema = z.strictObject({
  format: z.literal('bylaw-evidence-room'),
  version: z.literal(1),
  madeWith: z.string(),
  client: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
  zone: z.string(),
  takenAt: z.iso.datetime(),
  takenBy: z.string(),
  /** SHA-256 of the certificate that signs it. */
  certificate: sha256,
  /** The files before this one, in order. */
  files: z.array(z.strictObject({ name: z.string(), bytes: z.number().int(), sha256 })),
});
export type RoomManifest = z.infer<typeof roomManifestSchema>;

export const ROOM_README = 'README.txt';
/** Folder of the exported audit log. */
export const AUDIT = 'audit/';
export const ROOM_MANIFEST = 'manifest.json';
/** Detached signature of the manifest (CMS, RFC 5652), in DER. */
export const ROOM_SIGNATURE = 'manifest.p7s';

/** The files for which a time-stamp authority was asked, and its answers. */
export const ROOM_STAMPS = 'time-stamps.json';
export const roomStampsSchema = z.array(
  z.object({
    sha256,
    name: z.string(),
    /** Path of the file; null if it is no longer kept. */
    path: z.string().nullable(),
    state: z.enum(['proved', 'waiting']),
    at: z.string().nullable(),
    authority: z.string().nullable(),
    certificate: z.string().nullable(),
    /** Path of the response as received (RFC 3161); null if there is none yet or it is no longer kept. */
    token: z.string().nullable(),
  }),
);
export type RoomStamps = z.infer<typeof roomStampsSchema>;

/** Deterministic: equal manifests give equal text. */
export function roomManifestText(manifest: RoomManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
