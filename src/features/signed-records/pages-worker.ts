import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { printableView, toPdf } from '../printing/index.ts';
import type { Pages } from './pages.ts';

const { template, view } = workerData as Pages;
const text = readFileSync(new URL(template), 'utf8');
const bytes = Uint8Array.from(toPdf(text, { data: JSON.stringify(printableView(view)) }));
parentPort?.postMessage(bytes, [bytes.buffer]);
