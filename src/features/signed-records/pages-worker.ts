import { readFileSync } from 'node:fs';
import { makeOnce } from '../foreign/make-once.ts';
import { printableView, toPdf } from '../printing/index.ts';
import type { Pages } from './pages.ts';

makeOnce(({ template, view }: Pages) =>
  toPdf(readFileSync(new URL(template), 'utf8'), { data: JSON.stringify(printableView(view)) }),
);
