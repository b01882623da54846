import { createHash } from 'node:crypto';
import { count, sentence } from '#domain/text/words.ts';
import { NotAsWritten } from '../../shared/byte-reader.ts';
import { chainWords, type KeptHead } from '../heads/head.ts';
import {
  ASSESSMENT,
  MANIFEST,
  MANIFEST_HASH,
  type Manifest,
  manifestHashText,
  manifestSchema,
  manifestText,
  README,
  RECORDS,
} from './manifest.ts';
import { type RecordsFound, recordReader } from './read-records.ts';
import { readTar } from './read-tar.ts';

export type Verification =
  | {
      readonly proved: true;
      readonly manifest: Manifest;
      /** Where the noted hash stands: its seq, or 0 for before the first record of the chain; null: none was given. */
      readonly noted: number | null;
      /** Kept heads of this chain that lie in what was exported, and fit; and how many lie outside of it. */
      readonly heads: { readonly fit: readonly KeptHead[]; readonly outside: number };
    }
  | { readonly proved: false; readonly differs: string };

/** Manifests of a hundred thousand evidence files stay below this. */
const MAX_TEXT_BYTES = 128 * 1024 * 1024;

/** A file of an export as it was read, whatever it came in. */
export interface FoundFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Proves the files of an export while they are read, in their order. */
export interface ExportReader {
  /** What takes the content of a file. Throws NotAsWritten. */
  take(file: Pick<FoundFile, 'name' | 'bytes'>): (piece: Uint8Array) => void;
  /** What a record shows that was read before the archive broke; null: nothing. */
  broken(): string | null;
  end(files: readonly FoundFile[]): Verification;
}

/**
 * `noted` is a hash of the chain that was written down elsewhere, `kept` are heads that left the server. The files are
 * every record's hash, the chain, the manifest and the evidence; what holds them is for the caller to prove.
 */
export function exportReader(noted: string | null, kept: readonly KeptHead[]): ExportReader {
  const records = recordReader(noted, new Set(kept.map(({ seq }) => seq)));
  const texts = new Map<string, Uint8Array[]>([
    [MANIFEST, []],
    [MANIFEST_HASH, []],
  ]);
  return {
    take({ name, bytes }) {
      if (name === RECORDS) return records.take;
      const pieces = texts.get(name);
      if (pieces === undefined) return () => {};
      if (bytes > MAX_TEXT_BYTES) throw new NotAsWritten(`${name} is far too large.`);
      return (piece) => pieces.push(Uint8Array.from(piece));
    },
    broken: () => records.end().problem,
    end(files) {
      const found = records.end();
      if (found.problem !== null) return differs(found.problem);
      const text = (name: string) => Buffer.concat(texts.get(name) ?? []).toString('utf8');
      const manifest = manifestOf(text(MANIFEST), text(MANIFEST_HASH), files);
      if (typeof manifest === 'string') return differs(manifest);
      const problem =
        listed(manifest, files) ?? reported(manifest, found) ?? evidenceProblem(manifest, files, found);
      if (problem !== null) return differs(problem);
      if (noted !== null && found.noted === null)
        return differs(
          `No record of this export has the hash ${noted}. It was cut off before that record, is of another chain, or the chain was rewritten.`,
        );
      const heads = kept.filter(({ chain }) => chain === manifest.chain);
      const wrong = headProblem(heads, manifest, found);
      if (wrong !== null) return differs(wrong);
      const fit = heads.filter(({ seq }) => found.hashes.has(seq));
      return {
        proved: true,
        manifest,
        noted: found.noted,
        heads: { fit, outside: heads.length - fit.length },
      };
    },
  };
}

/**
 * Proves an export in its archive, every byte of it. Says the first thing that differs, in the order of the archive.
 * Throws only when the archive itself does.
 */
export async function verifyExport(
  archive: AsyncIterable<Uint8Array>,
  noted: string | null = null,
  kept: readonly KeptHead[] = [],
): Promise<Verification> {
  const reader = exportReader(noted, kept);
  try {
    const files = await readTar(archive, reader.take);
    const result = reader.end(files);
    if (!result.proved) return result;
    const time = Math.floor(Date.parse(result.manifest.takenAt) / 1000);
    const late = files.find((file) => file.time !== time);
    return late === undefined ? result : differs(`${late.name} has another time than the export.`);
  } catch (error) {
    if (!(error instanceof NotAsWritten)) throw error;
    // What was read before the archive broke comes first.
    return differs(reader.broken() ?? error.message);
  }
}

function differs(what: string): Verification {
  return { proved: false, differs: what };
}

/** The manifest, or what is wrong with it. */
function manifestOf(text: string, hashText: string, files: readonly FoundFile[]): Manifest | string {
  const [manifest, hash] = files.slice(-2);
  if (manifest?.name !== MANIFEST || hash?.name !== MANIFEST_HASH)
    return `The archive does not end with ${MANIFEST} and ${MANIFEST_HASH}; it is not a complete export.`;
  const due = createHash('sha256').update(text).digest('hex');
  if (hashText !== manifestHashText(due) || manifest.sha256 !== due)
    return `${MANIFEST} is not the one that ${MANIFEST_HASH} was written for: one of the two was changed.`;
  try {
    const parsed = manifestSchema.parse(JSON.parse(text));
    return manifestText(parsed) === text ? parsed : `${MANIFEST} is not written as Bylaw writes it.`;
  } catch {
    return `${MANIFEST} is not the manifest of an audit export that this version of Bylaw knows.`;
  }
}

