import { BorderStyle, Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import type { TextPaper } from './paper.ts';

const INK = '15171C';
const SOFT = '5F6571';

/** A text as a Word document that counsel can edit. Parts to fill in are highlighted. */
export async function textDocx({ client, title, note, foot, sections }: TextPaper): Promise<Uint8Array> {
  const side = { style: BorderStyle.SINGLE, size: 6, space: 6, color: SOFT };
  const soft = (text: string) => new Paragraph({ children: [new TextRun({ text, color: SOFT, size: 20 })] });
  const document = new Document({
    title,
    creator: client,
    styles: {
      default: {
        document: {
          run: { font: 'Calibri', size: 22, color: INK, language: { value: 'en-US' } },
          paragraph: { spacing: { after: 120, line: 288 } },
        },
        title: { run: { font: 'Calibri', size: 44, bold: true, color: INK } },
        heading1: {
          run: { font: 'Calibri', size: 26, bold: true, color: INK },
          paragraph: { spacing: { before: 320, after: 100 } },
        },
      },
    },
    sections: [
      {
        children: [
          soft(client),
          new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
          new Paragraph({ text: note, border: { top: side, right: side, bottom: side, left: side } }),
          ...sections.flatMap(({ title: heading, items }) => [
            new Paragraph({ text: heading, heading: HeadingLevel.HEADING_1, keepNext: true }),
            ...items.map(
              (item) =>
                new Paragraph({
                  ...(items.length === 1 ? {} : { bullet: { level: 0 } }),
                  children: item.map(
                    ({ text, open }) => new TextRun({ text, ...(open && { highlight: 'yellow' as const }) }),
                  ),
                }),
            ),
          ]),
          soft(foot),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
