import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { compiler, printableView, toPdf, WORKSPACE } from '../../printing/index.ts';
import { LIGHT } from '../../shared/design-tokens.ts';
import { picture, STATE_SHAPES, severityShape } from '../../shared/shapes.ts';
import type { Part } from '../formats.ts';
import type { Report } from '../model.ts';
import { type Logo, readLogo } from '../shared/logo.ts';
import { boardPdfView } from './board-view.ts';
import { pdfView } from './view.ts';

const part = (name: string) => readFileSync(new URL(`${name}.typ`, import.meta.url), 'utf8');
const base = part('base');
const TEMPLATES: Readonly<Record<Part, string>> = {
  board: base + part('board'),
  appendix: base + part('appendix'),
};

interface PdfOptions {
  readonly paper?: 'a4' | 'us-letter';
  readonly logo?: Logo;
  readonly part: Part;
  /** SHA-256 of the record's JSON form, printed in both documents. */
  readonly sha256: string;
}

/**
 * Renders the board's report or the technician's appendix as tagged PDF (PDF/UA-1) on A4 or US Letter. The document is
 * dated with the day of the report and contains neither the current time nor random numbers, so the same report gives
 * the same bytes. Texts are passed to the template only as data.
 */
export async function renderPdf(report: Report, options: PdfOptions): Promise<Uint8Array> {
  const logo = options.logo ? readLogo(options.logo) : null;
  const paper = options.paper ?? 'a4';
  const view =
    options.part === 'board'
      ? boardPdfView(report, paper, options.sha256)
      : pdfView(report, paper, options.sha256);
  const shown = printableView(view);
  const file = logo === null ? null : `client-logo.${logo.format}`;
  const typst = compiler();
  if (logo !== null && file !== null) typst.mapShadow(join(WORKSPACE, file), logo.bytes);
  try {
    return toPdf(TEMPLATES[options.part], { data: JSON.stringify({ ...shown, icons: icons(), logo: file }) });
  } catch (error) {
    if (logo !== null && String(error).includes('image'))
      throw new Error(`The logo cannot be drawn; a PNG of it will do. ${String(error)}`);
    throw error;
  } finally {
    typst.resetShadow();
    typst.evictCache(2);
  }
}

function icons(): Record<string, string> {
  const faint = LIGHT.n[6] ?? '#C5C9D1';
  return Object.fromEntries([
    ...STATES.map((s) => [
      s,
      picture(STATE_SHAPES[s], { shape: LIGHT.verdict[s].shape, mark: '#FFFFFF', faint }),
    ]),
    ...SEVERITIES.map((s) => [
      `severity-${s}`,
      picture(severityShape(s), { shape: '#15171C', mark: '#FFFFFF', faint }),
    ]),
  ]);
}
