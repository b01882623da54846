/** A part of a form. */
export interface FormPart {
  readonly name: string;
  /** File name; null: a field. */
  readonly file: string | null;
  readonly bytes: Buffer;
  /** Its headers, which a person can write, too. */
  readonly head: string;
}

export interface Form {
  readonly parts: readonly FormPart[];
  /** Text before the first part and after the last one, which a server ignores. */
  readonly around: readonly string[];
}

const MAX_PARTS = 10_000;
const MAX_PART_HEAD = 16 * 1024;

/**
 * Parts of a multipart form; null: not one. A guard must see what a lenient parser would, so parts that a strict parser
 * rejects are included: without an end, without headers, or with bare line feeds.
 */
export function partsOf(bytes: Buffer, contentType: string): Form | null {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/iu.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return null;
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  let from = bytes.indexOf(mark);
  if (from === -1) return null;
  const parts: FormPart[] = [];
  const around = [bytes.toString('utf8', 0, from)];
  while (from !== -1) {
    const begin = from + mark.length;
    from = bytes.indexOf(mark, begin);
    if (bytes.toString('latin1', begin, begin + 2) === '--' && from === -1) {
      around.push(bytes.toString('utf8', begin + 2));
      break;
    }
    if (parts.length === MAX_PARTS) return null;
    parts.push(partOf(bytes.subarray(begin, from === -1 ? bytes.length : from)));
  }
  return { parts, around: around.filter((text) => text.trim() !== '') };
}

function partOf(bytes: Buffer): FormPart {
  const [head, body] = split(bytes);
  const disposition = /^content-disposition:(.*)$/imu.exec(head)?.[1] ?? '';
  const type = /^content-type:[ \t]*([^\r\n;]*)/imu.exec(head)?.[1]?.trim().toLowerCase() ?? '';
  const file = parameterOf(disposition, 'filename');
  return {
    name: parameterOf(disposition, 'name') ?? '',
    file: file ?? (type === '' || type.startsWith('text/plain') ? null : ''),
    bytes: body,
    head,
  };
}

function split(bytes: Buffer): readonly [head: string, body: Buffer] {
  const top = bytes.subarray(0, MAX_PART_HEAD);
  for (const gap of ['\r\n\r\n', '\n\n']) {
    const at = top.indexOf(gap);
    if (at !== -1) return [bytes.toString('utf8', 0, at), withoutEnd(bytes.subarray(at + gap.length))];
  }
  return ['', bytes];
}

/** Removes the line break before the next boundary. */
function withoutEnd(bytes: Buffer): Buffer {
  const end = bytes.toString('latin1', Math.max(0, bytes.length - 2));
  return end === '\r\n' ? bytes.subarray(0, -2) : end.endsWith('\n') ? bytes.subarray(0, -1) : bytes;
}

function parameterOf(disposition: string, name: string): string | null {
  const [, quoted, plain] =
    new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'iu').exec(disposition) ?? [];
  return quoted?.replaceAll('\\"', '"') ?? plain ?? null;
}
