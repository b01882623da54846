import type { HandlerContext } from '../context.ts';
import { readForeign, refusing } from '../foreign/index.ts';
import { badRequest, unprocessable } from '../problems.ts';
import { bodyOf } from '../uploaded.ts';
import { type DevicesInput, planFor } from './show.ts';

const MAX_BYTES = 1024 * 1024;

/** Checks a file from a device without storing it. */
export async function lintDeviceFile(
  context: HandlerContext,
  { name, ...input }: DevicesInput & { readonly name: string },
) {
  const { body } = context.request;
  if (body === null) throw badRequest('The request contains no file.');
  const bytes = await bodyOf(
    body,
    MAX_BYTES,
    'The file is larger than 1 MB. A file of settings for devices is a few kB; is it the right one?',
  );
  const { plans, charterWords } = await planFor(context, input);
  const linted = await refusing(readForeign('deviceFile', { name, bytes, plans }), {
    refuse: ({ message }) => unprocessable(message),
  });
  return {
    file: name,
    ...linted,
    against: charterWords,
    holds: [...linted.holds],
    findings: [...linted.findings],
  };
}
// Guide: G1.1-12
