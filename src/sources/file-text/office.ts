import type { Budget } from './limits.ts';
import { textOfMarkup, textOfXml, textOfXmlFile } from './markup.ts';
import { besideCells, numberFormats, SharedTexts, sheetText } from './sheets.ts';
import type { ZipEntry } from './zip.ts';

/** What is done with a part of an Office or OpenDocument file. */
export type OfficePart = 'text' | 'data' | 'drawn' | 'cells' | 'file' | 'none';

/** Parts that say how something looks or what a program needs, and nothing that a person wrote. */
const NO_TEXT =
  /^(?:(?:word|ppt|xl|visio|docProps|customXml|Object [^/]{1,40})\/(?:.*\/)?)?(?:styles|stylesWithEffects|theme\d*|settings|webSettings|fontTable|numbering|tableStyles|presProps|viewProps|calcChain|volatileDependencies|metadata|manifest|\[Content_Types\]|colors\d*|quickStyle\d*|layout\d+|style\d+|LabelInfo|commentsIds|commentsExtended|commentsExtensible|itemProps\d*|BuildVersionHistory|DocumentSummary)\.xml$|(?:^|\/)(?:_rels\/\.rels|_xmlsignatures\/.*|mimetype|layout-cache|manifest\.rdf|META-INF\/.*|Configurations2\/.*|Thumbnails\/.*|docProps\/thumbnail\.\w+|.*\/printerSettings\d*\.bin|.*\/fonts?\/.*|.*\.(?:fntdata|odttf|ttf)|.*\/sharedStrings\d*\.xml)$/iu;
/** No program writes longer names; a longer one is read. */
const MAX_NAME = 500;
const OPEN_DOCUMENT_STYLES = /^styles\.xml$/u;

/** How a part of an Office file is read, by its name: nothing is left out because its name is not known. */
export function officePart(name: string): OfficePart {
  if (OPEN_DOCUMENT_STYLES.test(name)) return 'text';
  if (name.length <= MAX_NAME && NO_TEXT.test(name)) return 'none';
  if (name.endsWith('.rels')) return 'text';
  if (/^xl\/worksheets\/[^/]+\.xml$/u.test(name)) return 'cells';
  if (!name.endsWith('.xml')) return 'file';
  if (!/^(?:word|ppt|xl|visio|docProps|customXml|Object [^/]{1,40})\/|^(?:content|meta)\.xml$/u.test(name))
    return 'file';
  if (
    /^(?:docProps|customXml)\/|^xl\/(?:workbook|connections|tables\/[^/]+|queryTables\/[^/]+)\.xml$/u.test(
      name,
    )
  )
    return 'data';
  return /^xl\/(?!charts|diagrams)/u.test(name) ? 'drawn' : 'text';
}

/** What a part says about itself instead of the document. */
const OF_XML = /^\s{0,99}<\?xml[^>]{0,200}\?>|\sxmlns(?::\w{1,20})?="[^"]{0,300}"/gu;

/** Text of a part of an Office file that is not cells. */
export function partText(kind: OfficePart, name: string, xml: string): string {
  if (name.endsWith('.rels')) return externalLinks(xml);
  if (kind === 'text') return textOfXml(xml);
  const own = xml.replace(OF_XML, '');
  if (kind === 'drawn') return textOfMarkup(own);
  if (name.startsWith('customXml/')) return textOfXmlFile(own);
  return textOfMarkup(own.replaceAll('</', '\n</')).replace(/\n\s*/gu, '\n').trim();
}

/** Where the links of a document lead: only outside of it. */
function externalLinks(xml: string): string {
  return textOfXml(
    [...xml.matchAll(/<Relationship\b[^<>]{0,5000}>/gu)]
      .map(([tag]) => tag)
      .filter((tag) => tag.includes('"External"'))
      .join('\n'),
  ).trim();
}

/** Sheets of a workbook in the order of their files, as {@link sheetText}, and what is beside their cells. */
export function* workbookTexts(
  entries: readonly ZipEntry[],
  xml: (entry: ZipEntry) => string,
  budget: Budget,
): Generator<{ readonly text: string; readonly beside: string }> {
  const all = (name: RegExp) =>
    entries
      .filter((entry) => name.test(entry.name))
      .map(xml)
      .join('');
  const shared = new SharedTexts(all(/^xl\/(?:.*\/)?sharedStrings\d*\.xml$/iu), budget);
  const formats = numberFormats(all(/^xl\/styles\.xml$/u), all(/^xl\/workbook\.xml$/u));
  for (const entry of entries.filter(({ name }) => officePart(name) === 'cells')) {
    const sheet = xml(entry);
    yield { text: sheetText(sheet, shared, formats), beside: besideCells(sheet) };
  }
  yield { text: '', beside: shared.unused().join('\n') };
}