/** The files are those of the manifest: the same ones in the same order. */
function listed({ files: due }: Manifest, files: readonly FoundFile[]): string | null {
  const there = files.slice(0, -2);
  for (let at = 0; at < Math.max(due.length, there.length); at += 1) {
    const [one, other] = [due[at], there[at]];
    if (one === undefined) return `${other?.name ?? ''} was added: the manifest does not list it.`;
    if (other === undefined || other.name !== one.name)
      return `${one.name} is missing, or is in another place than the manifest says.`;
    if (other.bytes !== one.bytes || other.sha256 !== one.sha256)
      return `${one.name} was changed: it is not the file that the manifest lists.`;
  }
  if (there[0]?.name !== README || there[1]?.name !== RECORDS)
    return `The archive does not start with ${README} and ${RECORDS}.`;
  return null;
}

/** What the manifest tells of the records is what they are. */
function reported({ records, chain, client, head, asked }: Manifest, found: RecordsFound): string | null {
  const { first, last } = found;
  if (first === null || last === null) return `${RECORDS} holds no record.`;
  if (
    records.count !== found.count ||
    JSON.stringify([records.first, records.last]) !== JSON.stringify([first, last])
  )
    return `${MANIFEST} lists ${count(records.count, 'record')} up to number ${records.last.seq}; ${RECORDS} has ${found.count} up to number ${last.seq}.`;
  if (found.chain !== chain || (client !== null && client.id !== chain))
    return `${MANIFEST} names another chain than the records.`;
  if (head.seq < last.seq || (head.seq === last.seq && head.hash !== last.hash))
    return `The last record is not the one that ${MANIFEST} gives as the end of the chain.`;
  if (asked.from === null && first.seq !== 1) return 'The records before the first one are missing.';
  if (asked.to === null && last.seq !== head.seq)
    return `The last records are missing: the chain ended with number ${head.seq}, the export with ${last.seq}.`;
  return null;
}

/** Every head that left the server is that of the record with its number; the first one in time that is not. */
function headProblem(
  heads: readonly KeptHead[],
  { asked, chain }: Manifest,
  { hashes, last }: RecordsFound,
): string | null {
  for (const { seq, hash, at, signature } of heads.toSorted((a, b) => a.seq - b.seq)) {
    const which = `the head of ${chainWords(chain)} that was kept on ${at.slice(0, 10)}`;
    if (signature?.holds === false)
      return `${sentence(which)} for record ${seq} was changed after it was signed, so it proves nothing. Use another copy of it.`;
    const here = hashes.get(seq);
    if (here !== undefined && here !== hash)
      return `According to ${which}, record ${seq} had the hash ${hash}; here it has ${here}. The chain was rewritten after that day.`;
    if (here === undefined && asked.to === null && last !== null && seq > last.seq)
      return `According to ${which}, the chain had a record ${seq}; here it ends with record ${last.seq}. Its last records were removed after that day.`;
  }
  return null;
}

/** Each evidence file is the one of its address, and none lies there that the manifest does not tell of. */
function evidenceProblem(
  { evidence, records, asked }: Manifest,
  files: readonly FoundFile[],
  found: RecordsFound,
): string | null {
  const from = files[2]?.name === ASSESSMENT ? 3 : 2;
  const lying = new Map(files.slice(from, -2).map((file) => [file.name, file]));
  for (const { file, sha256, name, state, removed } of evidence) {
    if (state === 'missing' || state === 'damaged')
      return `The evidence “${name}” (${sha256}) was ${state === 'missing' ? 'no longer on the server' : 'no longer on the server as it was stored'} when the export was taken.`;
    if ((state === 'removed') !== (removed !== undefined))
      return `${MANIFEST} contradicts itself about “${name}”.`;
    // Only a record of this very chain that names the file says that it is rightly gone.
    if (removed !== undefined && !(found.removed.get(sha256) ?? []).includes(removed.record)) {
      const { record } = removed;
      // Days were asked for, and the record lies outside of them: it is told as not proved.
      const outside =
        (asked.to !== null && record > records.last.seq) ||
        (asked.from !== null && record < records.first.seq);
      if (!outside)
        return `The evidence “${name}” (${sha256}) is listed as removed by retention in record ${record}, but that record does not say so.`;
    }
    if ((state === 'included') !== (file !== null)) return `${MANIFEST} contradicts itself about “${name}”.`;
    if (file === null) continue;
    if (lying.get(file)?.sha256 !== sha256) return `${file} is not the evidence of that address.`;
    lying.delete(file);
  }
  const [extra] = lying.keys();
  return extra === undefined ? null : `${extra} is not evidence that the manifest lists.`;
}
