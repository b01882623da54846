import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
  '@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf',
];

/** Folder that the compiler takes for the root; shadow files are named below it. */
export const WORKSPACE = fileURLToPath(new URL('.', import.meta.url));

let shared: NodeCompiler | null = null;

/** The compiler, made once: reading fonts costs more than setting a report. */
export function compiler(): NodeCompiler {
  shared ??= NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: FONTS.map((font) => readFileSync(fileURLToPath(import.meta.resolve(font)))) }],
  });
  return shared;
}

/** Sets a document and returns its PDF/UA-1. Throws with the compiler's own words. */
export function toPdf(main: string, inputs: Readonly<Record<string, string>>): Uint8Array {
  return setPages(main, inputs).pdf();
}

/** Sets a document: how many pages it has, and its PDF/UA-1 for anyone who is content with them. */
export function setPages(
  main: string,
  inputs: Readonly<Record<string, string>>,
): { readonly pages: number; pdf(): Uint8Array } {
  const typst = compiler();
  const compiled = typst.compile({ mainFileContent: main, inputs: { ...inputs } });
  const document = compiled.result;
  if (document === null) {
    const problems = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
    throw new Error(`The PDF could not be set: ${JSON.stringify(problems).slice(0, 2000)}`);
  }
  return { pages: document.numOfPages, pdf: () => unsuspected(typst.pdf(document, { pdfStandard: 'ua-1' })) };
}

/** What Typst writes although it is the default, and poppler reads as an error of the structure. */
const SUSPECTS = '/Suspects false';

/** The same document without {@link SUSPECTS}: blanks stand there, so that every offset stays right. */
function unsuspected(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const at = bytes.indexOf(SUSPECTS, bytes.indexOf('/MarkInfo'), 'latin1');
  if (at >= 0) bytes.fill(' ', at, at + SUSPECTS.length);
  return bytes;
}

/** Whether some font prints a character, by character. It never changes while the program runs. */
const printable = new Map<string, boolean>();

/**
 * Characters among these that no font at hand can print. PDF/UA forbids holes in the text, so the writer must know
 * before it sets the page. All are tried together; only where that fails, one by one.
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
