import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TabStopPosition,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import type { PolicyContent } from '#domain/policy/content.ts';
import { visible } from '#domain/text/unsafe-text.ts';

/** What a Word document of a policy contains besides the text. */
export interface PolicyPaper {
  readonly client: string;
  /** Version and effective date. */
  readonly line: string;
  readonly approved: string;
  /** SHA-256 of the plain text. */
  readonly hash: string;
  /** BCP 47 tag, for the spelling checker. */
  readonly language: string;
  readonly acknowledgement: {
    readonly title: string;
    readonly words: string;
    /** Labels of the lines that are filled in by hand. */
    readonly lines: readonly string[];
  };
}

const INK = '15171C';
const SOFT = '5F6571';
const RULE = 'C9CDD3';
const FONT = 'Calibri';
const NUMBERED = 'policy-sections';
/** US Letter with margins of an inch, in twentieths of a point. */
const PAGE = {
  size: { width: 12_240, height: 15_840 },
  margin: { top: 1_440, right: 1_440, bottom: 1_300, left: 1_440 },
};

/** Creates a policy as a Word document for readers: the text with numbered headings, and a signature page. */
export async function writePolicy(content: PolicyContent, paper: PolicyPaper): Promise<Uint8Array> {
  const { client, line, approved, hash, language, acknowledgement } = paper;
  const document = new Document({
    title: visible(content.title),
    creator: visible(client),
    description: visible(line),
    styles: {
      default: {
        document: {
          run: { font: FONT, size: 22, color: INK, language: { value: language } },
          paragraph: { spacing: { after: 120, line: 288 } },
        },
        title: {
          run: { font: FONT, size: 44, bold: true, color: INK },
          paragraph: { spacing: { after: 120 } },
        },
        heading1: {
          run: { font: FONT, size: 26, bold: true, color: INK },
          paragraph: { spacing: { before: 320, after: 100 } },
        },
        listParagraph: { paragraph: { spacing: { after: 80 } } },
      },
    },
    numbering: {
      config: [
        {
          reference: NUMBERED,
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: '%1.',
              alignment: AlignmentType.START,
              style: { paragraph: { indent: { left: 440, hanging: 440 } } },
            },
            {
              level: 1,
              format: LevelFormat.DECIMAL,
              text: '%1.%2',
              alignment: AlignmentType.START,
              style: { paragraph: { indent: { left: 1_000, hanging: 560 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: { page: PAGE },
        footers: { default: footer(`${content.title} · ${line}`) },
        children: [
          soft(client),
          new Paragraph({ text: visible(content.title), heading: HeadingLevel.TITLE }),
          soft(line),
          ...(content.intro === ''
            ? []
            : [new Paragraph({ text: visible(content.intro), spacing: { before: 200 } })]),
          ...content.sections.flatMap(({ title, items }) => [
            new Paragraph({
              text: visible(title),
              heading: HeadingLevel.HEADING_1,
              keepNext: true,
              numbering: { reference: NUMBERED, level: 0 },
            }),
            ...items.map(
              ({ text }) =>
                new Paragraph({
                  text: visible(text),
                  style: 'ListParagraph',
                  keepLines: true,
                  numbering: { reference: NUMBERED, level: 1 },
                }),
            ),
          ]),
          soft(approved, { before: 320 }),
          soft(hash),
          new Paragraph({
            text: visible(acknowledgement.title),
            heading: HeadingLevel.HEADING_1,
            pageBreakBefore: true,
          }),
          new Paragraph({ text: visible(acknowledgement.words), spacing: { after: 360 } }),
          signing(acknowledgement.lines),
          soft(line, { before: 360 }),
          soft(hash),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function soft(text: string, spacing: { readonly before?: number } = {}): Paragraph {
  return new Paragraph({
    spacing: { after: 60, ...spacing },
    children: [new TextRun({ text: visible(text), color: SOFT, size: 20 })],
  });
}

function footer(line: string): Footer {
  const run = { color: SOFT, size: 17 };
  return new Footer({
    children: [
      new Paragraph({
        border: { top: { style: BorderStyle.SINGLE, size: 4, space: 6, color: RULE } },
        tabStops: [{ type: TabStopType.RIGHT, position: TabStopPosition.MAX }],
        children: [
          new TextRun({ ...run, text: visible(line) }),
          new TextRun({ ...run, children: ['\t', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });
}

/** Lines to fill in by hand, each after its label. */
function signing(labels: readonly string[]): Table {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const open = { top: none, left: none, right: none, bottom: none };
  const cell = (label: string, width: number, ruled: boolean) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      verticalAlign: 'bottom',
      borders: ruled ? { ...open, bottom: { style: BorderStyle.SINGLE, size: 6, color: SOFT } } : open,
      children: [new Paragraph({ text: visible(label), spacing: { before: 240, after: 40 } })],
    });
  return new Table({
    width: { size: 9_360, type: WidthType.DXA },
    columnWidths: [2_400, 6_960],
    borders: { ...open, insideHorizontal: none, insideVertical: none },
    rows: labels.map(
      (label) =>
        new TableRow({ cantSplit: true, children: [cell(label, 2_400, false), cell('', 6_960, true)] }),
    ),
  });
}
// Guide: G8-00
