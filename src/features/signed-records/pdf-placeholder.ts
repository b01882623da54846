/** What a PDF says of its signature; shown by programs that open it. */
export interface AboutSignature {
  readonly name: string;
  readonly reason: string;
  readonly at: Date;
}

/** Bytes kept free for the signature, which is about 3 kB with its certificate. */
export const SIGNATURE_BYTES = 8_192;
/** Digits kept free for each number of the byte range. */
const DIGITS = 10;

/**
 * Adds an empty signature to a PDF, as an incremental update (ISO 32000-2, 7.5.6 and 12.8): the file stays as it is and
 * grows at its end. For files with a classic cross-reference table and objects of their own, as the setter of Bylaw's
 * documents writes them; throws for any other.
 */
export function withEmptySignature(pdf: Uint8Array, about: AboutSignature): Buffer {
  const text = Buffer.from(pdf).toString('latin1');
  const start = Number(one(/startxref\s+(\d+)\s+%%EOF\s*$/, text));
  const offsets = offsetsAt(text, start);
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const size = Number(one(/\/Size (\d+)/, trailer));
  const root = Number(one(/\/Root (\d+) 0 R/, trailer));
  const info = /\/Info \d+ 0 R/.exec(trailer)?.[0] ?? '';
  const id = /\/ID \[.*?\]/s.exec(trailer)?.[0] ?? '';
  const object = (number: number) => {
    const at = offsets.get(number);
    if (at === undefined) throw unreadable(`object ${number} is not in its table`);
    return text.slice(at, text.indexOf('endobj', at) + 'endobj'.length);
  };
  const catalog = object(root);
  if (catalog.includes('/AcroForm')) throw unreadable('it has a form already');
  const pages = object(Number(one(/\/Pages (\d+) 0 R/, catalog)));
  const page = Number(one(/\/Kids \[\s*(\d+) 0 R/, pages));
  const [signature, field] = [size, size + 1];
  const parts: Placed[] = [
    { number: root, text: extended(catalog, `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`) },
    { number: page, text: withAnnotation(object(page), field) },
    { number: signature, text: signatureObject(signature, about) },
    { number: field, text: fieldObject(field, signature, page) },
  ];
  return Buffer.concat([
    pdf,
    Buffer.from(update(pdf.length, parts, { size, root, info, id, start }), 'latin1'),
  ]);
}

interface Placed {
  readonly number: number;
  readonly text: string;
}

function update(
  at: number,
  parts: readonly Placed[],
  end: { size: number; root: number; info: string; id: string; start: number },
): string {
  let body = '\n';
  const table: string[] = [];
  for (const { number, text } of parts) {
    table.push(`${number} 1\n${String(at + body.length).padStart(10, '0')} 00000 n \n`);
    body += `${text}\n`;
  }
  const xref = at + body.length;
  return `${body}xref\n${table.join('')}trailer\n<< /Size ${end.size + 2} /Root ${end.root} 0 R ${end.info} ${end.id} /Prev ${end.start} >>\nstartxref\n${xref}\n%%EOF\n`;
}

function signatureObject(number: number, { name, reason, at }: AboutSignature): string {
  const range = `[0 ${'*'.repeat(DIGITS)} ${'*'.repeat(DIGITS)} ${'*'.repeat(DIGITS)}]`;
  return `${number} 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange ${range} /Contents <${'0'.repeat(SIGNATURE_BYTES * 2)}> /M (${pdfDate(at)}) /Name ${pdfText(name)} /Reason ${pdfText(reason)} >>\nendobj`;
}

/** Without a place on the page: the record says in words who signed it. Hidden and locked (flags 2 and 128). */
function fieldObject(number: number, signature: number, page: number): string {
  return `${number} 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V ${signature} 0 R /Rect [0 0 0 0] /F 130 /P ${page} 0 R >>\nendobj`;
}

function withAnnotation(page: string, field: number): string {
  if (/\/Annots\s+\d+ 0 R/.test(page)) throw unreadable('its page keeps annotations elsewhere');
  return /\/Annots\s*\[/.test(page)
    ? page.replace(/\/Annots\s*\[/, `/Annots [${field} 0 R `)
    : extended(page, `/Annots [${field} 0 R]`);
}

function extended(object: string, entry: string): string {
  const end = object.lastIndexOf('>>');
  if (end < 0) throw unreadable('an object is no dictionary');
  return `${object.slice(0, end)}${entry} ${object.slice(end)}`;
}

function offsetsAt(text: string, start: number): ReadonlyMap<number, number> {
  const offsets = new Map<number, number>();
  const head = /^xref\s+(\d+) (\d+)\s+/.exec(text.slice(start, start + 60));
  if (head === null) throw unreadable('it has no cross-reference table');
  const first = Number(head[1]);
  const at = start + head[0].length;
  for (let n = 0; n < Number(head[2]); n += 1) {
    const entry = text.slice(at + n * 20, at + n * 20 + 20);
    if (entry[17] === 'n') offsets.set(first + n, Number(entry.slice(0, 10)));
  }
  return offsets;
}

function one(pattern: RegExp, text: string): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw unreadable(`${pattern.source} is missing`);
  return found;
}

function unreadable(why: string): Error {
  return new Error(`The PDF cannot be signed: ${why}.`);
}

/** UTF-16 in hexadecimal: whatever is in it, it cannot end the string early. */
function pdfText(text: string): string {
  const swapped = Buffer.from(text.toWellFormed(), 'utf16le').swap16();
  return `<FEFF${swapped.toString('hex').toUpperCase()}>`;
}

function pdfDate(at: Date): string {
  return `D:${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
