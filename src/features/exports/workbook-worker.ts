import { parentPort, workerData } from 'node:worker_threads';
import { type Book, writeBook } from './write-book.ts';

const bytes = Uint8Array.from(await writeBook(workerData as Book));
parentPort?.postMessage(bytes, [bytes.buffer]);
