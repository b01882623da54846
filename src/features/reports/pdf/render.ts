import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { compiler, printableView, toPdf, WORKSPACE } from '../../printing/index.ts';
import { LIGHT } from '../../shared/design-tokens.ts';
import { picture, STATE_SHAPES, severityShape } from '../../shared/shapes.ts';
import type { Report } from '../model.ts';
import { type Logo, readLogo } from '../shared/logo.ts';
import { pdfView } from './view.ts';

const template = readFileSync(new URL('report.typ', import.meta.url), 'utf8');

/**
 * The report as tagged PDF (PDF/UA-1) on A4 or US Letter. The document is dated with the day of the report and holds
 * no clock and no random number, so the same report gives the same bytes. Text reaches the page as data only.
 */
export async function renderPdf(
  report: Report,
  options: { readonly paper?: 'a4' | 'us-letter'; readonly logo?: Logo } = {},
): Promise<Uint8Array> {
  const logo = options.logo ? readLogo(options.logo) : null;
  const view = printableView(pdfView(report, options.paper ?? 'a4'));
  const file = logo === null ? null : `client-logo.${logo.format}`;
  const typst = compiler();
  if (logo !== null && file !== null) typst.mapShadow(join(WORKSPACE, file), logo.bytes);
  try {
    return toPdf(template, { data: JSON.stringify({ ...view, icons: icons(), logo: file }) });
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
