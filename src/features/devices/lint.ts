import type { Readable } from 'node:stream';
import type { ReadDeviceFile } from '#domain/devices/found.ts';
import { lintDevices, lintWords } from '#domain/devices/lint.ts';
import { DeviceFileError } from '#sources/devices/problem.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, unprocessable } from '../problems.ts';
import { type DevicesInput, planFor } from './show.ts';

const MOST_BYTES = 1024 * 1024;

/** Looks through a file that devices have, and keeps nothing of it. */
export async function lintDeviceFile(
  context: HandlerContext,
  { name, ...input }: DevicesInput & { readonly name: string },
) {
  const file = await read(name, await bytesOf(context.request.body));
  const { plans, charterWords } = await planFor(context, input);
  const plan = plans.find(({ product }) => product.id === file.product);
  if (plan === undefined)
    throw unprocessable('The catalogue describes no settings of this product, so the file cannot be judged.');
  const linted = lintDevices(file, plan);
  return {
    file: name,
    product: file.product,
    productTitle: plan.product.title,
    format: file.format,
    against: charterWords,
    words: lintWords(linted),
    holds: [...linted.holds],
    findings: [...linted.findings],
  };
}

async function read(name: string, bytes: Uint8Array): Promise<ReadDeviceFile> {
  // The parsers of property lists are large, and files are looked through seldom.
  const { readDeviceFile } = await import('#sources/devices/read.ts');
  try {
    return readDeviceFile(name, bytes);
  } catch (error) {
    if (error instanceof DeviceFileError) throw unprocessable(error.message);
    throw error;
  }
}

async function bytesOf(body: Readable | null): Promise<Uint8Array> {
  if (body === null) throw badRequest('The request brings no file.');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(part);
    size += bytes.byteLength;
    if (size > MOST_BYTES)
      throw unprocessable(
        'The file is larger than 1 MB. A file of settings for devices is a few kB; is it the right one?',
      );
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
