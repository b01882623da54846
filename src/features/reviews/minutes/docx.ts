import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import { visible } from '#domain/text/unsafe-text.ts';
import type { Minutes } from './view.ts';

/** The minutes as a Word document, to copy into a board's own template. */
export async function minutesDocx(minutes: Minutes): Promise<Uint8Array> {
  const { client, title, headline, facts, items, limits, foot, author } = minutes;
  const text = (words: string, bold = false) =>
    new Paragraph({ children: [new TextRun({ text: visible(words), bold })], spacing: { after: 80 } });
  const bullets = (lines: readonly string[]) =>
    lines.map((line) => new Paragraph({ text: visible(line), bullet: { level: 0 } }));
  const heading = (words: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]) =>
    new Paragraph({ text: visible(words), heading: level, spacing: { before: 200, after: 80 } });
  const document = new Document({
    title: visible(title),
    creator: visible(author),
    styles: { default: { document: { run: { font: 'Calibri', size: 22 } } } },
    sections: [
      {
        children: [
          text(client),
          heading(title, HeadingLevel.HEADING_1),
          text(`${headline}.`),
          ...facts.map(({ term, value }) => text(`${term}: ${value}`)),
          ...items.flatMap((item) => [
            heading(item.title, HeadingLevel.HEADING_2),
            text(item.rule),
            text(item.answer, true),
            ...(item.note === '' ? [] : [text(item.note)]),
            ...item.parts.flatMap((part) => [
              heading(part.title, HeadingLevel.HEADING_3),
              text(part.words),
              ...bullets(part.lines),
            ]),
            ...bullets(item.changes),
          ]),
          ...(limits.length === 0
            ? []
            : [heading('What this review does not show', HeadingLevel.HEADING_2), ...bullets(limits)]),
          text(foot),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
