import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
  '@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf',
];

/** Root folder of the compiler; shadow files are named below it. */
export const WORKSPACE = fileURLToPath(new URL('.', import.meta.url));

let shared: NodeCompiler | null = null;

/** The compiler, created once: loading fonts takes longer than typesetting a report. */
export function compiler(): NodeCompiler {
  shared ??= NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: FONTS.map((font) => readFileSync(fileURLToPath(import.meta.resolve(font)))) }],
  });
  return shared;
}

/**
 * Zero-width spaces mark where a long word may break. Set as empty boxes, they do not become part of the document's
 * text, so that an address, a hash or a permission is found by search and copied as it is.
 */
const BREAKS = '#show "\\u{200b}": box()\n';

/** Typesets a document and returns its PDF/UA-1. Throws the compiler's own messages. */
export function toPdf(main: string, inputs: Readonly<Record<string, string>>): Uint8Array {
  return setPages(main, inputs).pdf();
}

/** Typesets a document: number of pages, and its PDF/UA-1 if the caller accepts that number. */
export function setPages(
  main: string,
  inputs: Readonly<Record<string, string>>,
): { readonly pages: number; pdf(): Uint8Array } {
  const typst = compiler();
  const compiled = typst.compile({ mainFileContent: BREAKS + main, inputs: { ...inputs } });
  const document = compiled.result;
  if (document === null) {
    const problems = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
    throw new Error(`The PDF could not be set: ${JSON.stringify(problems).slice(0, 2000)}`);
  }
  return { pages: document.numOfPages, pdf: () => unsuspected(typst.pdf(document, { pdfStandard: 'ua-1' })) };
}

/** Typst writes this although it is the default, and poppler reports it as a structure error. */
const SUSPECTS = '/Suspects false';

/** The same document with {@link SUSPECTS} replaced by spaces, so that every offset stays valid. */
function unsuspected(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const at = bytes.indexOf(SUSPECTS, bytes.indexOf('/MarkInfo'), 'latin1');
  if (at >= 0) bytes.fill(' ', at, at + SUSPECTS.length);
  return bytes;
}

/** Whether some font prints a character, cached by character. It never changes while the program runs. */
const printable = new Map<string, boolean>();

/**
 * Those of the characters that no available font can print. PDF/UA forbids missing glyphs, so this must be known
 * before typesetting. All are tried together, and individually only if that fails.
 */
export function unprintable(characters: Iterable<string>): ReadonlySet<string> {
  const fresh = [...new Set(characters)].filter((character) => !printable.has(character));
  const prints = (text: string) => {
    try {
      toPdf(
        '#set document(title: "-")\n#set text(font: ("Inter", "Libertinus Serif", "DejaVu Sans Mono"))\n#sys.inputs.text',
        {
          text,
        },
      );
      return true;
    } catch {
      return false;
    }
  };
  const all = fresh.length > 0 && prints(fresh.join(' '));
  for (const character of fresh) printable.set(character, all || prints(character));
  return new Set([...printable].filter(([, yes]) => !yes).map(([character]) => character));
}
