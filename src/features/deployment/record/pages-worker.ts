import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { toPdf } from '../../reports/pdf/compiler.ts';
import { printableView } from '../../reports/pdf/render.ts';
import type { RecordView } from './view.ts';

const template = readFileSync(new URL('record.typ', import.meta.url), 'utf8');
const view = printableView(workerData as RecordView);
const bytes = Uint8Array.from(toPdf(template, { data: JSON.stringify(view) }));
parentPort?.postMessage(bytes, [bytes.buffer]);
