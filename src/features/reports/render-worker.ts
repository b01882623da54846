import { parentPort, workerData } from 'node:worker_threads';
import { render } from './render.ts';
import type { RenderJob } from './render-thread.ts';

const { report, format, options } = workerData as RenderJob;
const bytes = Uint8Array.from(await render(report, format, options));
parentPort?.postMessage(bytes, [bytes.buffer]);
