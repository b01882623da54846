import { burn } from '@kenjiuno/msgreader/lib/Burner.js';
import { strToU8 } from 'fflate';

/** A one-page PDF with this content. `trailer`: further entries of its trailer. */
export const pdf = (content: string, trailer = '') =>
  strToU8(
    `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R${trailer}>>
%%EOF`,
    true,
  );

/** A one-page PDF with this text, its catalog, page and further objects from 6 on. */
export const pdfWith = (
  text: string,
  { catalog = '', page = '', objects = [] }: { catalog?: string; page?: string; objects?: readonly string[] },
) =>
  strToU8(
    `%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R${catalog}>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>${page}>>endobj
4 0 obj${stream(text)}
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
${objects.map((object, at) => `${at + 6} 0 obj${object}`).join('\n')}
trailer<</Root 1 0 R>>
%%EOF`,
    true,
  );

/** A stream of a PDF. */
export const stream = (content: string, dictionary = '') =>
  `<<${dictionary}/Length ${content.length}>>stream\n${content}\nendstream endobj`;

/** An Outlook message with these properties and text attachments. */
export function msg(
  properties: Readonly<Record<string, string | Uint8Array>>,
  attached: Readonly<Record<string, string>>,
): Uint8Array {
  const wide = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le'));
  const entry = (name: string, type: number, bytes?: Uint8Array, children?: number[]) => ({
    name,
    type,
    children,
    length: bytes?.length ?? 0,
    binaryProvider: () => bytes ?? new Uint8Array(),
  });
  const streams = Object.entries(properties).map(([id, value]) =>
    entry(`__substg1.0_${id}`, 2, typeof value === 'string' ? wide(value) : value),
  );
  const entries: ReturnType<typeof entry>[] = [entry('Root Entry', 5, undefined, []), ...streams];
  const top = streams.map((_, at) => at + 1);
  for (const [name, text] of Object.entries(attached)) {
    const at = entries.length;
    entries.push(
      entry('__attach_version1.0_#00000000', 1, undefined, [at + 1, at + 2]),
      entry('__substg1.0_3707001F', 2, wide(name)),
      entry('__substg1.0_37010102', 2, strToU8(text)),
    );
    top.push(at);
  }
  (entries[0] as { children?: number[] }).children = top;
  return burn(entries as never);
}
