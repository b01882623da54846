import { parentPort, workerData } from 'node:worker_threads';
import { renderComparison } from './render.ts';
import type { PrintInput } from './view.ts';

const bytes = Uint8Array.from(renderComparison(workerData as PrintInput));
parentPort?.postMessage(bytes, [bytes.buffer]);
