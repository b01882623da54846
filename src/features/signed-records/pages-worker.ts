import { readFileSync } from 'node:fs';
import { printableView, toPdf } from '../printing/index.ts';
import { makeOnce } from '../shared/make-once.ts';
import type { Pages } from './pages.ts';

makeOnce(({ template, view }: Pages) =>
  toPdf(readFileSync(new URL(template), 'utf8'), { data: JSON.stringify(printableView(view)) }),
);
