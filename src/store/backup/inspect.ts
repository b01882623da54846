import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { StoreProblem } from '../engine/problems.ts';
import { checkArchive, readArchive, type Seal } from './archive.ts';
import { type Manifest, parseManifest } from './manifest.ts';

/** Maximum size of the manifest, which is held in memory. A million evidence files take a third of it. */
const MAX_MANIFEST = 256 * 1024 * 1024;

/**
 * Checks every byte of a backup, and that it holds exactly what its manifest lists. `onSealed` receives the seal before
 * any content is read. Throws `damaged`, and whatever `onSealed` throws.
 */
export async function inspectBackup(
  file: string,
  onSealed: (seal: Seal) => void = () => {},
): Promise<{ readonly manifest: Manifest; readonly seal: Seal }> {
  const seal = await checkArchive(file);
  onSealed(seal);
  const digests = new Map<string, string>();
  let manifest: Manifest | null = null;
  for await (const { name, bytes, content } of readArchive(file)) {
    if (name === 'manifest.json') {
      if (manifest !== null || bytes > MAX_MANIFEST) throw unlike(name);
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      manifest = parseManifest(Buffer.concat(chunks).toString('utf8'));
    } else if (digests.has(name)) {
      throw unlike(name);
    } else {
      const hash = createHash('sha256');
      const unpack = name.endsWith('.gz') ? [createGunzip()] : [];
      await pipeline([Readable.from(content), ...unpack, hash]).catch(() => {
        throw unlike(name);
      });
      digests.set(name, hash.digest('hex'));
    }
  }
  if (manifest === null) throw unlike('manifest.json');
  const expected = new Map<string, string>([
    ...manifest.tables.map((table) => [`tables/${table.name}.jsonl.gz`, table.sha256] as const),
    ...manifest.evidence.map(({ sha256 }) => [`evidence/${sha256}`, sha256] as const),
  ]);
  for (const [name, sha256] of expected) if (digests.get(name) !== sha256) throw unlike(name);
  for (const name of digests.keys()) {
    if (!expected.has(name) && !(name === 'secret.key' && manifest.keyIncluded)) throw unlike(name);
  }
  if (manifest.keyIncluded && !digests.has('secret.key')) throw unlike('secret.key');
  return { manifest, seal };
}

function unlike(name: string): StoreProblem {
  return new StoreProblem(
    'damaged',
    `The backup does not hold what its list of contents says (${name}), so nothing was restored. Use another copy of it.`,
  );
}
